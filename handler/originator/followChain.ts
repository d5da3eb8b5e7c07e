import type { Alert } from '../alert.ts';
import type { SessionItem } from '../ports.ts';
import { present } from '../present.ts';
import type { Caller } from './caller.ts';
import type { Grant } from './grantOf.ts';
import { type Found, originOf } from './originOf.ts';

export type Originator = Alert['originator'];

/** Who stands at the start of a chain, or why that is not known. */
export interface Chain {
  readonly originator: Originator;
  /** Links under which no grant has been seen yet: one may still come. */
  readonly awaited: readonly string[];
}

const DEEPEST = 20; // sessions one behind the other

/**
 * Follows sessions from grant to grant to whoever is at the start. Says a name only where there is
 * no doubt: grants that disagree, or a session that nobody was seen to begin, are unresolved.
 * @param read what is remembered under some links
 */
export async function followChain(
  caller: Caller,
  isOurs: (accountId: string) => boolean,
  read: (links: readonly string[]) => Promise<readonly SessionItem[]>,
): Promise<Chain> {
  const grants: Grant[] = []; // from the session back to its origin
  let current = caller;
  while (grants.length <= DEEPEST) {
    const origin = originOf(current, isOurs);
    if ('found' in origin) return resolved(origin.found, grants);
    if (origin.links.length === 0)
      return unresolved(`${origin.behind} is not in this record`, grants);
    const choice = choose(await read(origin.links));
    if ('reason' in choice) return unresolved(choice.reason, grants);
    const { grant } = choice;
    if (grant === undefined) {
      if (origin.otherwise !== undefined) return resolved(origin.otherwise, grants);
      const reason = `${origin.behind} is not in this record, and what began the session has not been seen`;
      return { ...unresolved(reason, grants), awaited: origin.links };
    }
    if (grants.some(({ identity }) => identity === grant.identity)) {
      return unresolved('the chain of sessions returns to itself', grants);
    }
    grants.push(grant);
    current = grant.caller;
  }
  return unresolved(`the chain is longer than ${DEEPEST} sessions`, grants);
}

/** The one grant of a session; none yet; or why it cannot be told which. */
function choose(
  items: readonly SessionItem[],
): { readonly grant: Grant | undefined } | { readonly reason: string } {
  if (items.some(({ isFull }) => isFull)) {
    return { reason: 'too many grants fit this session' };
  }
  const grants = items.flatMap((item) => item.grants);
  const [first, ...others] = grants.map((grant) => bestCopy(grant, grants));
  if (first === undefined) return { grant: undefined };
  // Several grants at one moment are no doubt if the same caller asked for all of them.
  const isSame = others.every((grant) => callerKey(grant.caller) === callerKey(first.caller));
  return isSame
    ? { grant: first }
    : { reason: 'several grants fit this session, of different callers' };
}

/** Of the copies of one call the caller's own: the other account's names the caller's account only. */
function bestCopy(grant: Grant, all: readonly Grant[]): Grant {
  const copies = all.filter(({ identity }) => identity === grant.identity);
  return copies.find(({ caller }) => caller.type !== 'AWSAccount') ?? grant;
}

function callerKey({ type, arn, principalId, invokedBy, accountId, createdAt }: Caller): string {
  return JSON.stringify([type, arn, principalId, invokedBy, accountId, createdAt]);
}

function resolved(found: Found, grants: readonly Grant[]): Chain {
  const status = grants.length === 0 ? ('direct' as const) : ('resolved' as const);
  return { originator: { status, ...found, ...chainOf(grants) }, awaited: [] };
}

function unresolved(reason: string, grants: readonly Grant[]): Chain {
  const originator = {
    status: 'unresolved' as const,
    reason,
    kind: 'unknown' as const,
    ...chainOf(grants),
  };
  return { originator, awaited: [] };
}

/** The grants in the order of time; what is known of an unresolved chain too. */
function chainOf(grants: readonly Grant[]): Pick<Originator, 'chain'> {
  if (grants.length === 0) return {};
  const chain = grants.toReversed().map(({ eventId, action, time, caller }) => ({
    ...present({ eventId }),
    action,
    time,
    ...present({ arn: caller.arn, accountId: caller.accountId }),
  }));
  return { chain };
}
