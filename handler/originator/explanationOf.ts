import { eventSeconds } from '../eventSeconds.ts';
import type { Invocation } from '../invocation.ts';
import { subjectOf } from '../subjectOf.ts';
import type { Waiting } from './awaitGrant.ts';
import type { Originator } from './followChain.ts';
import { foundIn } from './originOf.ts';

/**
 * The exception that would have kept an alert quiet, had its originator been known; undefined if
 * there is none, or if nobody asked for the originator when the alert went out.
 */
export function explanationOf(
  { alert, record, isSelf }: Waiting,
  originator: Originator,
  { watchlist, suppressions, aliases }: Pick<Invocation, 'watchlist' | 'suppressions' | 'aliases'>,
): string | undefined {
  if (record === undefined) return undefined;
  const accounts = { accountId: alert.account.id ?? '', aliases };
  const subject = subjectOf(record, accounts, watchlist.isTrusted, foundIn(originator));
  const { id } = alert.entry;
  if (watchlist.excusing.get(id)?.excused?.(subject) === true) return 'an exception of the entry';
  const seconds = eventSeconds(record);
  if (isSelf === true || seconds === undefined) return undefined;
  const suppression = suppressions.find(
    (one) => one.asksOriginator && one.applies(id, subject, seconds),
  );
  return suppression && `the suppression ${suppression.id}`;
}
