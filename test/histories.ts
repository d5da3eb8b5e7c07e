import fc from 'fast-check';
import type { CloudTrailRecord } from '../handler/readLogFile.ts';
import { recordOf, roleRecordOf } from './factories.ts';
import { iso, learnedOn, type NaiveEntry, ownKeys, secondsOf } from './naiveGroups.ts';

/** Entries and all the distinct records that ever come. */
export interface History {
  readonly entries: readonly NaiveEntry[];
  readonly records: readonly CloudTrailRecord[];
}

const START = Date.parse('2023-07-10T12:00:00Z') / 1000; // a border of every bucket below
const DAY = 86_400;
const NAMES = ['StopLogging', 'CreateUser', 'GetSecretValue'];

// Plain, derived, absent from some records, an object, through arrays.
const PATHS = [
  'sourceIPAddress',
  'recipientAccountId',
  'userIdentity.arn',
  'trailwatch.principal.key',
  'requestParameters.name',
  'requestParameters.tags',
  'resources.accountId',
];
const DISTINCT = [
  'requestParameters.name',
  'recipientAccountId',
  'resources.accountId',
  'resources',
];
const MINUTES = [1, 2, 3, 5, 7, 10, 24, 60, 1440];

const by = fc.subarray(PATHS, { maxLength: 3 });
const minutes = fc.constantFrom(...MINUTES);
const count = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 1, max: 5 }) },
  fc.constantFrom(10, 11, 100),
);
const repeat = fc.record({ by, minutes });
const threshold = fc.record(
  { count, minutes, by, distinct: fc.constantFrom(...DISTINCT) },
  { requiredKeys: ['count', 'minutes', 'by'] },
);
const mode = fc.constantFrom('alert', 'alert', 'alert', 'alert', 'alert', 'silent', 'off');
const common = { eventName: fc.constantFrom(...NAMES), mode };

type Unnamed = Omit<NaiveEntry, 'id'>;

const thresholdAndRepeat = fc
  .record({ ...common, threshold, minutes, subset: fc.integer({ min: 0, max: 7 }) })
  .map(({ subset, minutes: each, ...entry }): Unnamed => {
    const subsetBy = entry.threshold.by.filter((_, index) => (subset >> index) % 2 === 1);
    return { ...entry, repeat: { by: subsetBy, minutes: each } };
  })
  .filter(isAllowed);

const groupedEntry: fc.Arbitrary<Unnamed> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ ...common, threshold }) },
  { weight: 4, arbitrary: thresholdAndRepeat },
  { weight: 2, arbitrary: fc.record({ ...common, repeat }) },
  { weight: 1, arbitrary: fc.record(common) },
);

/** What compileWatchlist refuses is not generated. */
function isAllowed({ threshold: asked, repeat: again }: Unnamed): boolean {
  if (asked === undefined || again === undefined) return true;
  const kept = asked.count * Math.ceil(again.minutes / asked.minutes);
  return kept <= 1500 && asked.minutes <= 24 * again.minutes;
}

function named(entries: readonly Unnamed[]): NaiveEntry[] {
  return entries.map((entry, index) => ({ ...entry, id: `entry-${index}` }));
}

const ACCOUNTS = ['123837392027', '210987654321'];
const principal = fc.constantFrom(
  recordOf()['userIdentity'],
  roleRecordOf()['userIdentity'],
  { type: 'AWSService', invokedBy: 'config.amazonaws.com' },
  {
    ...(roleRecordOf()['userIdentity'] as object),
    arn: 'arn:aws:sts::123837392027:assumed-role/Admin/b',
  },
);
// Parsed, so that `__proto__` is an own property as it is in a log file.
const tags = fc
  .constantFrom('{"a":1,"b":[2]}', '{"b":[2],"a":1}', '{"__proto__":1}', '{}', 'null', '[]')
  .map((text): unknown => JSON.parse(text));
const requestParameters = fc.oneof(
  fc.constant(null),
  fc.record({ name: fc.constantFrom('a', 'b', '', null, 7, '7'), tags }, { requiredKeys: [] }),
);
const resource = fc.record(
  { accountId: fc.constantFrom(...ACCOUNTS), type: fc.constant('AWS::S3::Bucket') },
  { requiredKeys: ['type'] },
);
const template = fc.record(
  {
    eventName: fc.constantFrom('StopLogging', 'StopLogging', ...NAMES, 'DescribeTrails'),
    userIdentity: principal,
    sourceIPAddress: fc.constantFrom('192.0.2.1', '192.0.2.1', '198.51.100.7', '2001:db8::1'),
    recipientAccountId: fc.constantFrom(...ACCOUNTS),
    requestParameters,
    resources: fc.array(resource, { maxLength: 3 }),
  },
  { requiredKeys: ['eventName', 'userIdentity', 'sourceIPAddress', 'recipientAccountId'] },
);

// Close to where buckets, windows and their pieces begin and end.
const seconds = fc
  .tuple(
    fc.constantFrom(0, 0, 1, 2, 3, 5, 7, 10, 14, 20, 24, 48, 60, 120, -1, -24, -60, -1440),
    fc.constantFrom(-60, -30, -2, -1, 0, 0, 1, 2, 30, 59, 60, 61),
  )
  .map(([minute, second]) => START + minute * 60 + second);

type Twin = 'none' | 'shared' | 'updated' | 'same id';

/** Records of one kind, one after another. */
interface Burst {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly start: number; // epoch seconds
  readonly length: number;
  readonly step: number; // seconds
  readonly names: number; // distinct values of requestParameters.name; 0: as in the fields
  readonly twin: Twin; // a second version of each, under the same identity
  readonly untimed: boolean;
}

const rarely = fc.constantFrom(...Array.from({ length: 12 }, () => false), true);

const burst = (length: fc.Arbitrary<number>): fc.Arbitrary<Burst> =>
  fc.record({
    fields: template,
    start: seconds,
    length,
    step: fc.constantFrom(0, 1, 1, 7, 20, 60, 61),
    names: fc.integer({ min: 0, max: 4 }),
    twin: fc.constantFrom<Twin>('none', 'none', 'none', 'none', 'shared', 'updated', 'same id'),
    untimed: rarely,
  });

function recordsOf(bursts: readonly Burst[]): CloudTrailRecord[] {
  return bursts.flatMap(({ fields, start, length, step, names, twin, untimed }, number) =>
    Array.from({ length }, (_, index) => {
      const parameters = names === 0 ? {} : { requestParameters: { name: `n-${index % names}` } };
      const eventTime = untimed ? 'yesterday' : iso(start + index * step);
      const eventID = `${number}-${index}`;
      const record = recordOf({ ...fields, ...parameters, eventTime, eventID });
      return [record, ...twinOf(record, twin)];
    }).flat(),
  );
}

function twinOf(record: CloudTrailRecord, twin: Twin): CloudTrailRecord[] {
  const id = String(record['eventID']);
  const other = { recipientAccountId: ACCOUNTS[1], sourceIPAddress: '203.0.113.9' };
  const addendum = { reason: 'UPDATED_DATA', originalEventID: id };
  const time = secondsOf(record);
  const twins = {
    none: [],
    // The owner's copy, whose sharedEventID is here the id of the caller's.
    shared: [{ ...other, eventID: `${id}-owner`, sharedEventID: id }],
    updated: [{ eventID: `${id}-update`, addendum }],
    'same id': time === undefined ? [] : [{ eventTime: iso(time + 45) }],
  };
  return twins[twin].map((fields) => recordOf({ ...record, ...fields }));
}

const few = burst(fc.integer({ min: 1, max: 4 }));
const many = burst(fc.constantFrom(1, 2, 9, 10, 11, 24, 101));

// Windows and buckets that cut each other, and few keys: where a record crosses hangs on a second.
const denseEntry = fc
  .record({
    count: fc.integer({ min: 2, max: 5 }),
    window: fc.constantFrom(1, 2, 3, 5, 7),
    bucket: fc.constantFrom(undefined, 1, 2, 3, 5, 7, 20),
    by: fc.constantFrom<string[]>([], [], ['sourceIPAddress']),
    repeatBy: fc.constantFrom<string[]>([], ['sourceIPAddress']),
    distinct: fc.constantFrom(undefined, 'requestParameters.name'),
  })
  .map(({ count: most, window, bucket, by: paths, repeatBy, distinct }): Unnamed => {
    const again = repeatBy.filter((path) => paths.includes(path));
    return {
      eventName: 'StopLogging',
      threshold: { count: most, minutes: window, by: paths, ...(distinct && { distinct }) },
      ...(bucket && { repeat: { by: again, minutes: bucket } }),
    };
  });

const moment = fc.record({
  buckets: fc.integer({ min: -1, max: 3 }),
  windows: fc.integer({ min: -2, max: 2 }),
  seconds: fc.constantFrom(-31, -2, -1, 0, 0, 1, 2, 31),
  ip: fc.constantFrom('192.0.2.1', '192.0.2.1', '198.51.100.7'),
  name: fc.constantFrom('a', 'b', 'c', 'd'),
  event: fc.nat(19), // few enough for two to be versions of one
});

const denseHistory = (maxLength: number): fc.Arbitrary<History> =>
  fc
    .record({ entry: denseEntry, moments: fc.array(moment, { minLength: 2, maxLength }) })
    .map(({ entry, moments }) => {
      const window = (entry.threshold?.minutes ?? 0) * 60;
      const bucket = (entry.repeat?.minutes ?? 0) * 60 || window;
      const records = moments.map(({ buckets, windows, seconds: second, ip, name, event }) =>
        recordOf({
          sourceIPAddress: ip,
          requestParameters: { name },
          eventID: `dense-${event}`,
          eventTime: iso(START + buckets * bucket + windows * window + second),
        }),
      );
      return { entries: named([entry]), records };
    });

// Counts about the steps at which follow-ups go out.
const steps: fc.Arbitrary<History> = fc
  .record({
    length: fc.constantFrom(9, 10, 11, 20, 99, 100, 101),
    count: fc.constantFrom(1, 2, 10, 11),
    step: fc.integer({ min: 0, max: 7 }),
  })
  .map(({ length, count: most, step }) => {
    const asked = { count: most, minutes: 10, by: [] };
    const records = Array.from({ length }, (_, index) =>
      recordOf({ eventID: `step-${index}`, eventTime: iso(START + index * step) }),
    );
    return { entries: named([{ eventName: 'StopLogging', threshold: asked }]), records };
  });

/** Histories of entries with threshold, repeat, both or neither: any delivery tells the same. */
export const groupedHistory: fc.Arbitrary<History> = fc.oneof(
  { weight: 8, arbitrary: denseHistory(14) },
  { weight: 1, arbitrary: steps },
  {
    weight: 4,
    arbitrary: fc
      .tuple(
        fc.array(groupedEntry, { minLength: 1, maxLength: 4 }),
        fc.oneof(
          { weight: 5, arbitrary: fc.array(few, { maxLength: 12 }) },
          { weight: 1, arbitrary: fc.array(fc.oneof(few, many), { maxLength: 5 }) },
        ),
      )
      .map(([entries, bursts]) => ({ entries: named(entries), records: recordsOf(bursts) })),
  },
);

/** The same, small enough to fail at each of its port calls. */
export const smallHistory: fc.Arbitrary<History> = fc.oneof(
  denseHistory(6),
  fc
    .tuple(
      fc.array(groupedEntry, { minLength: 1, maxLength: 2 }),
      fc.array(few, { minLength: 1, maxLength: 4 }),
    )
    .map(([entries, bursts]) => ({ entries: named(entries), records: recordsOf(bursts) })),
);

/** More than 200 keys in an hour, most of them in one. */
export const flood: fc.Arbitrary<History> = fc
  .record({
    entry: fc.constantFrom<Unnamed>(
      { eventName: 'StopLogging', repeat: { by: ['sourceIPAddress'], minutes: 60 } },
      { eventName: 'StopLogging', repeat: { by: ['sourceIPAddress'], minutes: 1440 } },
      {
        eventName: 'StopLogging',
        threshold: { count: 3, minutes: 90, by: ['sourceIPAddress', 'none'] },
      },
      {
        eventName: 'StopLogging',
        threshold: { count: 2, minutes: 10, by: ['sourceIPAddress'] },
        repeat: { by: [], minutes: 30 },
      },
    ),
    addresses: fc.array(fc.nat(2000), { minLength: 190, maxLength: 400, size: 'max' }),
    late: fc.integer({ min: 1, max: 30 }), // the next hour has one in so many
  })
  .map(({ entry, addresses, late }) => ({
    entries: named([entry]),
    records: addresses.map((address, index) =>
      recordOf({
        sourceIPAddress: `198.51.${address >> 8}.${address % 256}`,
        eventID: `flood-${index}`,
        eventTime: iso(START + index + (index % late === 0 ? 3600 : 0)),
      }),
    ),
  }));

const firstSeenEntry = fc
  .record({
    mode,
    eventName: fc.constant('StopLogging'),
    by: fc.oneof(fc.constant<string[]>([]), fc.subarray(PATHS, { maxLength: 2 })),
    days: fc.integer({ min: 3, max: 8 }),
    learnDays: fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined }),
    since: fc.option(fc.integer({ min: -10, max: 20 }), { nil: undefined, freq: 1 }),
  })
  .map(({ by: paths, days, learnDays, since, ...entry }): Unnamed => {
    const firstSeen = { by: paths, days, ...(learnDays !== undefined && { learnDays }) };
    const added = since === undefined ? {} : { since: iso(START + since * DAY) };
    return { ...entry, firstSeen, ...added };
  });

const visit: fc.Arbitrary<Burst> = fc.record({
  fields: template.map((fields) => ({ ...fields, eventName: 'StopLogging' })),
  start: fc
    .tuple(fc.constantFrom(0, 0, 1, 2, 12, 13, 26, 40), seconds)
    .map(([day, second]) => day * DAY + second),
  length: fc.integer({ min: 1, max: 3 }),
  step: fc.constantFrom(1, 3600, DAY),
  names: fc.constant(0),
  twin: fc.constantFrom<Twin>('none', 'none', 'shared', 'same id'),
  untimed: rarely,
});

/** A history with first-seen entries, and by how many whole days its log files may be late. */
export interface FirstSeenHistory extends History {
  readonly lateness: 0 | 1;
}

/** The number of alerts is sure only where no gap lies within the lateness of the limit. */
export const firstSeenHistory: fc.Arbitrary<FirstSeenHistory> = fc
  .record({
    entries: fc.array(firstSeenEntry, { minLength: 1, maxLength: 3 }).map(named),
    records: fc.array(visit, { maxLength: 8 }).map(recordsOf),
    lateness: fc.constantFrom<0 | 1>(0, 1),
  })
  .filter(isClear);

function isClear({ entries, records, lateness }: FirstSeenHistory): boolean {
  return entries.every((entry) => {
    const matched = records.filter(
      (record) => record.eventName === entry.eventName && secondsOf(record) !== undefined,
    );
    const limit = entry.firstSeen?.days ?? 0;
    const learned = learnedOn(entry);
    return [...Map.groupBy(matched, (record) => ownKeys(entry, record).alert).values()].every(
      (ofKey) => {
        const days = ofKey.map(dayOf).sort((a, b) => a - b);
        const gaps = days.slice(1).map((day, index) => day - (days[index] ?? day));
        return (
          gaps.every((gap) => gap <= limit - lateness || gap > limit + lateness) &&
          days.every((day) => day < learned - lateness || day >= learned + lateness)
        );
      },
    );
  });
}

export function dayOf(record: CloudTrailRecord): number {
  return Math.floor((secondsOf(record) ?? START) / DAY);
}
