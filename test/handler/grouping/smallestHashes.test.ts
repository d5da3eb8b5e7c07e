import { expect } from 'chai';
import fc from 'fast-check';
import { shortHash } from '../../../handler/grouping/keyOf.ts';
import {
  mergeHashes,
  packHashes,
  sizeOf,
  unpackHashes,
} from '../../../handler/grouping/smallestHashes.ts';

const hashes = (count: number) =>
  Array.from({ length: count }, (_, index) => shortHash(`record ${index}`));

describe('smallestHashes', () => {
  it('counts exactly below what it keeps', () => {
    for (const count of [0, 1, 9, 999])
      expect(sizeOf(mergeHashes([hashes(count)]))).to.equal(count);
  });

  it('estimates within 10 % beyond, and never below what it keeps', () => {
    for (const count of [1000, 1500, 10_000, 100_000]) {
      const size = sizeOf(mergeHashes([hashes(count)]));
      expect(size, String(count)).to.be.within(Math.max(1000, count * 0.9), count * 1.1);
    }
  });

  it('gives the same set in whatever order and parts it is merged, duplicates too', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(hashes(60), { minLength: 60 }), fc.nat(60), (all, cut) => {
        const parts = [all.slice(0, cut), all.slice(Math.max(0, cut - 5)), all.slice(0, 3)];
        const merged = parts.reduce((a, b) => [...mergeHashes([a, b], 20)], [] as string[]);
        expect(merged).to.deep.equal([...all].sort().slice(0, 20));
      }),
    );
  });

  it('comes back from its bytes, 8 each', () => {
    const set = mergeHashes([hashes(50)]);
    expect(packHashes(set)).to.have.length(400);
    expect(unpackHashes(packHashes(set))).to.deep.equal(set);
    expect(unpackHashes(new Uint8Array())).to.deep.equal([]);
  });
});
