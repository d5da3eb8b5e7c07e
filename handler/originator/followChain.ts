import type { Alert } from '../alert.ts';
import type { SessionItem } from '../ports.ts';
import { present } from '../present.ts';
import type { Caller } from './caller.ts';
import type { Grant } from './grantOf.ts';
import { keyLink } from './links.ts';
import { type Found, originOf } from './originOf.ts';

export type Originator = Alert['originator'];

/** Who stands at the start of a chain, or why that is not known. */
export interface Chain {
  readonly originator: Originator;
  /** Links under which a grant may still come that tells more. */
  readonly awaited: readonly string[];
}

const DEEPEST = 20; // sessions one behind the other

type Read = (links: readonly string[]) => Promise<readonly SessionItem[]>;

/**
 * Follows sessions from grant to grant to whoever is at the start. Says a name only where there is
 * no doubt: grants that disagree, or a session that nobody was seen to begin, are unresolved.
 * @param read what is remembered under some links
 */
export async function followChain(
  caller: Caller,
  isOurs: (accountId: string) => boolean,
  read: Read,
): Promise<Chain> {
  const chain = await follow(caller, isOurs, read);
  const { status, reason } = chain.originator;
  if (status !== 'unresolved' || caller.sourceIdentity === undefined) return chain;
  // It stays the same along a chain of roles; yet whoever began the first session chose it.
  const claim = `${reason}; whoever began the session gave ${caller.sourceIdentity} as its source identity`;
  return { ...chain, originator: { ...chain.originator, reason: claim } };
}

async function follow(
  caller: Caller,
  isOurs: (accountId: string) => boolean,
  read: Read,
): Promise<Chain> {
  const grants: Grant[] = []; // from the session back to its origin
  let current = caller;
  let found: readonly string[] = []; // links under which the last grant stood
  while (grants.length <= DEEPEST) {
    const origin = originOf(current, isOurs);
    if ('found' in origin) return { ...resolved(origin.found, grants), awaited: found };
    if (origin.links.length === 0)
      return unresolved(`${origin.behind} is not in this record`, grants);
    const choice = choose(await read(origin.links), current);
    if ('reason' in choice) {
      return { ...unresolved(choice.reason, grants), awaited: choice.mayEnd ? origin.links : [] };
    }
    const { grant } = choice;
    if (grant === undefined) {
      // The caller's own copy of a masked grant comes under the links of the session.
      const awaited = [...origin.links, ...found];
      if (origin.otherwise !== undefined) return { ...resolved(origin.otherwise, grants), awaited };
      const reason = `${origin.behind} is not in this record, and what began the session has not been seen`;
      return { ...unresolved(reason, grants), awaited };
    }
    if (grants.some((one) => isSameRecord(one, grant))) {
      return unresolved('the chain of sessions returns to itself', grants);
    }
    grants.push(grant);
    current = grant.caller;
    found = current.type === 'AWSAccount' ? origin.links : [];
  }
  return unresolved(`the chain is longer than ${DEEPEST} sessions`, grants);
}

/** Both copies of one call may be on the way: the caller's own is found through the other one. */
function isSameRecord(a: Grant, b: Grant): boolean {
  return a.identity === b.identity && a.eventId === b.eventId;
}

type Choice =
  | { readonly grant: Grant | undefined }
  | { readonly reason: string; readonly mayEnd: boolean }; // by a grant that is still to come

/** The one grant of a session; none yet; or why it cannot be told which. */
function choose(items: readonly SessionItem[], caller: Caller): Choice {
  // What stands under the link of a call is that call itself, whatever key it gave out.
  const key = caller.type === 'AWSAccount' ? undefined : keyLink(caller.accessKeyId);
  const all = items.flatMap((item) => item.grants);
  if (all.some((grant) => !mayHaveBegun(grant, caller.createdAt))) {
    const reason = 'a key of this session was given to another session too';
    return { reason, mayEnd: false };
  }
  const exact = all.filter(({ accessKeyId }) => key !== undefined && accessKeyId === key);
  // Principal and second may be those of two sessions; who gave out this very key is no doubt.
  const isExact = exact.some((grant) => grant.caller.type !== 'AWSAccount' && leadsOn(grant));
  const asked = isExact ? items.filter(({ link }) => link === key) : items;
  if (asked.some(({ isFull }) => isFull)) {
    return { reason: 'too many grants fit this session', mayEnd: false };
  }
  const fitting = isExact ? exact : all.filter((grant) => fits(grant, caller, key));
  // Two records of one grant may be there, of which one names nobody.
  const telling = fitting.some(leadsOn) ? fitting.filter(leadsOn) : fitting;
  const [first, ...others] = telling.filter((one) => !telling.some((more) => tellsMore(more, one)));
  if (first === undefined) return { grant: undefined };
  // Several grants at one moment are no doubt if the same caller asked for all of them.
  const isSame = others.every((grant) => callerKey(grant.caller) === callerKey(first.caller));
  if (isSame) return { grant: first };
  return { reason: 'several grants fit this session, of different callers', mayEnd: true };
}

const SAML = 'sts:AssumeRoleWithSAML';

/**
 * Whether a session that began with a grant may have the caller's key, which the grant did not give
 * out: where services and the console give new ones. Whoever asks for a role chooses name and second
 * of the session, so that these alone prove nothing; not so where an identity provider does.
 */
function fits(grant: Grant, caller: Caller, key: string | undefined): boolean {
  const { accessKeyId, action } = grant;
  if (key === undefined || accessKeyId === undefined || accessKeyId === key) return true;
  if (caller.invokedBy !== undefined || caller.isFromConsole) return true;
  return grant.caller.type === 'AWSService' || action === SAML;
}

/** Whether a grant names somebody, or a session that may be followed. */
function leadsOn({ caller }: Grant): boolean {
  const origin = originOf(caller, () => false);
  return 'found' in origin || origin.links.length > 0;
}

/** A session is created when it is granted; else the key is masked, or made up, and stands for many. */
function mayHaveBegun({ time }: Grant, createdAt: string | undefined): boolean {
  const apart = Math.abs(Date.parse(time) - Date.parse(createdAt ?? ''));
  return Number.isNaN(apart) || apart <= 60_000;
}

/**
 * Whether one grant says the same as another and more. Of the copies of one call the other account's
 * names the caller's account only; a switch of roles in the console names the user only.
 */
function tellsMore(more: Grant, { identity, action, caller }: Grant): boolean {
  const isSwitch = more.action === SWITCH;
  if (caller.type === 'AWSAccount') {
    const { type, accountId } = more.caller;
    const isOfIt = isSwitch && accountId === caller.accountId;
    return type !== 'AWSAccount' && (more.identity === identity || isOfIt);
  }
  if (more.action === POD && caller.type === 'AWSService') return true;
  return action === SWITCH && !isSwitch && more.caller.arn === caller.arn;
}

const SWITCH = 'signin:SwitchRole';
const POD = 'eks-auth:AssumeRoleForPodIdentity';

/** All that is known of a caller but for what changes from one of its calls to the next. */
function callerKey({ accessKeyId: _key, sharedEventId: _call, ...rest }: Caller): string {
  return JSON.stringify(Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1)));
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
    ...present({ arn: caller.arn, accountId: caller.accountId, service: serviceOf(caller) }),
  }));
  return { chain };
}

function serviceOf({ type, invokedBy }: Caller): string | undefined {
  return type === 'AWSService' ? invokedBy : undefined;
}
