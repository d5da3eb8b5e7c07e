import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Ports } from '../ports.ts';

/** The State table's TTL attribute, in epoch seconds. */
export const TTL_ATTRIBUTE = 'expiresAt';

const FORTY_FIVE_DAYS = 45 * 24 * 60 * 60; // CloudTrail delivers for 30 days

// `owner` and `state` are reserved words; all names stand here so that none can be forgotten.
const NAMES = {
  '#key': 'key',
  '#state': 'state',
  '#owner': 'owner',
  '#leaseEndsAt': 'leaseEndsAt',
  '#expiresAt': TTL_ATTRIBUTE,
};

// A claim repeated by its owner is granted again: the client retries when a reply was lost.
const FREE = [
  'attribute_not_exists(#key)',
  '#expiresAt < :now',
  '(#state = :claimed AND (#leaseEndsAt < :now OR #owner = :owner))',
].join(' OR ');

/** The claims on alerts in the State table: key `alert#ID`, part `alert`. */
export function claims(
  client: DynamoDBClient,
  table: string,
  now: () => number,
): Pick<Ports, 'claim' | 'confirm' | 'release'> {
  const keyOf = (alertId: string) => ({
    TableName: table,
    Key: marshall({ key: `alert#${alertId}`, part: 'alert' }),
  });
  const seconds = () => Math.floor(now() / 1000);

  return {
    claim: async (alertId, { owner, endsAt }) => {
      const granted = await unlessRefused(
        client.send(
          new UpdateItemCommand({
            ...keyOf(alertId),
            UpdateExpression:
              'SET #state = :claimed, #owner = :owner, #leaseEndsAt = :leaseEndsAt, #expiresAt = :expiresAt',
            ConditionExpression: FREE,
            ExpressionAttributeNames: NAMES,
            ExpressionAttributeValues: marshall({
              ':claimed': 'claimed',
              ':owner': owner,
              ':leaseEndsAt': endsAt,
              ':now': seconds(),
              ':expiresAt': seconds() + FORTY_FIVE_DAYS,
            }),
          }),
        ),
      );
      if (granted) return 'claimed';
      const { Item } = await client.send(
        new GetItemCommand({ ...keyOf(alertId), ConsistentRead: true }),
      );
      const confirmed = Item !== undefined && unmarshall(Item)['state'] === 'confirmed';
      return confirmed ? 'sent before' : 'held by another';
    },

    confirm: async (alertId, owner) => {
      await client.send(
        new UpdateItemCommand({
          ...keyOf(alertId),
          UpdateExpression: 'SET #state = :confirmed',
          ConditionExpression: '#owner = :owner',
          ExpressionAttributeNames: pick('#state', '#owner'),
          ExpressionAttributeValues: marshall({ ':confirmed': 'confirmed', ':owner': owner }),
        }),
      );
    },

    release: async (alertId, owner) => {
      await unlessRefused(
        client.send(
          new DeleteItemCommand({
            ...keyOf(alertId),
            ConditionExpression: '#owner = :owner AND #state = :claimed',
            ExpressionAttributeNames: pick('#state', '#owner'),
            ExpressionAttributeValues: marshall({ ':claimed': 'claimed', ':owner': owner }),
          }),
        ),
      );
    },
  };
}

/** DynamoDB refuses names that an expression does not use. */
function pick(...names: (keyof typeof NAMES)[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, NAMES[name]]));
}

/** False if the condition did not hold. */
async function unlessRefused(call: Promise<unknown>): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
