import type { Grouping } from './grouping.ts';
import { type Example, type GroupPart, mergeExamples, piecesOf, VALUES_KEPT } from './groupPart.ts';
import { isCrossed } from './occurrences.ts';
import { KEPT, mergeHashes, sizeOf } from './smallestHashes.ts';

/** What one bucket of an alert's key holds; times in epoch seconds. */
export interface BucketCount {
  readonly start: number;
  readonly end: number;
  readonly count: number; // records of the alert's key
  readonly isAbout: boolean; // too many to be exact
  readonly distinct: number | undefined; // different values of the threshold
  readonly first: number;
  readonly last: number;
  readonly examples: readonly Example[];
}

/** Whether a bucket holds a record that crosses, of one threshold key or of any. */
export function isOpen(
  parts: readonly GroupPart[],
  bucket: number,
  grouping: Grouping,
  key?: string,
): boolean {
  const here = parts.filter((part) => part.bucket === bucket && (key ?? part.key) === part.key);
  const { windowSeconds } = grouping;
  if (windowSeconds === undefined) return here.length > 0;
  return here.some((part) => {
    const earlier = parts.filter((other) => other.key === part.key && other.bucket < bucket);
    return isCrossed(
      part.occurrences,
      earlier.flatMap(({ occurrences }) => occurrences),
      piecesOf(bucket, grouping),
      windowSeconds,
    );
  });
}

/** The count of a bucket, over all threshold keys. */
export function countOf(
  parts: readonly GroupPart[],
  bucket: number,
  grouping: Pick<Grouping, 'bucketSeconds' | 'distinct'>,
): BucketCount {
  const here = parts.filter((part) => part.bucket === bucket);
  const seen = mergeHashes(
    here.map((part) => part.seen),
    KEPT,
  );
  const values = mergeHashes(
    here.map((part) => part.values),
    VALUES_KEPT,
  );
  return {
    start: bucket,
    end: bucket + grouping.bucketSeconds,
    count: sizeOf(seen, KEPT),
    isAbout: seen.length >= KEPT,
    distinct: grouping.distinct && sizeOf(values, VALUES_KEPT),
    first: Math.min(...here.map(({ first }) => first)),
    last: Math.max(...here.map(({ last }) => last)),
    examples: mergeExamples(here.flatMap(({ examples }) => examples)),
  };
}
