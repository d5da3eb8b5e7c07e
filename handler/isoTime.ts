import * as v from 'valibot';

/** A time that somebody wrote, such as `2026-12-31T00:00:00Z` or `2026-12-31T00:00:00+02:00`. */
export const isoTime = v.pipe(
  v.string(),
  v.isoTimestamp(),
  v.check(isReal, 'must be a time that exists, such as 2026-12-31T00:00:00Z'),
);

/** Date.parse takes the 31st of February for a day in March, and knows no `+02` without minutes. */
function isReal(text: string): boolean {
  const [year, month, day] = text.slice(0, 10).split('-').map(Number);
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, day));
  return date.getUTCDate() === day && !Number.isNaN(Date.parse(text));
}
