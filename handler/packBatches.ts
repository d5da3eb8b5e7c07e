import { type AlertMessage, MAX_MESSAGE_BYTES } from './renderMessage.ts';

const MAX_ENTRIES = 10; // of one PublishBatch call

/** Messages in batches that SNS accepts, in their order. */
export function packBatches(messages: readonly AlertMessage[]): AlertMessage[][] {
  const batches: AlertMessage[][] = [];
  let bytes = 0;
  for (const message of messages) {
    const last = batches.at(-1);
    bytes += message.bytes;
    if (last !== undefined && last.length < MAX_ENTRIES && bytes <= MAX_MESSAGE_BYTES) {
      last.push(message);
    } else {
      batches.push([message]);
      bytes = message.bytes;
    }
  }
  return batches;
}
