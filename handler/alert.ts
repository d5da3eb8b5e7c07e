import * as v from 'valibot';
import { entrySchema } from './entry.ts';

const optional = v.exactOptional;
const text = v.string();
const { id, title, severity, description, runbook, references, tags } = entrySchema.entries;

/**
 * The alert: the canonical JSON that queues and functions receive (docs/alert.schema.json).
 * Absent values are left out. Fields may be added within /1; consumers ignore unknown ones.
 */
export const alertSchema = v.object({
  schema: v.literal('trailwatch.alert/1'),
  id: text, // IDENTITY/ENTRYID: one event and one entry make one alert
  thread: text, // what belongs together
  entry: v.object({ id, title, severity, description, runbook, references, tags }),
  summary: text, // one printable sentence
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
  }),
  from: v.object({ ip: optional(text), userAgent: optional(text) }),
  links: v.object({ console: optional(text), logFile: text }), // logFile: s3://BUCKET/KEY
  published: v.pipe(text, v.isoTimestamp()),
  record: v.union([
    v.object({ omitted: v.literal(true), bytes: v.number() }), // it would not fit
    v.record(text, v.unknown()), // CloudTrail's own, untouched
  ]),
});

export type Alert = v.InferOutput<typeof alertSchema>;
