import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { scanTable } from '../../handler/aws/scanTable.ts';
import type { Row } from '../planSeed.ts';
import { writeTable } from './writeTable.ts';

/** A table to read whole and to write to, in the environment's account and region. */
export function openTable(table: string) {
  // The AWS CLI also takes this one, the SDK does not.
  const region = process.env['AWS_REGION'] ?? process.env['AWS_DEFAULT_REGION'];
  const client = new DynamoDBClient(region === undefined ? {} : { region });
  const scan = scanTable(client, table);
  return {
    read: async () => (await scan()) as Row[],
    write: (
      rows: readonly Row[],
      keys: readonly Row[],
      progress: (done: number, total: number) => void,
    ) => writeTable(client, table, rows, keys, { progress }),
  };
}
