import { setTimeout } from 'node:timers/promises';
import {
  BatchWriteItemCommand,
  type DynamoDBClient,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Row } from '../planSeed.ts';

export interface WriteOptions {
  readonly pause?: (milliseconds: number) => Promise<unknown>;
  readonly progress?: (done: number, total: number) => void;
}

const BATCH = 25; // what BatchWriteItem takes
const TRIES = 8; // with doubling pauses: about 13 s for the slowest item

/**
 * Writes and deletes rows with BatchWriteItem; items that DynamoDB leaves unprocessed are sent
 * again, ever more slowly.
 * @param keys of the rows to delete
 * @returns how many items were left unprocessed in the end
 */
export async function writeTable(
  client: DynamoDBClient,
  table: string,
  rows: readonly Row[],
  keys: readonly Row[],
  { pause = setTimeout, progress = () => {} }: WriteOptions = {},
): Promise<number> {
  const requests: WriteRequest[] = [
    ...rows.map((row) => ({
      PutRequest: { Item: marshall(row, { removeUndefinedValues: true }) },
    })),
    ...keys.map((key) => ({ DeleteRequest: { Key: marshall(key) } })),
  ];
  let left = 0;
  for (let start = 0; start < requests.length; start += BATCH) {
    const batch = requests.slice(start, start + BATCH);
    left += await writeBatch(client, table, batch, pause);
    progress(start + batch.length, requests.length);
  }
  return left;
}

async function writeBatch(
  client: DynamoDBClient,
  table: string,
  batch: readonly WriteRequest[],
  pause: (milliseconds: number) => Promise<unknown>,
): Promise<number> {
  let open = [...batch];
  for (let round = 0; open.length > 0 && round < TRIES; round += 1) {
    if (round > 0) await pause(100 * 2 ** (round - 1));
    const command = new BatchWriteItemCommand({ RequestItems: { [table]: open } });
    const { UnprocessedItems } = await client.send(command);
    open = UnprocessedItems?.[table] ?? [];
  }
  return open.length;
}
