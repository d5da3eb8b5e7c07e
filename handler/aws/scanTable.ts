import { type DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { type NumberValue, unmarshall } from '@aws-sdk/util-dynamodb';

/** All rows of a table as plain objects, unchecked. */
export function scanTable(client: DynamoDBClient, table: string): () => Promise<unknown[]> {
  return async () => {
    const rows: unknown[] = [];
    for await (const page of paginateScan({ client }, { TableName: table })) {
      for (const item of page.Items ?? []) rows.push(unmarshall(item, { wrapNumbers: numberOf }));
    }
    return rows;
  };
}

/**
 * A number that JavaScript cannot hold stays text: it is refused where a number is wanted, neither
 * rounded nor the end of the whole table.
 */
function numberOf(text: string): NumberValue {
  const number = Number(text);
  return (Number.isFinite(number) && isSame(text, number)
    ? number
    : text) as unknown as NumberValue;
}

/** Whether a number says what its text does: 15 digits fit for certain. */
function isSame(text: string, number: number): boolean {
  return Number.isSafeInteger(number) || /^-?[\d.]{1,16}$/.test(text);
}
