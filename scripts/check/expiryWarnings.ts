import type { Row } from '../planSeed.ts';

/**
 * A suppression that is over: valid, because log files that come late may still need it.
 * @param now epoch milliseconds
 */
export function expiryWarnings(row: Row, now: number): readonly string[] {
  const { id, expiresAt } = row;
  if (typeof expiresAt !== 'number' || expiresAt * 1000 > now) return [];
  const end = new Date(expiresAt * 1000).toISOString();
  return [`${String(id)}: expired at ${end}, and suppresses only what happened before`];
}
