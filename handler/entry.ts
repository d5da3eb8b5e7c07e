import * as v from 'valibot';
import { entryRules } from './entryRules.ts';
import { isoTime } from './isoTime.ts';
import { type Parsed, parseBy } from './parseBy.ts';

const text = (max: number) => v.pipe(v.string(), v.nonEmpty(), v.maxLength(max));
const texts = (max: number, each: number) =>
  v.pipe(v.array(text(each)), v.minLength(1), v.maxLength(max));
const whole = (min: number, max: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));

/** From what wakes a person to what only machines read. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;

/** An event pattern as it is written; parsePattern says whether it is one. */
export const patternSchema = v.record(v.string(), v.unknown());

const path = text(200);
const eventName = v.pipe(text(256), v.regex(/^[^$]/, 'must not begin with $: rows of lists do'));
const by = v.pipe(v.array(path), v.maxLength(10));
const A_MONTH = 31 * 24 * 60; // minutes; CloudTrail delivers late by 30 days at most

// Bounds, so that an alert without its record always fits into one SNS message.
const fields = {
  id: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,80}$/, 'must match ^[a-z0-9-]{1,80}$')),
  title: text(200),
  eventSource: v.exactOptional(v.union([text(256), texts(50, 256)])),
  outcome: v.exactOptional(v.picklist(['success', 'failure', 'any'])),
  pattern: v.exactOptional(patternSchema),
  unless: v.exactOptional(v.pipe(v.array(patternSchema), v.minLength(1), v.maxLength(50))),
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
  summary: v.exactOptional(text(500)),
  show: v.exactOptional(v.pipe(v.record(text(40), path), v.minEntries(1), v.maxEntries(20))),
  threshold: v.exactOptional(
    v.strictObject({
      count: whole(1, 1000),
      minutes: whole(1, A_MONTH),
      by,
      distinct: v.exactOptional(path),
    }),
  ),
  firstSeen: v.exactOptional(
    v.strictObject({ by, days: whole(1, 365), learnDays: v.exactOptional(whole(0, 90)) }),
  ),
  repeat: v.exactOptional(v.strictObject({ by, minutes: whole(1, A_MONTH) })),
  mode: v.exactOptional(v.picklist(['alert', 'silent', 'off'])),
};

/** An entry as seed files hold it. The only definition of an entry. */
export const entrySchema = v.strictObject({
  ...fields,
  eventName: v.union([eventName, v.pipe(v.array(eventName), v.minLength(1), v.maxLength(100))]),
});

/** A row of the Watchlist table: the whole entry with one event name, and when it was first seeded. */
export const rowSchema = v.strictObject({
  ...fields,
  eventName,
  since: v.exactOptional(isoTime),
});

export type Entry = v.InferOutput<typeof entrySchema>;
export type WatchlistRow = v.InferOutput<typeof rowSchema>;
export type Severity = Entry['severity'];

/** An entry but for its conditions (conditionsOf), or what is wrong with it, field by field. */
export function parseEntry(value: unknown): Parsed<Entry> {
  return withRules(parseBy(entrySchema, value));
}

/** A row of the Watchlist table but for its conditions, or what is wrong with it. */
export function parseRow(value: unknown): Parsed<WatchlistRow> {
  return withRules(parseBy(rowSchema, value));
}

function withRules<T extends Entry | WatchlistRow>(parsed: Parsed<T>): Parsed<T> {
  if ('problems' in parsed) return parsed;
  const problems = entryRules(parsed.value);
  return problems.length > 0 ? { problems } : parsed;
}
