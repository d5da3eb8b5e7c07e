import { isDeepStrictEqual } from 'node:util';
import { valueAtPath } from '../handler/valueAtPath.ts';

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
 * only: it is ignored when comparing, set when a row is added, kept when one changes, and set anew
 * when its firstSeen knows no keys yet, so that it learns before it alerts.
 * @param keyOf what identifies a row
 * @param since ISO 8601, now; undefined where rows of this kind have none
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
    else changed.push({ ...row, ...sinceOf(row, old, since) });
  }
  const removed = [...found].filter(([key]) => !wanted.has(key)).map(([, row]) => row);
  return { added, changed, unchanged, removed };
}

function withoutSince(row: Row): Row {
  return Object.fromEntries(Object.entries(row).filter(([name]) => name !== 'since'));
}

function sinceOf(row: Row, old: Row, since: string | undefined): Row {
  if (since !== undefined && learnsAnew(row, old)) return { since };
  return 'since' in old ? { since: old['since'] } : {};
}

/** Whether the keys of firstSeen are others than those that were marked until now. */
function learnsAnew(row: Row, old: Row): boolean {
  const keys = valueAtPath(row, KEYS);
  return keys !== undefined && !isDeepStrictEqual(keys, valueAtPath(old, KEYS));
}

const KEYS = ['firstSeen', 'by'];
