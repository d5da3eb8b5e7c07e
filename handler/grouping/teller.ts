import type { Alert } from '../alert.ts';
import type { Match } from '../matchRecords.ts';

/** Something that may have to be told, once: a bucket that is open, a key that is new. */
export interface Occasion {
  readonly match: Match; // the record to show
  readonly id: string; // the alert's
  readonly thread: string;
  readonly count: number; // 1 where nothing is counted
  readonly until: number; // when nothing more can come to it but late, in epoch seconds
  readonly details: () => Promise<Partial<Pick<Alert, 'group' | 'firstSeen'>>>;
}

/** What became of occasions. */
export interface ToldCounts {
  readonly opened: number; // first alerts published
  readonly followUps: number;
  readonly failed: number;
}

export type Teller = (occasion: Occasion) => Promise<ToldCounts>;

export const NOTHING_TOLD: ToldCounts = { opened: 0, followUps: 0, failed: 0 };

export function addTold(a: ToldCounts, b: ToldCounts): ToldCounts {
  return {
    opened: a.opened + b.opened,
    followUps: a.followUps + b.followUps,
    failed: a.failed + b.failed,
  };
}

const AT_ONCE = 10;

/** Runs something over many, ten at once. */
export async function inTurn<T, R>(
  items: readonly T[],
  run: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += AT_ONCE) {
    results.push(...(await Promise.all(items.slice(start, start + AT_ONCE).map(run))));
  }
  return results;
}
