import { expect } from 'chai';
import fc from 'fast-check';
import { shortHash } from '../../../handler/grouping/keyOf.ts';
import {
  isCrossed,
  mergeOccurrences,
  type Occurrence,
  packOccurrences,
  unpackOccurrences,
} from '../../../handler/grouping/occurrences.ts';

interface Setting {
  readonly most: number; // N
  readonly window: number; // W
  readonly bucket: number; // M
}

/** By the definition: some record of the bucket has N values in (t - W, t]. */
function naivelyCrossed(
  events: readonly (readonly [string, number])[],
  start: number,
  of: Setting,
) {
  return events.some(([, time]) => {
    if (time < start || time >= start + of.bucket) return false;
    const inWindow = events.filter(([, other]) => other > time - of.window && other <= time);
    return new Set(inWindow.map(([value]) => value)).size >= of.most;
  });
}

/** As State keeps it: merged bucket by bucket, in the order given. */
function keptCrossed(events: readonly (readonly [string, number])[], start: number, of: Setting) {
  const buckets = new Map<number, readonly Occurrence[]>();
  const piecesOf = (bucket: number) => ({
    start: bucket,
    seconds: Math.min(of.window, of.bucket),
    most: of.most,
  });
  for (const [value, time] of events) {
    const bucket = Math.floor(time / of.bucket) * of.bucket;
    const one = { hash: shortHash(value), first: time, last: time };
    buckets.set(bucket, mergeOccurrences([...(buckets.get(bucket) ?? []), one], piecesOf(bucket)));
  }
  const earlier = [...buckets].flatMap(([bucket, those]) => (bucket < start ? those : []));
  return isCrossed(buckets.get(start) ?? [], earlier, piecesOf(start), of.window);
}

describe('occurrences', () => {
  it('cross exactly where the definition says, in any order', () => {
    const setting = fc.record({
      most: fc.integer({ min: 1, max: 5 }),
      window: fc.integer({ min: 1, max: 30 }),
      bucket: fc.integer({ min: 2, max: 20 }),
    });
    const events = fc.array(
      fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), fc.integer({ min: 100, max: 160 })),
      { maxLength: 25 },
    );
    let open = 0;
    fc.assert(
      fc.property(setting, events, (of, some) => {
        for (let start = 0; start <= 160; start += of.bucket) {
          const expected = naivelyCrossed(some, start, of);
          if (expected) open += 1;
          expect(keptCrossed(some, start, of)).to.equal(expected);
          expect(keptCrossed(some.toReversed(), start, of)).to.equal(expected);
        }
      }),
      { numRuns: 2000 },
    );
    expect(open).to.be.above(100);
  });

  it('come back from their bytes, 16 each', () => {
    const start = 1_689_000_000;
    const some = [
      { hash: shortHash('a'), first: start, last: start + 3599 },
      { hash: shortHash('b'), first: start + 31 * 86_400, last: start + 31 * 86_400 },
    ];
    expect(packOccurrences(some, start)).to.have.length(32);
    expect(unpackOccurrences(packOccurrences(some, start), start)).to.deep.equal(some);
  });
});
