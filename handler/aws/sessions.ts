import {
  type AttributeValue,
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { shortHash } from '../grouping/keyOf.ts';
import type { Grant } from '../originator/grantOf.ts';
import { MOST_KEPT } from '../originator/mostKept.ts';
import type { Ports, SessionItem, SessionPart } from '../ports.ts';

type Attributes = Record<string, AttributeValue>;

/**
 * The Session table: one item for each link. Each grant and each waiter is an attribute of its own,
 * so that one update adds it and answers with all others: whoever is second sees both.
 */
export function sessions(
  client: DynamoDBClient,
  table: string,
  now: () => number,
): Pick<Ports, 'addToSession' | 'readSessions'> {
  const update = async (
    link: string,
    expression: string,
    names: Record<string, string>,
    values: Record<string, unknown>,
    condition?: string,
  ): Promise<SessionItem> => {
    const { Attributes } = await client.send(
      new UpdateItemCommand({
        TableName: table,
        Key: marshall({ link }),
        UpdateExpression: expression,
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: marshall(values, { removeUndefinedValues: true }),
        ReturnValues: 'ALL_NEW',
        ...(condition !== undefined && {
          ConditionExpression: condition,
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      }),
    );
    return itemOf(link, Attributes);
  };

  const read = async (links: readonly string[]) => {
    const found = new Map<unknown, Attributes>();
    let keys = [...new Set(links)].map((link) => marshall({ link })); // each once, or it is refused
    while (keys.length > 0) {
      const { Responses = {}, UnprocessedKeys = {} } = await client.send(
        new BatchGetItemCommand({
          RequestItems: { [table]: { Keys: keys.slice(0, 100), ConsistentRead: true } },
        }),
      );
      for (const item of Responses[table] ?? []) found.set(item['link']?.S, item);
      keys = [...(UnprocessedKeys[table]?.Keys ?? []), ...keys.slice(100)];
    }
    return found;
  };

  return {
    addToSession: async (link, added, until) => {
      const { name, count, value, overflow } = partOf(added);
      const names = { '#part': name, '#count': count };
      const values = { ':part': value, ':one': 1, ':most': MOST_KEPT, ':until': until };
      try {
        return await update(
          link,
          'SET #part = :part, expiresAt = :until ADD #count :one',
          names,
          values,
          'attribute_not_exists(#part) AND (attribute_not_exists(#count) OR #count < :most)',
        );
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        const item = error.Item ?? (await read([link])).get(link) ?? {};
        if (Object.hasOwn(item, name)) return itemOf(link, item); // it has been added before
        // Twenty are enough to know that nothing can be told.
        const more = { ':until': until, ':true': true };
        return update(
          link,
          'SET #overflow = :true, expiresAt = :until',
          { '#overflow': overflow },
          more,
        );
      }
    },

    readSessions: async (links) => {
      const found = await read(links);
      return [...new Set(links)].flatMap((link) => {
        const item = found.get(link);
        if (item === undefined || !(Number(item['expiresAt']?.N) >= now() / 1000)) return [];
        return [itemOf(link, item)];
      });
    },
  };
}

function partOf(added: SessionPart) {
  return 'grant' in added
    ? {
        name: `grant#${shortHash(keyOf(added.grant))}`,
        count: 'grants',
        value: added.grant,
        overflow: 'isFull',
      }
    : {
        name: `waiter#${shortHash(added.waiter)}`,
        count: 'waiters',
        value: added.waiter,
        overflow: 'hasMoreWaiters',
      };
}

function itemOf(link: string, attributes: Attributes = {}): SessionItem {
  const all = Object.entries(unmarshall(attributes));
  const valuesOf = (beginning: string) =>
    all.flatMap(([name, value]) => (name.startsWith(beginning) ? [value as unknown] : []));
  return {
    link,
    // Written above and by nobody else.
    grants: (valuesOf('grant#') as Grant[]).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
    waiters: (valuesOf('waiter#') as string[]).sort(),
    isFull: Object.hasOwn(attributes, 'isFull'),
  };
}

/** One for each grant, and their order. */
function keyOf({ identity, eventId }: Grant): string {
  return JSON.stringify([identity, eventId]);
}
