import * as v from 'valibot';
import { entrySchema } from './entry.ts';

const optional = v.exactOptional;
const text = v.string();
const { id, title, severity, description, runbook, references, tags } = entrySchema.entries;

const isoTime = v.pipe(text, v.isoTimestamp());
const by = v.record(text, text); // path to printable value; without those that are absent

const groupSchema = v.object({
  by,
  count: v.number(), // records of this key from start to end, so far
  countIsAbout: optional(v.literal(true)), // within about 3 %: too many to be exact
  distinct: optional(v.number()), // different values of what the threshold counts
  threshold: optional(
    v.object({ count: v.number(), minutes: v.number(), distinct: optional(text) }),
  ),
  first: isoTime,
  last: isoTime,
  start: isoTime,
  end: isoTime,
  examples: v.array(
    v.object({
      eventId: optional(text),
      time: text,
      action: text,
      errorCode: optional(text),
    }),
  ),
  previous: optional(v.object({ count: v.number(), first: isoTime, last: isoTime })),
  otherKeys: optional(v.literal(true)), // over 200 keys in an hour: this is all the others together
});

/** A grant of a session's credentials, and who asked for it. */
const stepSchema = v.object({
  eventId: optional(text),
  action: text,
  time: text,
  arn: optional(text), // of who asked for it
  accountId: optional(text), // of the same
  alias: optional(text), // of that account
  service: optional(text), // that asked for it
});

const firstSeenSchema = v.object({
  by,
  days: v.number(), // not seen for so long before
  lastSeen: optional(v.pipe(text, v.isoDate())), // undefined: never
  otherKeys: optional(v.literal(true)), // over 200 new keys in an hour: one alert for all the others
});

/**
 * The alert: the canonical JSON that queues and functions receive (docs/alert.schema.json).
 * Absent values are left out. Fields may be added within /1; consumers ignore unknown ones.
 */
export const alertSchema = v.object({
  schema: v.literal('trailwatch.alert/1'),
  id: text, // IDENTITY/ENTRYID: one event and one entry make one alert
  thread: text, // what belongs together: ENTRYID/KEYHASH16 if counted, else the id
  followsUp: optional(
    v.object({
      why: v.picklist(['count', 'originator']),
      at: optional(v.number()), // of a count: the mark that it has passed
      explainedBy: optional(text), // of an originator: the exception that would have kept it quiet
    }),
  ), // follow-ups only
  entry: v.object({ id, title, severity, description, runbook, references, tags }),
  summary: text, // one printable sentence
  show: optional(v.array(v.object({ label: text, value: text }))), // printable
  event: v.object({
    id: optional(text),
    action: text, // iam:CreateUser
    source: text,
    name: text,
    time: optional(text),
    region: optional(text),
    outcome: v.picklist(['success', 'failure']),
    readOnly: optional(v.boolean()),
    errorCode: optional(text),
    errorMessage: optional(text),
  }),
  account: v.object({
    id: optional(text),
    alias: optional(text),
    owner: optional(text),
    environment: optional(text),
    ou: optional(text),
  }),
  principal: v.object({
    type: optional(text),
    arn: optional(text),
    name: text,
    accountId: optional(text),
    accessKeyId: optional(text),
    key: optional(text),
  }),
  originator: v.object({
    status: v.picklist(['direct', 'resolved', 'unresolved']),
    reason: optional(text), // why it is unresolved
    kind: v.picklist(['person', 'root', 'user', 'workload', 'service', 'account', 'unknown']),
    name: optional(text),
    arn: optional(text),
    accountId: optional(text),
    chain: optional(v.array(stepSchema)), // from the originator on, as far as it is known
  }),
  from: v.object({ ip: optional(text), userAgent: optional(text) }),
  group: optional(groupSchema), // of entries that count
  firstSeen: optional(firstSeenSchema), // of entries that watch for what is new
  links: v.object({ console: optional(text), logFile: text }), // logFile: s3://BUCKET/KEY
  published: isoTime,
  record: v.union([
    v.object({ omitted: v.literal(true), bytes: v.number() }), // it would not fit
    v.record(text, v.unknown()), // CloudTrail's own, untouched
  ]),
});

export type Alert = v.InferOutput<typeof alertSchema>;
