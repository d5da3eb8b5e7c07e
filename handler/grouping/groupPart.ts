import { isoSeconds } from '../eventSeconds.ts';
import type { StateItem } from '../ports.ts';
import type { Grouping } from './grouping.ts';
import {
  mergeOccurrences,
  type Occurrence,
  type Pieces,
  packOccurrences,
  unpackOccurrences,
} from './occurrences.ts';
import {
  KEPT,
  mergeHashes,
  packHashes,
  type SmallestHashes,
  unpackHashes,
} from './smallestHashes.ts';

/** What is remembered of one threshold key in one bucket; times in epoch seconds. */
export interface GroupPart {
  readonly bucket: number; // its start
  readonly key: string; // the hash of the threshold key
  readonly seen: SmallestHashes; // of the records' identities
  readonly values: SmallestHashes; // of the distinct values; empty without `distinct`
  readonly occurrences: readonly Occurrence[]; // of what the threshold counts; empty without one
  readonly first: number;
  readonly last: number;
  readonly examples: readonly Example[];
}

/** A record as an alert names it, and whose version it is. */
export interface Example {
  readonly identity: string; // a hash
  readonly eventId?: string;
  readonly time: string;
  readonly action: string;
  readonly errorCode?: string;
}

const EXAMPLES = 3;

/** Distinct values are told exactly up to here, and about beyond. */
export const VALUES_KEPT = 200;

/** Two parts of one key and bucket as one: the same in whatever order parts are merged. */
export function mergeParts(a: GroupPart, b: GroupPart, grouping: Grouping): GroupPart {
  return {
    bucket: a.bucket,
    key: a.key,
    seen: mergeHashes([a.seen, b.seen], KEPT),
    values: mergeHashes([a.values, b.values], VALUES_KEPT),
    occurrences: mergeOccurrences(
      [...a.occurrences, ...b.occurrences],
      piecesOf(a.bucket, grouping),
    ),
    first: Math.min(a.first, b.first),
    last: Math.max(a.last, b.last),
    examples: mergeExamples([...a.examples, ...b.examples]),
  };
}

/** The earliest examples; of the versions of one record the first by rank, whatever came first. */
export function mergeExamples(examples: readonly Example[]): readonly Example[] {
  const ranked = examples
    .map((example) => ({ example, rank: rankOf(example) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1));
  const unique = new Map<string, Example>();
  for (const { example } of ranked) {
    if (!unique.has(example.identity)) unique.set(example.identity, example);
  }
  return [...unique.values()].slice(0, EXAMPLES);
}

function rankOf({ time, eventId = '', action, errorCode = '' }: Example): string {
  return [time, eventId, action, errorCode].join(' ');
}

/** The pieces of a bucket. */
export function piecesOf(bucket: number, grouping: Grouping): Pieces {
  const { windowSeconds = grouping.bucketSeconds, bucketSeconds, count } = grouping;
  return { start: bucket, seconds: Math.min(windowSeconds, bucketSeconds), most: count };
}

/** The name of a part within its group: sorted by bucket. */
export function partName(bucket: number, key: string): string {
  return `${isoSeconds(bucket)}#${key}`;
}

/** The names of all parts in some buckets, by the starts of the first and the last. */
export function rangeOf(from: number, to: number): { readonly from: string; readonly to: string } {
  return { from: isoSeconds(from), to: `${isoSeconds(to)}#~` };
}

/** A part's attributes in the State table. */
export function packPart(part: GroupPart): Readonly<Record<string, unknown>> {
  return {
    bucket: part.bucket,
    seen: packHashes(part.seen),
    ...(part.values.length > 0 && { values: packHashes(part.values) }),
    ...(part.occurrences.length > 0 && { ev: packOccurrences(part.occurrences, part.bucket) }),
    first: part.first,
    last: part.last,
    examples: part.examples,
  };
}

/** A part as the State table holds it. */
export function unpackPart(item: StateItem): GroupPart {
  // Written by packPart and by nobody else.
  const stored = item as unknown as Stored;
  return {
    bucket: stored.bucket,
    key: item.part.slice(item.part.indexOf('#') + 1),
    seen: unpackHashes(stored.seen),
    values: unpackHashes(stored.values ?? NONE),
    occurrences: unpackOccurrences(stored.ev ?? NONE, stored.bucket),
    first: stored.first,
    last: stored.last,
    examples: stored.examples,
  };
}

const NONE = new Uint8Array();

interface Stored {
  readonly bucket: number;
  readonly seen: Uint8Array;
  readonly values?: Uint8Array;
  readonly ev?: Uint8Array;
  readonly first: number;
  readonly last: number;
  readonly examples: readonly Example[];
}
