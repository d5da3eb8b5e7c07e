/** When a key was seen; days are counted from 1970, in UTC. */
export interface Mark {
  readonly first: number;
  readonly last: number;
  readonly openings: readonly Opening[]; // the latest ones
}

/** A record for which its key was new. */
export interface Opening {
  readonly identity: string;
  readonly day: number;
  readonly lastSeen?: number; // the day before; absent if never
}

/** A record as a mark sees it. */
export interface Sighting {
  readonly identity: string;
  readonly day: number;
  readonly isLearnt: boolean; // of a time in which nothing is new
}

const OPENINGS_KEPT = 20;

/**
 * A mark with some sightings added. One later than `days` after the last, or the first of all,
 * opens; all else joins.
 * @param sightings in the order of time
 */
export function markSeen(
  mark: Mark | undefined,
  sightings: readonly Sighting[],
  days: number,
): Mark | undefined {
  let found = mark;
  for (const { identity, day, isLearnt } of sightings) {
    const { first = day, last, openings = [] } = found ?? {};
    const isKnown = openings.some((opening) => opening.identity === identity);
    const opens = !isKnown && !isLearnt && (last === undefined || day > last + days);
    const opening = { identity, day, ...(last !== undefined && { lastSeen: last }) };
    found = {
      first: Math.min(first, day),
      last: Math.max(last ?? day, day),
      openings: opens ? [...openings, opening].slice(-OPENINGS_KEPT) : openings,
    };
  }
  return found;
}
