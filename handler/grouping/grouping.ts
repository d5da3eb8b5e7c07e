import type { WatchlistRow } from '../entry.ts';
import type { Parsed } from '../parseBy.ts';
import { parsePath } from '../pattern/parsePath.ts';

/** A path with its text, as entries write it. */
export interface Path {
  readonly text: string;
  readonly segments: readonly string[];
}

/** How an entry's matches are counted together; times in seconds. */
export interface Grouping {
  readonly alertBy: readonly Path[]; // one alert per values of these and bucket
  readonly thresholdBy: readonly Path[]; // what counts towards one threshold
  readonly bucketSeconds: number; // M
  readonly windowSeconds: number | undefined; // W; undefined without a threshold
  readonly count: number; // N; 1 without a threshold
  readonly distinct: Path | undefined;
}

/** When an entry's keys are new; times in days. */
export interface FirstSeen {
  readonly by: readonly Path[];
  readonly days: number;
  readonly learnsUntil: number; // the first day on which it alerts, counted from 1970
}

const DAY = 86_400;
const LEARN_DAYS = 7;

/** The grouping of a row, undefined if each match alerts for itself; or which paths are none. */
export function parseGrouping({ threshold, repeat }: WatchlistRow): Parsed<Grouping | undefined> {
  const window = threshold ?? repeat;
  if (window === undefined) return { value: undefined };
  const { by, minutes } = repeat ?? window;
  const field = threshold === undefined ? 'repeat.by' : 'threshold.by';
  const thresholdBy = parsePaths(field, window.by);
  if ('problems' in thresholdBy) return thresholdBy;
  const distinct = parsePaths('threshold.distinct', [threshold?.distinct ?? []].flat());
  if ('problems' in distinct) return distinct;
  return {
    value: {
      alertBy: thresholdBy.value
        .filter(({ text }) => by.includes(text)) // all of `by`: entryRules
        .sort((a, b) => by.indexOf(a.text) - by.indexOf(b.text)),
      thresholdBy: thresholdBy.value,
      bucketSeconds: 60 * minutes,
      windowSeconds: threshold && 60 * threshold.minutes,
      count: threshold?.count ?? 1,
      distinct: distinct.value[0],
    },
  };
}

/** What a row says of first-seen keys, if it does. A row without `since` has nothing to learn. */
export function parseFirstSeen({ firstSeen, since }: WatchlistRow): Parsed<FirstSeen | undefined> {
  if (firstSeen === undefined) return { value: undefined };
  const by = parsePaths('firstSeen.by', firstSeen.by);
  if ('problems' in by) return by;
  const sinceDay = since === undefined ? 0 : Math.floor(Date.parse(since) / 1000 / DAY);
  const learnDays = since === undefined ? 0 : (firstSeen.learnDays ?? LEARN_DAYS);
  return { value: { by: by.value, days: firstSeen.days, learnsUntil: sinceDay + learnDays } };
}

function parsePaths(field: string, texts: readonly string[]): Parsed<readonly Path[]> {
  const paths: Path[] = [];
  const problems: string[] = [];
  for (const text of texts) {
    const parsed = parsePath(text);
    if ('value' in parsed) paths.push({ text, segments: parsed.value });
    else problems.push(...parsed.problems.map((problem) => `${field}: ${problem}`));
  }
  return problems.length > 0 ? { problems } : { value: paths };
}
