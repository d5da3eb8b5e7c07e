import type { Match } from '../matchRecords.ts';
import { bucketOf } from './bucketOf.ts';
import type { GroupPart } from './groupPart.ts';
import { type BucketCount, countOf, isOpen } from './judge.ts';
import type { Member } from './membersOf.ts';
import type { GroupSpan } from './spansOf.ts';

/** A bucket that holds a crossing record, with one of the members to show. */
export interface OpenBucket {
  readonly count: BucketCount;
  readonly match: Match;
  readonly isOther: boolean;
}

/**
 * The open buckets that a span's members have to do with: those they lie in, and later ones in
 * which they make other records cross.
 * @param parts of the span, as they stand in State
 */
export function openBuckets(span: GroupSpan, parts: readonly GroupPart[]): readonly OpenBucket[] {
  const buckets = [...new Set(parts.map(({ bucket }) => bucket))].sort((a, b) => a - b);
  return buckets.flatMap((bucket) => {
    const shown = memberFor(bucket, span, parts);
    if (shown === undefined) return [];
    const { match, isOther } = shown;
    return [{ count: countOf(parts, bucket, span.grouping), match, isOther }];
  });
}

/** The member to show in a bucket's alert: the first in it, else one that opens it from before. */
function memberFor(
  bucket: number,
  { members, grouping }: GroupSpan,
  parts: readonly GroupPart[],
): Member | undefined {
  const inside = members.find(({ seconds }) => bucketOf(seconds, grouping) === bucket);
  if (inside !== undefined) return isOpen(parts, bucket, grouping) ? inside : undefined;
  const { windowSeconds = 0 } = grouping;
  const before = members.filter(
    ({ seconds }) => seconds < bucket && seconds > bucket - windowSeconds,
  );
  // The last of each threshold key: what a key opens is the same for all of its members.
  const lastOfKeys = new Map(before.map((member) => [member.key, member]));
  return [...lastOfKeys.values()].find(({ key }) => isOpen(parts, bucket, grouping, key));
}
