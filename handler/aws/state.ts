import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  paginateQuery,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Ports, StateItem, StateRange } from '../ports.ts';

/** Items of the State table that invocations merge into, by version. */
export function state(
  client: DynamoDBClient,
  table: string,
): Pick<Ports, 'readState' | 'writeState'> {
  const readState = (range: StateRange) => query(client, table, range);
  return {
    readState,
    writeState: async (item, over) => {
      const condition =
        over === undefined
          ? { ConditionExpression: 'attribute_not_exists(#key)', ExpressionAttributeNames: KEY }
          : {
              ConditionExpression: 'v = :over',
              ExpressionAttributeValues: marshall({ ':over': over }),
            };
      try {
        await client.send(
          new PutItemCommand({
            TableName: table,
            Item: marshall(item, { removeUndefinedValues: true }),
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
            ...condition,
          }),
        );
        return 'written';
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        if (error.Item !== undefined) return { standing: itemOf(error.Item) };
        const { key, part } = item;
        const [standing] = await readState({ key, from: part, to: part });
        return { standing };
      }
    },
  };
}

const KEY = { '#key': 'key' }; // a reserved word

async function query(
  client: DynamoDBClient,
  table: string,
  { key, from, to, newest }: StateRange,
): Promise<readonly StateItem[]> {
  if (from > to) return []; // DynamoDB would refuse it
  const items: StateItem[] = [];
  const pages = paginateQuery(
    { client, ...(newest !== undefined && { pageSize: newest }) },
    {
      TableName: table,
      ConsistentRead: true,
      KeyConditionExpression: '#key = :key AND part BETWEEN :from AND :to',
      ExpressionAttributeNames: KEY,
      ExpressionAttributeValues: marshall({ ':key': key, ':from': from, ':to': to }),
      ...(newest !== undefined && { ScanIndexForward: false }),
    },
  );
  for await (const { Items = [] } of pages) {
    items.push(...Items.map(itemOf));
    if (newest !== undefined && items.length >= newest) break;
  }
  return newest === undefined ? items : items.slice(0, newest).toReversed();
}

function itemOf(attributes: Parameters<typeof unmarshall>[0]): StateItem {
  // Every item was written by writeState or by claims.ts.
  return unmarshall(attributes) as StateItem;
}
