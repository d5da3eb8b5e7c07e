import { createHash } from 'node:crypto';
import { inspect } from 'node:util';
import type { CloudTrailRecord } from './readLogFile.ts';
import { textAt } from './textAt.ts';

// Ids become DynamoDB keys and are read aloud: anything else is as good as none.
const USABLE = /^[\x21-\x7e]{1,200}$/;

/**
 * What makes two records one: sharedEventID (the caller's and the owner's copy of one call), else
 * the id of the event that an update re-delivers, else eventID, else the record's content.
 */
export function identityOf(record: CloudTrailRecord): string {
  const updated = textAt(record, 'addendum', 'reason') === 'UPDATED_DATA';
  const candidates = [
    textAt(record, 'sharedEventID'),
    updated ? textAt(record, 'addendum', 'originalEventID') : undefined,
    textAt(record, 'eventID'),
  ];
  return candidates.find((id) => id !== undefined && USABLE.test(id)) ?? contentHash(record);
}

function contentHash(record: CloudTrailRecord): string {
  return createHash('sha256').update(contentOf(record)).digest('hex').slice(0, 32);
}

function contentOf(record: CloudTrailRecord): string {
  try {
    return JSON.stringify(record);
  } catch {
    // Nested too deeply for the stack; still the same text for the same record.
    return inspect(record, { depth: 100, maxArrayLength: null, maxStringLength: null });
  }
}
