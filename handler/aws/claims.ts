import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { ClaimRef, Ports } from '../ports.ts';
import { present } from '../present.ts';
import { STATE_LIFETIME } from '../stateLifetime.ts';
import { state } from './state.ts';

/** The State table's TTL attribute, in epoch seconds. */
export const TTL_ATTRIBUTE = 'expiresAt';

// `owner` and `state` are reserved words; all names stand here so that none can be forgotten.
const NAMES = {
  '#key': 'key',
  '#state': 'state',
  '#owner': 'owner',
  '#leaseEndsAt': 'leaseEndsAt',
  '#expiresAt': TTL_ATTRIBUTE,
};

const TELLS = ['told', 'subject'] as const; // only where given

// A claim repeated by its owner is granted again: the client retries when a reply was lost.
const FREE = [
  'attribute_not_exists(#key)',
  '#expiresAt < :now',
  '(#state = :claimed AND (#leaseEndsAt < :now OR #owner = :owner))',
].join(' OR ');

/** The claims on alerts and their follow-ups in the State table: key `alert#ID`. */
export function claims(
  client: DynamoDBClient,
  table: string,
  now: () => number,
): Pick<Ports, 'claim' | 'confirm' | 'release'> {
  const { readState } = state(client, table);
  const keyOf = ({ id, part }: ClaimRef) => ({
    TableName: table,
    Key: marshall({ key: `alert#${id}`, part }),
  });
  const seconds = () => Math.floor(now() / 1000);

  return {
    claim: async (claim, { owner, endsAt }) => {
      const { id, part, told, until = 0, subject, silent } = claim;
      const more = present({ told, subject });
      const granted = await unlessRefused(
        client.send(
          new UpdateItemCommand({
            ...keyOf(claim),
            UpdateExpression: [
              'SET #state = :state, #owner = :owner, #leaseEndsAt = :leaseEndsAt',
              '#expiresAt = :expiresAt',
              ...Object.keys(more).map((name) => `#${name} = :${name}`),
            ]
              .join(', ')
              .concat(removalOf(TELLS.filter((name) => !Object.hasOwn(more, name)))),
            ConditionExpression: FREE,
            ExpressionAttributeNames: { ...NAMES, ...namesOf(TELLS) },
            ExpressionAttributeValues: marshall({
              ':claimed': 'claimed',
              ':state': silent === true ? 'confirmed' : 'claimed',
              ':owner': owner,
              ...Object.fromEntries(
                Object.entries(more).map(([name, value]) => [`:${name}`, value]),
              ),
              ':leaseEndsAt': endsAt,
              ':now': seconds(),
              ':expiresAt': Math.max(seconds(), until) + STATE_LIFETIME,
            }),
          }),
        ),
      );
      if (granted) return 'claimed';
      const [found] = await readState({ key: `alert#${id}`, from: part, to: part });
      return found?.['state'] === 'confirmed' ? 'sent before' : 'held by another';
    },

    confirm: async (claim, owner) => {
      await client.send(
        new UpdateItemCommand({
          ...keyOf(claim),
          UpdateExpression: 'SET #state = :confirmed',
          ConditionExpression: '#owner = :owner',
          ExpressionAttributeNames: pick('#state', '#owner'),
          ExpressionAttributeValues: marshall({ ':confirmed': 'confirmed', ':owner': owner }),
        }),
      );
    },

    release: async (claim, owner) => {
      await unlessRefused(
        client.send(
          new DeleteItemCommand({
            ...keyOf(claim),
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

/** What an earlier claim told must not stand beside a later one that does not say. */
function removalOf(attributes: readonly string[]): string {
  return attributes.length === 0
    ? ''
    : ` REMOVE ${attributes.map((name) => `#${name}`).join(', ')}`;
}

function namesOf(attributes: readonly string[]): Record<string, string> {
  return Object.fromEntries(attributes.map((name) => [`#${name}`, name]));
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
