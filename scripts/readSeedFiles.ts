import type { AccountAlias } from '../handler/accountAlias.ts';
import type { WatchlistRow } from '../handler/entry.ts';
import type { ListRow } from '../handler/namedList.ts';
import type { NamedLists } from '../handler/pattern/namedLists.ts';
import type { SuppressionRow } from '../handler/suppression.ts';
import { readIfThere } from './readIfThere.ts';
import {
  namedListsOf,
  readAliasFile,
  readListsFile,
  readSuppressionFile,
  readWatchlistFile,
} from './readSeedFile.ts';

/** The files that a command reads, unless it is told otherwise. */
export const SEED_FILES = {
  watchlist: { type: 'string', default: 'seed-data/watchlist.json' },
  lists: { type: 'string', default: 'seed-data/lists.json' },
  aliases: { type: 'string', default: 'seed-data/aliases.json' },
  suppressions: { type: 'string', default: 'seed-data/suppressions.json' },
} as const;

/** What the tables would hold. */
export interface Seeds {
  readonly rows: readonly WatchlistRow[];
  readonly listRows: readonly ListRow[];
  readonly lists: NamedLists;
  readonly aliases: readonly AccountAlias[];
  readonly suppressions: readonly SuppressionRow[];
}

/**
 * Reads all seed files, of which only the watchlist must be there where its usual place is meant. A
 * suppression may end a year from now at most.
 */
export async function readSeedFiles(
  files: Readonly<Record<keyof typeof SEED_FILES, string>>,
): Promise<Seeds> {
  const { lists: usual, aliases, suppressions } = SEED_FILES;
  const listRows = await readIfThere(files.lists, usual.default, readListsFile);
  const lists = namedListsOf(listRows);
  const now = Math.floor(Date.now() / 1000);
  return {
    rows: await readWatchlistFile(files.watchlist, lists),
    listRows,
    lists,
    aliases: await readIfThere(files.aliases, aliases.default, readAliasFile),
    suppressions: await readIfThere(files.suppressions, suppressions.default, (path) =>
      readSuppressionFile(path, lists, now),
    ),
  };
}
