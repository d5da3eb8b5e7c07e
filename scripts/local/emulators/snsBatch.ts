import { isTooLong, type SnsInput, type SnsProblem } from './snsMessage.ts';

/** An entry of PublishBatch. */
export interface SnsBatchEntry {
  readonly id: string;
  readonly message: SnsInput; // as Publish takes it
}

const FIELD = /^PublishBatchRequestEntries\.member\.(\d+)\.(.+)$/;
const MAX_ENTRIES = 10;

export function readBatch(input: SnsInput): SnsBatchEntry[] {
  const entries = new Map<string, Record<string, string>>();
  for (const [name, value] of Object.entries(input)) {
    const [, place, field] = FIELD.exec(name) ?? [];
    if (place === undefined || field === undefined) continue;
    const entry = entries.get(place) ?? {};
    entry[field] = value;
    entries.set(place, entry);
  }
  const { TopicArn = '' } = input;
  return [...entries.values()].map(({ Id: id = '', ...message }) => ({
    id,
    message: { TopicArn, ...message },
  }));
}

/** Why SNS would refuse a batch as a whole. */
export function batchProblemOf(entries: readonly SnsBatchEntry[]): SnsProblem | undefined {
  if (entries.length === 0) return refuse('EmptyBatchRequest', 'The batch has no entries.');
  if (entries.length > MAX_ENTRIES) {
    return refuse('TooManyEntriesInBatchRequest', 'The batch has more than 10 entries.');
  }
  const ids = entries.map(({ id }) => id);
  if (!ids.every((id) => /^[A-Za-z0-9_-]{1,80}$/.test(id))) {
    return refuse('InvalidBatchEntryId', 'An entry id has up to 80 of A-Z, a-z, 0-9, - and _.');
  }
  if (new Set(ids).size < ids.length) {
    return refuse('BatchEntryIdsNotDistinct', 'Two entries have the same id.');
  }
  return isTooLong(entries.map(({ message }) => message))
    ? refuse('BatchRequestTooLong', 'The length of all the messages is more than the limit.')
    : undefined;
}

function refuse(code: string, message: string): SnsProblem {
  return { code, message };
}
