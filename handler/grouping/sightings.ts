import { eventSeconds } from '../eventSeconds.ts';
import { identityOf } from '../identityOf.ts';
import type { Match } from '../matchRecords.ts';
import type { StateItem } from '../ports.ts';
import { HOUR } from './admitKeys.ts';
import type { FirstSeen } from './grouping.ts';
import { hashOfKey } from './keyOf.ts';

/** A match as the mark of its key sees it; times in epoch seconds, days counted from 1970. */
export interface Sighted {
  readonly match: Match;
  readonly key: string; // a hash
  readonly identity: string;
  readonly seconds: number;
  readonly day: number;
  readonly isLearnt: boolean;
}

/** The sightings of one key, and the item of its mark. */
export interface KeySightings {
  readonly key: string;
  readonly sighted: readonly Sighted[]; // by time; one at least
  readonly standing: StateItem | undefined;
}

export const DAY = 86_400;

export function sightedOf(match: Match): Sighted {
  const { record, compiled, subject } = match;
  const seconds = Number(eventSeconds(record)); // sortMatches keeps those without a time apart
  const day = Math.floor(seconds / DAY);
  // Each row learns for itself: one with an event name that came later began later.
  const { by, learnsUntil } = compiled.firstSeen as FirstSeen; // sortMatches sorts by it
  return {
    match,
    key: hashOfKey([compiled.entry.id, null, null], by, subject),
    identity: identityOf(record),
    seconds,
    day,
    isLearnt: day < learnsUntil,
  };
}

/** The start of the hour. */
export function hourOf(seconds: number): number {
  return Math.floor(seconds / HOUR) * HOUR;
}
