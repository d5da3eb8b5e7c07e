import { isDeepStrictEqual } from 'node:util';

/** A row as a plain object. */
export type Row = Readonly<Record<string, unknown>>;

/** What makes the table hold what the file says. */
export interface SeedPlan {
  readonly added: readonly Row[]; // to write
  readonly changed: readonly Row[]; // to write over
  readonly unchanged: readonly Row[];
  readonly removed: readonly Row[]; // in the table only; deleted on request
}

/**
 * Compares a file's rows with a table's. `since`, when a row was first seeded, stands in tables
 * only: it is ignored when comparing, kept when a row changes, and set when one is added.
 * @param keyOf what identifies a row
 * @param since ISO 8601, for added rows; undefined where rows of this kind have none
 */
export function planSeed(
  fileRows: readonly Row[],
  tableRows: readonly Row[],
  keyOf: (row: Row) => string,
  since?: string,
): SeedPlan {
  const wanted = new Map(fileRows.map((row) => [keyOf(row), row]));
  const found = new Map(tableRows.map((row) => [keyOf(row), row]));
  const added: Row[] = [];
  const changed: Row[] = [];
  const unchanged: Row[] = [];
  for (const [key, row] of wanted) {
    const old = found.get(key);
    if (old === undefined) added.push(since === undefined ? row : { ...row, since });
    else if (isDeepStrictEqual(withoutSince(old), row)) unchanged.push(old);
    else changed.push('since' in old ? { ...row, since: old['since'] } : row);
  }
  const removed = [...found].filter(([key]) => !wanted.has(key)).map(([, row]) => row);
  return { added, changed, unchanged, removed };
}

function withoutSince(row: Row): Row {
  return Object.fromEntries(Object.entries(row).filter(([name]) => name !== 'since'));
}
