import type { Alert } from '../alert.ts';
import type { AlertContext } from '../buildAlert.ts';
import type { Match } from '../matchRecords.ts';
import type { Originators } from './originators.ts';

/** How alerts of a log file are made. */
export interface Telling {
  readonly context: AlertContext;
  readonly originators: Originators;
}

/** An alert with its originator, and whether it may have to be told of it later. */
export interface WithOriginator {
  readonly alert: Alert;
  readonly isAwaited: boolean; // told unresolved, and left word
  readonly isResolved: boolean; // by a session's grant: an earlier run may have told it unresolved
}

/** Finds who is behind a match, or leaves word to be told when its session's grant comes. */
export async function withOriginator(
  match: Match,
  build: (originator: Alert['originator']) => Alert,
  originators: Originators,
): Promise<WithOriginator> {
  const chain = await originators.find(match);
  const alert = build(chain.originator);
  const last = await originators.await(match, alert, chain);
  return {
    alert: last === chain ? alert : build(last.originator),
    isAwaited: last.awaited.length > 0,
    isResolved: last.originator.status === 'resolved',
  };
}
