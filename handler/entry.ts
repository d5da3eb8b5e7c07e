import * as v from 'valibot';
import { type Parsed, parseBy } from './parseBy.ts';
import { valueAt } from './textAt.ts';

const text = (max: number) => v.pipe(v.string(), v.nonEmpty(), v.maxLength(max));
const texts = (max: number, each: number) =>
  v.pipe(v.array(text(each)), v.minLength(1), v.maxLength(max));

/** From what wakes a person to what only machines read. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;

// Bounds, so that an alert without its record always fits into one SNS message.
const fields = {
  id: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,80}$/, 'must match ^[a-z0-9-]{1,80}$')),
  title: text(200),
  eventSource: v.exactOptional(v.union([text(256), texts(50, 256)])),
  severity: v.picklist(SEVERITIES),
  description: v.exactOptional(text(2000)),
  runbook: v.exactOptional(texts(10, 500)),
  references: v.exactOptional(
    v.pipe(v.array(v.pipe(text(500), v.startsWith('https://'))), v.minLength(1), v.maxLength(10)),
  ),
  tags: v.exactOptional(texts(30, 100)),
  needs: v.exactOptional(
    v.pipe(v.string(), v.regex(/^(management|data:\S{1,200})$/, 'must be management or data:TYPE')),
  ),
  self: v.exactOptional(v.boolean()),
  mode: v.exactOptional(v.literal('alert')),
};

/** An entry as seed files hold it. The only definition of an entry. */
export const entrySchema = v.strictObject({
  ...fields,
  eventName: v.union([text(256), texts(100, 256)]),
});

/** A row of the Watchlist table: the whole entry with one event name, and when it was first seeded. */
export const rowSchema = v.strictObject({
  ...fields,
  eventName: text(256),
  since: v.exactOptional(v.pipe(v.string(), v.isoTimestamp())),
});

export type Entry = v.InferOutput<typeof entrySchema>;
export type WatchlistRow = v.InferOutput<typeof rowSchema>;
export type Severity = Entry['severity'];

/** An entry, or what is wrong with it, field by field. */
export function parseEntry(value: unknown): Parsed<Entry> {
  return parseWith(entrySchema, value);
}

/** A row of the Watchlist table, or what is wrong with it. */
export function parseRow(value: unknown): Parsed<WatchlistRow> {
  return parseWith(rowSchema, value);
}

function parseWith<T>(schema: v.GenericSchema<unknown, T>, value: unknown): Parsed<T> {
  const unsupported = unsupportedIn(value);
  return unsupported.length > 0 ? { problems: unsupported } : parseBy(schema, value);
}

const UNSUPPORTED = [
  'pattern',
  'unless',
  'outcome',
  'summary',
  'show',
  'threshold',
  'firstSeen',
  'repeat',
];

/** Fields that narrow an entry: matching it without them would alert on what was meant to be quiet. */
function unsupportedIn(value: unknown): string[] {
  const names = UNSUPPORTED.filter((name) => valueAt(value, name) !== undefined);
  const eventName = valueAt(value, 'eventName');
  if ([eventName].flat().includes('*')) names.push('eventName "*"');
  const mode = valueAt(value, 'mode');
  if (mode === 'silent' || mode === 'off') names.push(`mode "${mode}"`);
  return names.map(
    (name) => `${name}: not supported by this version, and not to be matched without it`,
  );
}
