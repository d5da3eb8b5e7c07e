import type { Grouping } from './grouping.ts';

/** The start of the bucket that a time lies in; epoch seconds. */
export function bucketOf(seconds: number, { bucketSeconds }: Grouping): number {
  return Math.floor(seconds / bucketSeconds) * bucketSeconds;
}
