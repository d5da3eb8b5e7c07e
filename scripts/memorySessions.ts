import type { Grant } from '../handler/originator/grantOf.ts';
import { MOST_KEPT } from '../handler/originator/mostKept.ts';
import type { Ports, SessionItem, SessionPart } from '../handler/ports.ts';

/** The items of the Session table, by link, and when each expires in epoch seconds. */
export type Sessions = Map<string, SessionItem & { readonly expiresAt: number }>;

/**
 * The Session table in memory.
 * @param now epoch milliseconds
 * @param yieldTo lets others run before each call takes effect
 * @param copy of what comes or goes, as a table keeps it, so that nobody changes what is stored
 */
export function memorySessions(
  sessions: Sessions,
  now: () => number,
  yieldTo: () => Promise<unknown>,
  copy: <T>(value: T) => T = copyOf,
): Pick<Ports, 'addToSession' | 'readSessions'> {
  return {
    addToSession: async (link, given, until) => {
      const added = copy(given);
      await yieldTo();
      const empty = { link, grants: [], waiters: [], isFull: false, expiresAt: until };
      const found = sessions.get(link) ?? empty;
      // What has been added before changes nothing, not even how long it is kept.
      const item = has(found, added) ? found : { ...withPart(found, added), expiresAt: until };
      sessions.set(link, item);
      return copy(shown(item));
    },
    readSessions: async (links) => {
      await yieldTo();
      return [...new Set(links)].flatMap((link) => {
        const item = sessions.get(link);
        return item === undefined || item.expiresAt < now() / 1000 ? [] : [copy(shown(item))];
      });
    },
  };
}

function has(item: SessionItem, added: SessionPart): boolean {
  if ('waiter' in added) return item.waiters.includes(added.waiter);
  return item.grants.some((grant) => keyOf(grant) === keyOf(added.grant));
}

function withPart(item: SessionItem, added: SessionPart): SessionItem {
  if ('waiter' in added) {
    const isRoom = item.waiters.length < MOST_KEPT;
    return isRoom ? { ...item, waiters: [...item.waiters, added.waiter].sort() } : item;
  }
  if (item.grants.length >= MOST_KEPT) return { ...item, isFull: true };
  const grants = [...item.grants, added.grant].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  return { ...item, grants };
}

/** One for each grant, and their order. */
function keyOf({ identity, eventId }: Grant): string {
  return JSON.stringify([identity, eventId]);
}

function shown({ link, grants, waiters, isFull }: SessionItem): SessionItem {
  return { link, grants, waiters, isFull };
}

/** Without undefined fields, as a table. */
function copyOf<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T; // texts, booleans, lists and objects only
}
