import { type DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';

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
function numberOf(text: string): number | string {
  const number = Number(text);
  return isSame(text, number) ? number : text;
}

/** Whether a number says what its text does: 15 digits always fit, and integers in the safe range. */
function isSame(text: string, number: number): boolean {
  if (!(Math.abs(number) <= Number.MAX_SAFE_INTEGER)) return false;
  const [mantissa = ''] = text.split(/e/i);
  const digits = mantissa.replaceAll(/\D/g, '').replace(/^0+/, '');
  return digits.length <= 15 || /^-?\d+$/.test(text);
}
