import { alertIdOf } from '../handler/grouping/alertIdOf.ts';
import { type GroupPart, unpackPart } from '../handler/grouping/groupPart.ts';
import { type BucketCount, countOf } from '../handler/grouping/judge.ts';
import type { StateItem } from '../handler/ports.ts';

type State = ReadonlyMap<string, ReadonlyMap<string, StateItem>>;

/** What the State table holds in the end of each counted key and bucket, by the id of its alert. */
export function finalCounts(state: State): ReadonlyMap<string, BucketCount> {
  const counts = new Map<string, BucketCount>();
  for (const [key, items] of state) {
    const [kind, entryId = '', keyHash = ''] = key.split('#');
    if (kind !== 'group') continue;
    const parts = [...items.values()].map(unpackPart);
    for (const [bucket, those] of Map.groupBy(parts, (part) => part.bucket)) {
      counts.set(alertIdOf(entryId, keyHash, bucket), countOfBucket(those, bucket));
    }
  }
  return counts;
}

function countOfBucket(parts: readonly GroupPart[], bucket: number): BucketCount {
  const isDistinct = parts.some(({ values }) => values.length > 0);
  const distinct = isDistinct ? { text: '', segments: [] } : undefined; // whichever it was
  return countOf(parts, bucket, { bucketSeconds: 0, distinct });
}
