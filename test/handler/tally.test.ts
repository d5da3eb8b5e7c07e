import { expect } from 'chai';
import fc from 'fast-check';
import { addTallies, type Tally, tallyOf } from '../../handler/tally.ts';

const names = Object.keys(tallyOf()) as (keyof Tally)[];
const tally = fc.record<Tally>(
  Object.fromEntries(names.map((name) => [name, fc.nat()])) as Record<
    keyof Tally,
    fc.Arbitrary<number>
  >,
);

describe('tallyOf', () => {
  it('counts nothing unless told', () => {
    expect(names).to.include.members(['recordsRead', 'matches', 'alertsSent']);
    for (const name of names) expect(tallyOf()[name]).to.equal(0);
  });

  it('takes the counts it is given', () => {
    expect(tallyOf({ logFiles: 2 })).to.deep.equal({ ...tallyOf(), logFiles: 2 });
  });
});

describe('addTallies', () => {
  it('adds every count', () => {
    fc.assert(
      fc.property(tally, tally, (a, b) => {
        const sum = addTallies(a, b);
        expect(Object.keys(sum)).to.deep.equal(names);
        for (const name of names) expect(sum[name]).to.equal(a[name] + b[name]);
      }),
    );
  });
});
