import { expect } from 'chai';
import fc from 'fast-check';
import { packBatches } from '../../handler/packBatches.ts';

const messageOf = (bytes: number, index: number) => ({
  id: `m${index}`,
  subject: '',
  body: '',
  attributes: {},
  bytes,
});

describe('packBatches', () => {
  it('keeps order and everything, within SNS’s limits, and no batch that would fit before', () => {
    const size = fc.oneof(
      fc.integer({ min: 1, max: 5_000 }), // ten of them fit
      fc.integer({ min: 1, max: 262_144 }),
      fc.constantFrom(131_072, 262_144), // they fit exactly
    );
    const sizes = fc.array(size, { maxLength: 60 });
    fc.assert(
      fc.property(sizes, (all) => {
        const messages = all.map(messageOf);
        const batches = packBatches(messages);
        expect(batches.flat()).to.deep.equal(messages);
        const total = (batch: typeof messages) => batch.reduce((sum, { bytes }) => sum + bytes, 0);
        for (const [index, batch] of batches.entries()) {
          expect(batch.length).to.be.within(1, 10);
          expect(total(batch)).to.be.at.most(262_144);
          const [next] = batches[index + 1] ?? [];
          const fits = next && batch.length < 10 && total(batch) + next.bytes <= 262_144;
          expect(fits ?? false).to.equal(false);
        }
      }),
    );
  });

  it('fills a batch to the last entry and the last byte', () => {
    const lengths = (...sizes: number[]) => packBatches(sizes.map(messageOf)).map((b) => b.length);
    expect(lengths(...Array<number>(21).fill(1))).to.deep.equal([10, 10, 1]);
    expect(lengths(262_143, 1, 1)).to.deep.equal([2, 1]);
    expect(lengths(262_143, 2)).to.deep.equal([1, 1]);
    expect(lengths(1, 262_144, 1)).to.deep.equal([1, 1, 1]);
  });

  it('makes no batch of nothing', () => {
    expect(packBatches([])).to.deep.equal([]);
  });
});
