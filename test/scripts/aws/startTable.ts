import { setTimeout } from 'node:timers/promises';
import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { scanTable } from '../../../handler/aws/scanTable.ts';
import { startEmulators } from '../../../scripts/local/emulators.ts';

/** A table on this machine. */
export interface TestTable {
  readonly client: DynamoDBClient;
  readonly environment: Readonly<Record<string, string>>; // what makes a process use it
  rows(): Promise<Record<string, unknown>[]>;
  stop(): Promise<void>;
}

/** Starts DynamoDB with one table of string keys: the hash key, then, if there is one, the range key. */
export async function startTable(name: string, keyNames: readonly string[]): Promise<TestTable> {
  const emulators = await startEmulators();
  const client = new DynamoDBClient({
    endpoint: emulators.endpoint.dynamodb,
    region: emulators.region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: keyNames.map((key) => ({ AttributeName: key, AttributeType: 'S' })),
      KeySchema: keyNames.map((key, index) => ({
        AttributeName: key,
        KeyType: index === 0 ? 'HASH' : 'RANGE',
      })),
    }),
  );
  await untilActive(client, name);
  return {
    client,
    environment: emulators.environment,
    rows: async () => (await scanTable(client, name)()) as Record<string, unknown>[],
    stop: async () => {
      client.destroy();
      await emulators.stop();
    },
  };
}

/** A table is there a little later than CreateTable answers; until then items are refused. */
async function untilActive(client: DynamoDBClient, name: string): Promise<void> {
  for (;;) {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
    if (Table?.TableStatus === 'ACTIVE') return;
    await setTimeout(5);
  }
}
