import type { Alert } from '../alert.ts';
import { jsonBytes } from '../jsonBytes.ts';
import type { Match } from '../matchRecords.ts';
import type { Ports, StateItem } from '../ports.ts';
import type { CloudTrailRecord } from '../readLogFile.ts';
import { STATE_LIFETIME } from '../stateLifetime.ts';
import { type Caller, callerOf } from './caller.ts';
import { type Chain, followChain } from './followChain.ts';
import { LONGEST } from './grantOf.ts';
import { LATE } from './rememberGrants.ts';

/** An alert that went out unresolved, as State keeps it until its originator is known. */
export interface Waiting {
  readonly alert: Alert; // without its record
  readonly caller: Caller;
  readonly record?: CloudTrailRecord; // where exceptions will ask for more; without responseElements
  readonly isSelf?: true; // of an entry that cannot be suppressed
}

/** The part of `alert#ID` that holds it. */
export const WAITING = 'waiting';

/**
 * Keeps what is to be told of an alert that goes out unresolved. Before it goes out, and before word
 * is left under any link: whoever brings the grant must find this.
 */
export async function keepWaiting(
  { record, compiled }: Match,
  alert: Alert,
  isRecordKept: boolean,
  ports: Pick<Ports, 'writeState' | 'now'>,
): Promise<void> {
  const isSmall = jsonBytes(record) <= LARGEST;
  const waiting: Waiting = {
    alert: withoutRecord(alert),
    caller: callerOf(record),
    ...(isRecordKept && isSmall && { record: withoutCredentials(record) }),
    ...(compiled.entry.self === true && { isSelf: true as const }),
  };
  const item: StateItem = {
    key: `alert#${alert.id}`,
    part: WAITING,
    v: 1,
    expiresAt: Math.floor(ports.now() / 1000) + STATE_LIFETIME,
    waiting: JSON.stringify(waiting),
  };
  await ports.writeState(item, undefined); // standing already: it was told before
}

const LARGEST = 100_000; // bytes of a record; an item of State holds 400 KB

/** A chain after word was left where it may go on. */
export interface AwaitedChain {
  readonly chain: Chain;
  readonly isLeftOut: boolean; // so many alerts wait already that this one will not be told more
}

/**
 * Leaves word under the links that are awaited. A grant that has come meanwhile is seen by this very
 * write, and the chain goes on from it; one that comes later sees the waiter.
 */
export async function awaitLinks(
  alertId: string,
  caller: Caller,
  chain: Chain,
  isOurs: (accountId: string) => boolean,
  ports: Pick<Ports, 'addToSession' | 'readSessions' | 'now'>,
): Promise<AwaitedChain> {
  let last = chain;
  const asked = new Set<string>();
  const heard = new Set<string>(); // of these: links that had room
  // Each round goes one session further; followChain knows how many there may be.
  while (last.awaited.some((link) => !asked.has(link))) {
    // As long as any grant: the item of a link has one end for all that is in it.
    const until = Math.floor(ports.now() / 1000) + LONGEST + LATE;
    const add = (link: string) => ports.addToSession(link, { waiter: alertId }, until);
    const items = await Promise.all(last.awaited.map(add));
    for (const { link, waiters } of items) {
      asked.add(link);
      if (waiters.includes(alertId)) heard.add(link);
    }
    if (!items.some(({ grants }) => grants.length > 0)) break;
    last = await followChain(caller, isOurs, ports.readSessions);
  }
  const { awaited } = last;
  return { chain: last, isLeftOut: awaited.length > 0 && !awaited.some((link) => heard.has(link)) };
}

/** Records of STS hold session tokens, which are kept nowhere. */
function withoutCredentials(record: CloudTrailRecord): CloudTrailRecord {
  const { responseElements: _answer, ...rest } = record;
  return rest;
}

function withoutRecord(alert: Alert): Alert {
  return { ...alert, record: { omitted: true, bytes: jsonBytes(alert.record) } };
}

/** What waits, of the items of an alert in State. */
export function waitingIn(items: readonly StateItem[]): Waiting | undefined {
  const item = items.find(({ part }) => part === WAITING);
  // Written above and by nobody else.
  return item === undefined ? undefined : (JSON.parse(String(item['waiting'])) as Waiting);
}
