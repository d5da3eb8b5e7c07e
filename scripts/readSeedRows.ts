import { expiryWarnings } from './check/expiryWarnings.ts';
import { listWarnings } from './check/listWarnings.ts';
import type { Row } from './planSeed.ts';
import { readIfThere } from './readIfThere.ts';
import { namedListsOf, readAliasFile, readListsFile } from './readSeedFile.ts';
import { SEED_FILES } from './readSeedFiles.ts';
import type { SeedKind } from './seedKinds.ts';

/** Files that conditions depend on; undefined: the one in seed-data/, if it is there. */
export interface OtherFiles {
  readonly lists?: string | undefined;
  readonly aliases?: string | undefined;
}

/** The rows of a file, and what is valid in them but surely not meant. */
export async function readSeedRows(
  kind: SeedKind,
  file: string,
  others: OtherFiles,
): Promise<{ readonly rows: readonly Row[]; readonly warnings: readonly string[] }> {
  if (!kind.hasConditions) return { rows: await kind.read(file, new Map()), warnings: [] };
  const listRows = await readIfThere(others.lists, SEED_FILES.lists.default, readListsFile);
  const lists = namedListsOf(listRows);
  const rows = await kind.read(file, lists);
  const aliases = await readIfThere(others.aliases, SEED_FILES.aliases.default, readAliasFile);
  const warnings = [
    ...listWarnings(rows, lists, aliases.length),
    ...rows.flatMap((row) => expiryWarnings(row, Date.now())),
  ];
  return { rows, warnings: [...new Set(warnings)] };
}
