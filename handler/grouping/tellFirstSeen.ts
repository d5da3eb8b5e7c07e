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
    .map((match) => sightedOf(match, firstSeen))
    .sort((a, b) => a.seconds - b.seconds || (a.identity < b.identity ? -1 : 1));
  // One key after another: which are admitted in an hour is for those that came first.
  let told = NOTHING_TOLD;
  for (const [key, those] of Map.groupBy(sighted, (one) => one.key)) {
    const occasions = await occasionsOf(entryId, key, those, firstSeen, ports);
    const unique = new Map(occasions.map((occasion) => [occasion.id, occasion]));
    told = (await inTurn([...unique.values()], teller)).reduce(addTold, told);
  }
  return told;
}

function sightedOf(match: Match, { by }: FirstSeen): Sighted {
  const { record, compiled, subject } = match;
  const seconds = Number(eventSeconds(record)); // sortMatches keeps those without a time apart
  return {
    match,
    key: hashOfKey([compiled.entry.id, null, null], by, subject),
    identity: identityOf(record),
    seconds,
    day: Math.floor(seconds / DAY),
  };
}

async function occasionsOf(
  entryId: string,
  key: string,
  sighted: readonly Sighted[],
  firstSeen: FirstSeen,
  ports: Ports,
): Promise<readonly Occasion[]> {
  const range = { key: `seen#${entryId}#${key}`, from: 'mark', to: 'mark' };
  const [standing] = await ports.readState(range);
  const isMarked = unlessExpired(standing, ports.now()) !== undefined;
  const admitted = isMarked ? sighted : await admittedOf(entryId, key, sighted, firstSeen, ports);
  const openings = await openingsOf(range.key, standing, admitted, firstSeen, ports);
  const others = sighted.slice(0, sighted.length - admitted.length); // admitted are the last
  return [
    ...admitted.flatMap((one) => {
      const opening = openings.find(({ identity }) => identity === one.identity);
      return opening === undefined ? [] : [newKey(one, opening, firstSeen)];
    }),
    ...others.map((one) => otherKeys(one, firstSeen)),
  ];
}

/**
 * The sightings that may make a mark: all from the first on that was learnt or whose key was
 * admitted in its hour; those before count as other keys.
 */
async function admittedOf(
  entryId: string,
  key: string,
  sighted: readonly Sighted[],
  { learnsUntil }: FirstSeen,
  ports: Ports,
): Promise<readonly Sighted[]> {
  for (const [index, { day, seconds }] of sighted.entries()) {
    if (day < learnsUntil) return sighted.slice(index);
    const hour = Math.floor(seconds / HOUR) * HOUR;
    if ((await admitKeys(entryId, hour, [key], ports)).has(key)) return sighted.slice(index);
  }
  return [];
}

/** The openings of a key's mark, once the sightings are merged into it. */
async function openingsOf(
  key: string,
  standing: StateItem | undefined,
  sighted: readonly Sighted[],
  firstSeen: FirstSeen,
  ports: Ports,
): Promise<readonly Opening[]> {
  const last = sighted.at(-1);
  if (last === undefined) return [];
  let openings: readonly Opening[] = [];
  const until = Math.max(Math.floor(ports.now() / 1000), last.seconds);
  const merge = {
    key,
    part: 'mark',
    expiresAt: until + STATE_LIFETIME + firstSeen.days * DAY,
    with: (found: StateItem | undefined) => {
      const mark = markSeen(found && markIn(found), sighted, firstSeen) as Mark; // of a sighting
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
  const id = alertIdOf(entry.id, key, Math.floor(seconds / HOUR) * HOUR);
  return occasionOf(match, key, id, { firstSeen: { by: {}, days, otherKeys: true } });
}

function occasionOf(
  match: Match,
  key: string,
  id: string,
  details: Pick<Alert, 'firstSeen'>,
): Occasion {
  const thread = `${match.compiled.entry.id}/${key}`;
  return { match, id, thread, count: 1, details: async () => details };
}

function dateOf(day: number): string {
  return isoSeconds(day * DAY).slice(0, 10);
}
