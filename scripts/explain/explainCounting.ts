import type { WatchlistRow } from '../../handler/entry.ts';
import { verdictLine } from './explainLines.ts';

/** What one record alone cannot tell: when an entry that counts alerts. */
export function countingLines({ threshold, firstSeen, repeat }: WatchlistRow): string[] {
  const lines: string[] = [];
  if (threshold !== undefined) {
    const { count, minutes, distinct, by } = threshold;
    const what = distinct === undefined ? 'records' : `values of ${distinct}`;
    const key = by.length === 0 ? '' : ` with the same ${by.join(', ')}`;
    lines.push(
      verdictLine('threshold', `alerts where ${count} ${what}${key} lie in ${minutes} min`),
    );
  }
  if (firstSeen !== undefined) {
    const { by, days } = firstSeen;
    lines.push(
      verdictLine('firstSeen', `alerts where ${by.join(', ')} was not seen for ${days} days`),
    );
  }
  if (repeat !== undefined) {
    lines.push(verdictLine('repeat', `alerts once in ${repeat.minutes} min for the same key`));
  }
  return lines;
}
