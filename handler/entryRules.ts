import type { Entry, WatchlistRow } from './entry.ts';

const MOST_VALUES = 1500; // kept per bucket of a threshold, so that an item of State stays small
const MOST_BACK = 24; // buckets that a threshold may look back over

/** What is wrong between the fields of an entry whose fields are each right. */
export function entryRules(entry: Entry | WatchlistRow): string[] {
  return [...nameRules(entry), ...firstSeenRules(entry), ...thresholdRules(entry)];
}

function nameRules({ eventName, pattern }: Entry | WatchlistRow): string[] {
  const isAny = [eventName].flat().includes('*');
  return isAny && pattern === undefined ? ['eventName: "*" needs a pattern'] : [];
}

function firstSeenRules({ firstSeen, threshold, repeat }: Entry | WatchlistRow): string[] {
  if (firstSeen === undefined) return [];
  return [
    ...(threshold === undefined ? [] : ['firstSeen: not together with threshold']),
    ...(repeat === undefined ? [] : ['firstSeen: not together with repeat']),
  ];
}

function thresholdRules({ threshold, repeat }: Entry | WatchlistRow): string[] {
  if (threshold === undefined || repeat === undefined) return [];
  const strangers = repeat.by.filter((path) => !threshold.by.includes(path));
  const values = threshold.count * Math.ceil(repeat.minutes / threshold.minutes);
  return [
    ...strangers.map((path) => `repeat.by: ${path} must stand in threshold.by too`),
    ...(values > MOST_VALUES
      ? [
          `threshold.count: ${threshold.count} times ${values / threshold.count}, the threshold's ` +
            `times in repeat.minutes, is ${values}; at most ${MOST_VALUES}`,
        ]
      : []),
    ...(threshold.minutes > MOST_BACK * repeat.minutes
      ? [`threshold.minutes: at most ${MOST_BACK} times repeat.minutes`]
      : []),
  ];
}
