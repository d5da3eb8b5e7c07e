import type { StateItem } from '../ports.ts';
import { stepReached } from '../steps.ts';
import { unlessExpired } from './mergeIntoState.ts';

/** What is to be said of a bucket that is open. */
export type Decision =
  | { readonly say: 'alert' }
  | { readonly say: 'follow-up'; readonly at: number; readonly subject: string | undefined }
  | { readonly say: 'nothing' };

/**
 * The alert itself, until one is confirmed. After that one follow-up for the highest step (10, 100,
 * 1,000, ...) that the count has reached and no confirmed message has told.
 * @param claims the items of `alert#ID` in State
 * @param now epoch milliseconds
 */
export function decide(count: number, claims: readonly StateItem[], now: number): Decision {
  const confirmed = claims.filter(
    (claim) => claim['state'] === 'confirmed' && unlessExpired(claim, now) !== undefined,
  );
  const alert = confirmed.find(({ part }) => part === 'alert');
  if (alert === undefined) return { say: 'alert' };
  const told = Math.max(...confirmed.map((claim) => Number(claim['told'] ?? 0)));
  const at = stepReached(count);
  if (at < 10 || at <= told) return { say: 'nothing' };
  const { subject } = alert;
  return { say: 'follow-up', at, subject: typeof subject === 'string' ? subject : undefined };
}
