import { createHash } from 'node:crypto';
import type { WatchlistRow } from '../handler/entry.ts';
import { identityOf } from '../handler/identityOf.ts';
import type { CloudTrailRecord } from '../handler/readLogFile.ts';
import { type Asked, naiveKey, naiveValues } from './naiveKey.ts';

/** What the model needs of an entry; it watches for one event name, by that alone. */
export type NaiveEntry = Pick<
  WatchlistRow,
  'id' | 'eventName' | 'threshold' | 'repeat' | 'firstSeen' | 'since' | 'mode'
>;

/** An alert that must have gone out in the end; grouped ones (not firstSeen) with what they count. */
export interface NaiveAlert {
  readonly id: string;
  readonly group?: { readonly count: number; readonly first: string; readonly last: string };
}

/** The keys under which a record counts: the threshold's and the alert's. */
export interface Keys {
  readonly threshold: string;
  readonly alert: string;
}
export type KeysOf = (entry: NaiveEntry, record: CloudTrailRecord) => Keys;

/**
 * The alerts of a whole history, by the definitions alone and all at once: the oracle of grouping.
 * A key flood needs an order (naiveFlood gives its keys); without one, every key is its own.
 */
export function naiveGroups(
  entries: readonly NaiveEntry[],
  records: readonly CloudTrailRecord[],
  keysOf: KeysOf = ownKeys,
): ReadonlyMap<string, NaiveAlert> {
  const spoken = entries.filter(({ mode = 'alert' }) => mode === 'alert');
  const alerts = spoken.flatMap((entry) => {
    const matched = records.filter(({ eventName }) => eventName === entry.eventName);
    const timed = matched.filter((record) => secondsOf(record) !== undefined);
    const untimed = matched.filter((record) => secondsOf(record) === undefined);
    return [...alone(entry, untimed), ...alertsOf(entry, timed, keysOf)];
  });
  return new Map(alerts.map((alert) => [alert.id, alert]));
}

function alertsOf(entry: NaiveEntry, timed: readonly CloudTrailRecord[], keysOf: KeysOf) {
  if (entry.firstSeen !== undefined) return firstSeen(entry, timed);
  if (entry.threshold === undefined && entry.repeat === undefined) return alone(entry, timed);
  return groups(entry, timed, keysOf);
}

function alone({ id }: NaiveEntry, records: readonly CloudTrailRecord[]): NaiveAlert[] {
  return records.map((record) => ({ id: `${identityOf(record)}/${id}` }));
}

/** The entry's own paths, W and M in seconds as its keys have them. */
export function askedBy({ id, threshold, repeat, firstSeen: seen }: NaiveEntry) {
  const minutes = threshold?.minutes ?? null;
  const bucket = seen === undefined ? (repeat?.minutes ?? minutes) : null;
  const key = (by: readonly string[]): Asked => ({ id, minutes, bucket, by });
  const alert = key(repeat?.by ?? threshold?.by ?? seen?.by ?? []);
  return { alert, threshold: threshold === undefined ? alert : key(threshold.by) };
}

export function ownKeys(entry: NaiveEntry, record: CloudTrailRecord): Keys {
  const asked = askedBy(entry);
  return { threshold: naiveKey(asked.threshold, record), alert: naiveKey(asked.alert, record) };
}

interface Event extends Keys {
  readonly time: number;
  readonly identity: string;
  readonly counted: readonly string[]; // what the threshold counts: its identity, or distinct values
}

function groups(entry: NaiveEntry, timed: readonly CloudTrailRecord[], keysOf: KeysOf) {
  const { threshold, repeat } = entry;
  const size = (repeat?.minutes ?? threshold?.minutes ?? 0) * 60;
  const bucketOf = ({ time }: Event) => Math.floor(time / size) * size;
  const events = timed
    .map((record): Event => {
      const identity = identityOf(record);
      const path = threshold?.distinct;
      const counted = path === undefined ? [identity] : naiveValues(record, path);
      return { ...keysOf(entry, record), time: secondsOf(record) ?? 0, identity, counted };
    })
    .filter(({ counted }) => counted.length > 0);
  const crossing = events.filter((event) => crosses(event, events, entry));
  return crossing.map((event): NaiveAlert => {
    const members = events.filter(
      (other) => other.alert === event.alert && bucketOf(other) === bucketOf(event),
    );
    const times = members.map(({ time }) => time);
    const count = new Set(members.map(({ identity }) => identity)).size;
    const group = { count, first: iso(Math.min(...times)), last: iso(Math.max(...times)) };
    return { id: `${entry.id}/${keyHash(event.alert)}/${iso(bucketOf(event))}`, group };
  });
}

function crosses(event: Event, events: readonly Event[], { threshold }: NaiveEntry): boolean {
  if (threshold === undefined) return true;
  const within = events.filter(
    ({ threshold: key, time }) =>
      key === event.threshold && time > event.time - threshold.minutes * 60 && time <= event.time,
  );
  return new Set(within.flatMap(({ counted }) => counted)).size >= threshold.count;
}

const DAY = 86_400;

/** As if every record came in the order of time. */
function firstSeen(entry: NaiveEntry, timed: readonly CloudTrailRecord[]): NaiveAlert[] {
  const daysOfKey = Map.groupBy(timed, (record) => ownKeys(entry, record).alert);
  return [...daysOfKey].flatMap(([key, records]) => {
    const days = records
      .map((record) => Math.floor((secondsOf(record) ?? 0) / DAY))
      .sort(ascending);
    return days
      .filter((day, index) => day > (days[index - 1] ?? -Infinity) + (entry.firstSeen?.days ?? 0))
      .filter((day) => day >= learnedOn(entry))
      .map((day) => ({ id: `${entry.id}/${keyHash(key)}/${iso(day * DAY).slice(0, 10)}` }));
  });
}

/** The first day that is not learning any more. */
export function learnedOn({ since, firstSeen: seen }: NaiveEntry): number {
  if (since === undefined) return -Infinity;
  return Math.floor(Date.parse(since) / 1000 / DAY) + (seen?.learnDays ?? 7);
}

export function keyHash(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 16);
}

const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;

/** Undefined if unreadable. */
export function secondsOf({ eventTime }: CloudTrailRecord): number | undefined {
  if (typeof eventTime !== 'string' || !TIME.test(eventTime)) return undefined;
  const milliseconds = Date.parse(eventTime);
  return Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds / 1000);
}

/** `2023-07-10T12:00:00Z` */
export function iso(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;
}

const ascending = (a: number, b: number) => a - b;
