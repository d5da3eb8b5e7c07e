import { setTimeout } from 'node:timers/promises';
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

const MOST_SHORT = 5; // the log file comes again

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
    names: Record<string, string> | undefined,
    values: Record<string, unknown>,
    condition?: string,
  ): Promise<SessionItem> => {
    const { Attributes } = await client.send(
      new UpdateItemCommand({
        TableName: table,
        Key: marshall({ link }),
        UpdateExpression: expression,
        ...(names !== undefined && { ExpressionAttributeNames: names }),
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
    let short = 0; // answers that left something out, as DynamoDB may under load
    while (keys.length > 0) {
      const { Responses = {}, UnprocessedKeys = {} } = await client.send(
        new BatchGetItemCommand({
          RequestItems: { [table]: { Keys: keys.slice(0, 100), ConsistentRead: true } },
        }),
      );
      for (const item of Responses[table] ?? []) found.set(item['link']?.S, item);
      const leftOut = UnprocessedKeys[table]?.Keys ?? [];
      keys = [...leftOut, ...keys.slice(100)];
      if (leftOut.length === 0) continue;
      short += 1;
      if (short > MOST_SHORT) throw new Error(`DynamoDB left out ${leftOut.length} sessions`);
      await setTimeout(10 * 2 ** short);
    }
    return found;
  };

  return {
    addToSession: async (link, added, until) => {
      const { name, count, value } = partOf(added);
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
        if ('waiter' in added) {
          return update(link, 'SET expiresAt = :until', undefined, { ':until': until });
        }
        // Twenty are enough to know that nothing can be told.
        const more = { ':until': until, ':true': true };
        return update(link, 'SET isFull = :true, expiresAt = :until', undefined, more);
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
      }
    : {
        name: `waiter#${shortHash(added.waiter)}`,
        count: 'waiters',
        value: added.waiter,
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
