import type { Alert } from '../alert.ts';
import type { Match } from '../matchRecords.ts';
import type { Ports, SessionItem } from '../ports.ts';
import { awaitLinks, keepWaiting } from './awaitGrant.ts';
import { type Caller, callerOf } from './caller.ts';
import { type Chain, followChain } from './followChain.ts';
import { originOf } from './originOf.ts';

/** Finds out who is behind the matches of a log file. */
export interface Originators {
  readonly find: (match: Match) => Promise<Chain>;
  /** Leaves word that an alert wants to know, if its chain is awaited; what is known then. */
  readonly await: (match: Match, alert: Alert, chain: Chain) => Promise<Chain>;
  /** How often sessions could not be asked, so far: the log file has to come again. */
  readonly failed: () => number;
  /** How many alerts went out unresolved and will not be told more, so far. */
  readonly leftOut: () => number;
}

/**
 * Asks for each link once in a log file. Where that fails, alerts go out all the same.
 * @param known items that were written a moment ago
 * @param isRecordKept whether exceptions will ask for the record when the originator is known
 */
export function originators(
  known: readonly SessionItem[],
  ports: Pick<Ports, 'addToSession' | 'readSessions' | 'writeState' | 'now' | 'log'>,
  isRecordKept: (match: Match) => boolean,
): Originators {
  // Of the items of one link the fullest is the last: grants are added at the same time.
  const byFullness = known.toSorted((a, b) => fullness(a) - fullness(b));
  const items = new Map<string, Promise<SessionItem | undefined>>(
    byFullness.map((item) => [item.link, Promise.resolve(item)]),
  );
  let failures = 0;
  let leftOut = 0;
  const read = async (links: readonly string[]) => {
    const missing = links.filter((link) => !items.has(link));
    if (missing.length > 0) {
      const answer = ports.readSessions(missing);
      for (const link of missing) {
        const item = answer.then((all) => all.find((one) => one.link === link));
        items.set(link, item);
      }
    }
    const found = await Promise.all(links.map(async (link) => items.get(link)));
    return found.filter((item) => item !== undefined);
  };
  const orElse = async (ask: () => Promise<Chain>, otherwise: Chain): Promise<Chain> => {
    try {
      return await ask();
    } catch (error) {
      failures += 1;
      ports.log({ level: 'error', message: 'sessions could not be asked', error });
      return otherwise;
    }
  };
  return {
    failed: () => failures,
    leftOut: () => leftOut,
    find: ({ record, subject }) => {
      const caller = callerOf(record);
      const follow = () => followChain(caller, subject.isKnownAccount, read);
      return orElse(follow, unread(caller));
    },
    await: async (match, alert, chain) => {
      if (chain.awaited.length === 0) return chain;
      await keepWaiting(match, alert, isRecordKept(match), ports); // if that fails the alert does, and comes again
      const { record, subject } = match;
      const caller = callerOf(record);
      const leaveWord = async () => {
        const after = await awaitLinks(alert.id, caller, chain, subject.isKnownAccount, ports);
        if (after.isLeftOut) leftOut += 1;
        return after.chain;
      };
      return orElse(leaveWord, chain);
    },
  };
}

function fullness({ grants, isFull }: SessionItem): number {
  return grants.length + (isFull ? 1 : 0);
}

/** Word is left all the same, so that a later run can tell. */
function unread(caller: Caller): Chain {
  const origin = originOf(caller, () => true);
  return {
    originator: {
      status: 'unresolved',
      reason: 'who is behind this session could not be looked up',
      kind: 'unknown',
    },
    awaited: 'links' in origin ? origin.links : [],
  };
}
