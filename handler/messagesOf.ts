import { textAt, valueAt } from './textAt.ts';

/** One unit of success or failure: an SQS message, or the whole event of any other caller. */
export interface Message {
  readonly id: string;
  readonly body: unknown; // JSON text or an object
}

export interface Messages {
  readonly fromQueue: boolean; // then failures are reported one by one
  readonly messages: readonly Message[];
}

/** Lambda's event as messages. */
export function messagesOf(event: unknown): Messages {
  const records = valueAt(event, 'Records');
  const fromQueue = Array.isArray(records) && textAt(records[0], 'eventSource') === 'aws:sqs';
  if (!fromQueue) return { fromQueue, messages: [{ id: 'event', body: event }] };
  return { fromQueue, messages: records.map(messageOf) };
}

function messageOf(record: unknown): Message {
  const id = textAt(record, 'messageId');
  if (id === undefined) throw new Error('an SQS record without messageId');
  return { id, body: valueAt(record, 'body') };
}
