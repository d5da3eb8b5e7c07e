import type { Alert } from '../alert.ts';
import type { Match } from '../matchRecords.ts';
import type { Ports, SessionItem } from '../ports.ts';
import { awaitLinks, keepWaiting } from './awaitGrant.ts';
import { callerOf } from './caller.ts';
import { type Chain, followChain } from './followChain.ts';
import { linksOf } from './links.ts';

/** Finds out who is behind the matches of a log file. */
export interface Originators {
  readonly find: (match: Match) => Promise<Chain>;
  /** Leaves word that an alert wants to know, if its chain is awaited; what is known then. */
  readonly await: (match: Match, alert: Alert, chain: Chain) => Promise<Chain>;
  /** How often sessions could not be asked, so far: the log file has to come again. */
  readonly failed: () => number;
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
  const items = new Map<string, Promise<SessionItem | undefined>>(
    known.map((item) => [item.link, Promise.resolve(item)]),
  );
  let failures = 0;
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
    find: ({ record, subject }) => {
      const caller = callerOf(record);
      const follow = () => followChain(caller, subject.isKnownAccount, read);
      return orElse(follow, unread(linksOf(caller)));
    },
    await: async (match, alert, chain) => {
      if (chain.awaited.length === 0) return chain;
      await keepWaiting(match, alert, isRecordKept(match), ports); // if that fails the alert does, and comes again
      const { record, subject } = match;
      const leaveWord = () =>
        awaitLinks(alert.id, callerOf(record), chain, subject.isKnownAccount, ports);
      return orElse(leaveWord, chain);
    },
  };
}

/** Word is left all the same, so that a later run can tell. */
function unread(links: readonly string[]): Chain {
  return {
    originator: {
      status: 'unresolved',
      reason: 'who is behind this session could not be looked up',
      kind: 'unknown',
    },
    awaited: links,
  };
}
