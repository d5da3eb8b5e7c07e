import { isListRow } from '../handler/namedList.ts';
import type { NamedLists } from '../handler/pattern/namedLists.ts';
import type { Row } from './planSeed.ts';
import {
  readAliasFile,
  readListsFile,
  readSuppressionFile,
  readWatchlistFile,
} from './readSeedFile.ts';

/** How one kind of seed file becomes rows of its table. */
export interface SeedKind {
  /** @param lists that conditions may name */
  readonly read: (path: string, lists: NamedLists) => Promise<readonly Row[]>;
  readonly hasConditions: boolean; // which may name lists
  readonly keyNames: readonly string[]; // the table's key
  readonly hasSince: boolean; // rows tell when they were first seeded
  readonly isOwn: (row: Row) => boolean; // of the rows in the table
}

export const SEED_KINDS: Readonly<Record<string, SeedKind>> = {
  watchlist: {
    read: readWatchlistFile,
    hasConditions: true,
    keyNames: ['eventName', 'id'],
    hasSince: true,
    isOwn: (row) => !isListRow(row),
  },
  lists: {
    read: readListsFile,
    hasConditions: false,
    keyNames: ['eventName', 'id'],
    hasSince: false,
    isOwn: isListRow,
  },
  aliases: {
    read: readAliasFile,
    hasConditions: false,
    keyNames: ['accountId'],
    hasSince: false,
    isOwn: () => true,
  },
  suppressions: {
    read: (path, lists) => readSuppressionFile(path, lists, Math.floor(Date.now() / 1000)),
    hasConditions: true,
    keyNames: ['id'],
    hasSince: false,
    isOwn: () => true,
  },
};

/** The key of a row, as the table wants it. */
export function keyOf({ keyNames }: SeedKind, row: Row): Row {
  return Object.fromEntries(keyNames.map((name) => [name, row[name]]));
}
