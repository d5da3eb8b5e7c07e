import { textAt, valueAt } from './textAt.ts';

/** An object that a notification announces; the key is decoded. */
export interface LogFileRef {
  readonly bucket: string;
  readonly key: string;
}

export interface Announcement {
  readonly objects: readonly LogFileRef[];
  readonly problems: readonly string[]; // parts that could not be understood
}

const NOTHING: Announcement = { objects: [], problems: [] };

/**
 * Reads one notification: S3's, CloudTrail's own or EventBridge's, as an object or as JSON text,
 * bare or inside an SNS envelope (in SQS) or an SNS event (Lambda's own).
 */
export function logFilesAnnouncedBy(body: unknown): Announcement {
  if (typeof body === 'string') return fromText(body);
  const records = valueAt(body, 'Records');
  if (Array.isArray(records)) return combine(records.map(fromEventRecord));
  if (textAt(body, 'Event') === 's3:TestEvent') return NOTHING;
  if (textAt(body, 'Type') === 'Notification') return fromText(textAt(body, 'Message') ?? '');
  if (valueAt(body, 's3ObjectKey') !== undefined) return fromCloudTrail(body);
  if (textAt(body, 'source') === 'aws.s3') return fromEventBridge(body);
  return problem('neither S3, SNS, CloudTrail nor EventBridge sends such a body');
}

function fromText(text: string): Announcement {
  // CloudTrail sends this sentence once, when a topic is set on a trail.
  if (text.startsWith('CloudTrail validation message')) return NOTHING;
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' ? logFilesAnnouncedBy(body) : problem('the body is no object');
  } catch {
    return problem('the body is not JSON');
  }
}

function fromEventRecord(record: unknown): Announcement {
  if (textAt(record, 'EventSource') === 'aws:sns') {
    return fromText(textAt(record, 'Sns', 'Message') ?? '');
  }
  if (textAt(record, 'eventSource') !== 'aws:s3') return problem('a record that is not from S3');
  if (!textAt(record, 'eventName')?.startsWith('ObjectCreated:')) return NOTHING;
  const key = formDecoded(textAt(record, 's3', 'object', 'key'));
  return object(textAt(record, 's3', 'bucket', 'name'), key);
}

/** CloudTrail announces several keys at once, not encoded. */
function fromCloudTrail(body: unknown): Announcement {
  const keys = valueAt(body, 's3ObjectKey');
  if (!Array.isArray(keys)) return problem('s3ObjectKey is not an array');
  const bucket = textAt(body, 's3Bucket');
  return combine(keys.map((key) => object(bucket, textAt(key))));
}

/** EventBridge does not encode keys. */
function fromEventBridge(body: unknown): Announcement {
  if (textAt(body, 'detail-type') !== 'Object Created') return NOTHING;
  return object(textAt(body, 'detail', 'bucket', 'name'), textAt(body, 'detail', 'object', 'key'));
}

/** S3 encodes keys as forms do: a space is a plus sign. */
function formDecoded(key: string | undefined): string | undefined {
  try {
    return key === undefined ? undefined : decodeURIComponent(key.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}

function object(bucket: string | undefined, key: string | undefined): Announcement {
  if (bucket === undefined || key === undefined) return problem('no readable bucket and key');
  return { objects: [{ bucket, key }], problems: [] };
}

function problem(reason: string): Announcement {
  return { objects: [], problems: [reason] };
}

function combine(parts: readonly Announcement[]): Announcement {
  return {
    objects: parts.flatMap((part) => part.objects),
    problems: parts.flatMap((part) => part.problems),
  };
}
