import { access } from 'node:fs/promises';
import { expiryWarnings } from './expiryWarnings.ts';
import { listWarnings } from './listWarnings.ts';
import type { Row } from './planSeed.ts';
import { namedListsOf, readAliasFile, readListsFile } from './readSeedFile.ts';
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
  const listRows = await readIfAny(others.lists, 'seed-data/lists.json', readListsFile);
  const lists = namedListsOf(listRows);
  const rows = await kind.read(file, lists);
  const aliases = await readIfAny(others.aliases, 'seed-data/aliases.json', readAliasFile);
  const warnings = rows.flatMap((row) => [
    ...listWarnings(row, lists, aliases.length),
    ...expiryWarnings(row, Date.now()),
  ]);
  return { rows, warnings: [...new Set(warnings)] };
}

async function readIfAny<T>(
  given: string | undefined,
  usual: string,
  read: (path: string) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  if (given !== undefined) return read(given);
  const isThere = await access(usual).then(
    () => true,
    () => false,
  );
  return isThere ? read(usual) : [];
}
