import { type DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';

/** All rows of a table as plain objects, unchecked. */
export function scanTable(client: DynamoDBClient, table: string): () => Promise<unknown[]> {
  return async () => {
    const rows: unknown[] = [];
    for await (const page of paginateScan({ client }, { TableName: table })) {
      // Numbers stay text, in objects: one that JavaScript cannot hold would fail the whole table.
      for (const item of page.Items ?? []) rows.push(unmarshall(item, { wrapNumbers: true }));
    }
    return rows;
  };
}
