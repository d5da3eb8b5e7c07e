import type { Alert } from '../alert.ts';
import { eventSeconds, isoSeconds } from '../eventSeconds.ts';
import { identityOf } from '../identityOf.ts';
import type { Match } from '../matchRecords.ts';
import type { Ports, StateItem } from '../ports.ts';
import { present } from '../present.ts';
import { STATE_LIFETIME } from '../stateLifetime.ts';
import { admitKeys, HOUR } from './admitKeys.ts';
import { alertIdOf } from './alertIdOf.ts';
import { byOf } from './byOf.ts';
import type { FirstSeen } from './grouping.ts';
import { hashOfKey, OTHER } from './keyOf.ts';
import { type Mark, markSeen, type Opening } from './markSeen.ts';
import { mergeIntoState, unlessExpired } from './mergeIntoState.ts';
import {
  addTold,
  inTurn,
  NOTHING_TOLD,
  type Occasion,
  type Teller,
  type ToldCounts,
} from './teller.ts';

interface Sighted {
  readonly match: Match;
  readonly key: string; // a hash
  readonly identity: string;
  readonly seconds: number;
  readonly day: number;
  readonly isLearnt: boolean;
}

/** The sightings of one key, and the item of its mark. */
interface KeySightings {
  readonly key: string;
  readonly sighted: readonly Sighted[]; // by time; one at least
  readonly standing: StateItem | undefined;
}

const DAY = 86_400;

/** Marks the keys of one entry's matches as seen, and tells of those that are new. */
export async function tellFirstSeen(
  entryId: string,
  matches: readonly Match[],
  firstSeen: FirstSeen,
  ports: Ports,
  teller: Teller,
): Promise<ToldCounts> {
  const sighted = matches
    .map(sightedOf)
    .sort((a, b) => a.seconds - b.seconds || (a.identity < b.identity ? -1 : 1));
  const keys = await inTurn([...Map.groupBy(sighted, (one) => one.key)], async ([key, those]) => {
    const [standing] = await ports.readState({ key: markKey(entryId, key), ...MARK });
    return { key, sighted: those, standing };
  });
  const isNew = ({ standing }: KeySightings) => unlessExpired(standing, ports.now()) === undefined;
  const starts = await startsOf(entryId, keys.filter(isNew), ports);
  const occasions = await inTurn(keys, (one) =>
    occasionsOf(entryId, one, isNew(one) ? starts.get(one.key) : 0, firstSeen, ports),
  );
  const unique = new Map(occasions.flat().map((occasion) => [occasion.id, occasion]));
  return (await inTurn([...unique.values()], teller)).reduce(addTold, NOTHING_TOLD);
}

const MARK = { from: 'mark', to: 'mark' };

function markKey(entryId: string, key: string): string {
  return `seen#${entryId}#${key}`;
}

function sightedOf(match: Match): Sighted {
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

/**
 * From which sighting on each new key may make a mark: the first that was learnt, or in whose hour
 * the key is admitted. Keys without one count as other keys altogether.
 */
async function startsOf(
  entryId: string,
  keys: readonly KeySightings[],
  ports: Ports,
): Promise<ReadonlyMap<string, number>> {
  const starts = new Map<string, number>();
  const places = keys.flatMap(({ key, sighted }) =>
    sighted.map(({ seconds, isLearnt }, index) => ({
      key,
      index,
      isLearnt,
      hour: hourOf(seconds),
    })),
  );
  const byHour = [...Map.groupBy(places, ({ hour }) => hour)].sort(([a], [b]) => a - b);
  for (const [hour, those] of byHour) {
    const open = those.filter(({ key }) => !starts.has(key));
    const asking = new Set<string>();
    const learning = new Set<string>();
    for (const { key, isLearnt } of open) {
      if (isLearnt && !asking.has(key)) learning.add(key);
      else if (!learning.has(key)) asking.add(key);
    }
    const admitted =
      asking.size === 0 ? asking : await admitKeys(entryId, hour, [...asking], ports);
    for (const { key, index, isLearnt } of open) {
      if (!starts.has(key) && (isLearnt || admitted.has(key))) starts.set(key, index);
    }
  }
  return starts;
}

function hourOf(seconds: number): number {
  return Math.floor(seconds / HOUR) * HOUR;
}

/** @param start the first sighting that may make a mark; none may if it is undefined */
async function occasionsOf(
  entryId: string,
  { key, sighted, standing }: KeySightings,
  start: number | undefined,
  firstSeen: FirstSeen,
  ports: Ports,
): Promise<readonly Occasion[]> {
  const admitted = start === undefined ? [] : sighted.slice(start);
  const openings = await openingsOf(markKey(entryId, key), standing, admitted, firstSeen, ports);
  return [
    ...sighted.slice(0, start).map((one) => otherKeys(one, firstSeen)),
    ...admitted.flatMap((one) => {
      const opening = openings.find(({ identity }) => identity === one.identity);
      return opening === undefined ? [] : [newKey(one, opening, firstSeen)];
    }),
  ];
}

/** The openings of a key's mark, once the sightings are merged into it. */
async function openingsOf(
  key: string,
  standing: StateItem | undefined,
  sighted: readonly Sighted[],
  { days }: FirstSeen,
  ports: Ports,
): Promise<readonly Opening[]> {
  const last = sighted.at(-1);
  if (last === undefined) return [];
  let openings: readonly Opening[] = [];
  const until = Math.max(Math.floor(ports.now() / 1000), last.seconds);
  const merge = {
    key,
    part: 'mark',
    expiresAt: until + STATE_LIFETIME + days * DAY,
    with: (found: StateItem | undefined) => {
      const mark = markSeen(found && markIn(found), sighted, days) as Mark; // of a sighting
      openings = mark.openings;
      return { ...mark };
    },
  };
  await mergeIntoState(merge, standing, ports);
  return openings;
}

function markIn(item: StateItem): Mark {
  return item as unknown as Mark; // written above
}

function newKey(
  { match, key }: Sighted,
  { day, lastSeen }: Opening,
  { by, days }: FirstSeen,
): Occasion {
  const { entry } = match.compiled;
  const seen = lastSeen === undefined ? undefined : dateOf(lastSeen);
  return occasionOf(match, key, `${entry.id}/${key}/${dateOf(day)}`, {
    firstSeen: { by: byOf(match.subject, by), days, ...present({ lastSeen: seen }) },
  });
}

/** One alert an hour for all keys beyond those that are told apart. */
function otherKeys({ match, seconds }: Sighted, { days }: FirstSeen): Occasion {
  const { entry } = match.compiled;
  const key = hashOfKey([entry.id, null, null], OTHER, match.subject);
  const id = alertIdOf(entry.id, key, hourOf(seconds));
  return occasionOf(match, key, id, { firstSeen: { by: {}, days, otherKeys: true } });
}

function occasionOf(
  match: Match,
  key: string,
  id: string,
  details: Pick<Alert, 'firstSeen'>,
): Occasion {
  const thread = `${match.compiled.entry.id}/${key}`;
  const until = Number(eventSeconds(match.record));
  return { match, id, thread, count: 1, until, details: async () => details };
}

function dateOf(day: number): string {
  return isoSeconds(day * DAY).slice(0, 10);
}
