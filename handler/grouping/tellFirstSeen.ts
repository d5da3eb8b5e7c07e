import type { Alert } from '../alert.ts';
import { eventSeconds, isoSeconds } from '../eventSeconds.ts';
import type { Match } from '../matchRecords.ts';
import type { Ports, StateItem } from '../ports.ts';
import { present } from '../present.ts';
import { STATE_LIFETIME } from '../stateLifetime.ts';
import { alertIdOf } from './alertIdOf.ts';
import { byOf } from './byOf.ts';
import type { FirstSeen } from './grouping.ts';
import { hashOfKey, OTHER } from './keyOf.ts';
import { type Mark, markSeen, type Opening } from './markSeen.ts';
import { mergeIntoState, unlessExpired } from './mergeIntoState.ts';
import { DAY, hourOf, type KeySightings, type Sighted, sightedOf } from './sightings.ts';
import { startsOf } from './startsOf.ts';
import {
  addTold,
  inTurn,
  NOTHING_TOLD,
  type Occasion,
  type Teller,
  type ToldCounts,
} from './teller.ts';

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
