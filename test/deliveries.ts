import fc from 'fast-check';
import type { CloudTrailRecord } from '../handler/readLogFile.ts';
import { dayOf, type FirstSeenHistory } from './histories.ts';

/** Records in log files: a file may come more than once, and so may a record. */
export type LogFiles = readonly (readonly CloudTrailRecord[])[];

/** How a history comes: numbers that shrink to "in order, once, in one file". */
export interface Delivery {
  readonly order: readonly number[]; // records are sorted by it
  readonly again: readonly number[]; // records that come twice
  readonly sizes: readonly number[]; // of the log files, over and over
  readonly filesAgain: readonly number[]; // log files that come twice
}

const noise = fc.array(fc.nat(999), { minLength: 64, maxLength: 64, size: 'max' });
export const delivery: fc.Arbitrary<Delivery> = fc.record({
  order: noise,
  again: fc.array(fc.nat(999), { maxLength: 6 }),
  sizes: fc.array(fc.constantFrom(1000, 1, 2, 3, 5, 20), { minLength: 1, maxLength: 5 }),
  filesAgain: fc.array(fc.nat(999), { maxLength: 3 }),
});

/** All records of a history, shuffled, some twice, in log files of which some come twice. */
export function deliver(records: readonly CloudTrailRecord[], how: Delivery): LogFiles {
  const { order, again, sizes, filesAgain } = how;
  const all = [...records, ...picked(records, again)];
  const rank = (index: number) => (order[index % order.length] ?? 0) + Math.floor(index / 64) * 0.5;
  const shuffled = all
    .map((record, index) => ({ record, at: rank(index) }))
    .sort((a, b) => a.at - b.at)
    .map(({ record }) => record);
  const files: CloudTrailRecord[][] = [];
  for (let start = 0; start < shuffled.length; ) {
    const size = sizes[files.length % sizes.length] ?? 1;
    files.push(shuffled.slice(start, start + size));
    start += size;
  }
  return [...files, ...picked(files, filesAgain)];
}

/** Deliveries one after another, each of the records of some whole days: so late may a file be. */
export function deliverInTime(history: FirstSeenHistory, how: Delivery): LogFiles[] {
  const { records, lateness } = history;
  const slices = Map.groupBy(records, (record) => Math.floor(dayOf(record) / (lateness + 1)));
  const inTime = [...slices].sort(([a], [b]) => a - b).map(([, slice]) => slice);
  return inTime.map((slice) => deliver(slice, how));
}

function picked<T>(from: readonly T[], at: readonly number[]): T[] {
  return at.flatMap((index) => from.slice(index % (from.length || 1)).slice(0, 1));
}
