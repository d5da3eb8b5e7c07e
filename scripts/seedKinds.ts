import type { Row } from './planSeed.ts';
import { readAliasFile, readWatchlistFile } from './readSeedFile.ts';

/** How one kind of seed file becomes rows of its table. */
export interface SeedKind {
  readonly read: (path: string) => Promise<readonly Row[]>;
  readonly keyNames: readonly string[]; // the table's key
  readonly hasSince: boolean; // rows tell when they were first seeded
}

export const SEED_KINDS: Readonly<Record<string, SeedKind>> = {
  watchlist: { read: readWatchlistFile, keyNames: ['eventName', 'id'], hasSince: true },
  aliases: { read: readAliasFile, keyNames: ['accountId'], hasSince: false },
};

/** The key of a row, as the table wants it. */
export function keyOf({ keyNames }: SeedKind, row: Row): Row {
  return Object.fromEntries(keyNames.map((name) => [name, row[name]]));
}
