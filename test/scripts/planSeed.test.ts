import { expect } from 'chai';
import { planSeed, type Row } from '../../scripts/planSeed.ts';

const keyOf = ({ id }: Row) => String(id);
const SINCE = '2026-01-01T00:00:00.000Z';

describe('planSeed', () => {
  it('tells added, changed, unchanged and removed rows apart', () => {
    const file = [
      { id: 'new', n: 1 },
      { id: 'edited', n: 2 },
      { id: 'same', n: 3, list: ['a', 'b'] },
    ];
    const table = [
      { id: 'edited', n: 1 },
      { id: 'same', list: ['a', 'b'], n: 3 },
      { id: 'gone', n: 4 },
    ];
    expect(planSeed(file, table, keyOf)).to.deep.equal({
      added: [{ id: 'new', n: 1 }],
      changed: [{ id: 'edited', n: 2 }],
      unchanged: [{ id: 'same', list: ['a', 'b'], n: 3 }],
      removed: [{ id: 'gone', n: 4 }],
    });
  });

  it('sets since on added rows, keeps it on changed ones, and does not compare it', () => {
    const old = '2025-01-01T00:00:00.000Z';
    const file = [{ id: 'new' }, { id: 'edited', n: 2 }, { id: 'same' }, { id: 'bare', n: 1 }];
    const table = [
      { id: 'edited', n: 1, since: old },
      { id: 'same', since: old },
      { id: 'bare', n: 0 },
    ];
    const plan = planSeed(file, table, keyOf, SINCE);
    expect(plan.added).to.deep.equal([{ id: 'new', since: SINCE }]);
    expect(plan.changed).to.deep.equal([
      { id: 'edited', n: 2, since: old },
      { id: 'bare', n: 1 },
    ]);
    expect(plan.unchanged).to.have.length(1);
  });

  it('sets since anew where firstSeen appears, or asks for other keys', () => {
    const old = '2025-01-01T00:00:00.000Z';
    const sinceAfter = (before: unknown, after: unknown) => {
      const rowOf = (firstSeen: unknown) =>
        firstSeen === undefined ? { id: 'a', n: 0 } : { id: 'a', firstSeen };
      const table = [{ ...rowOf(before), since: old }];
      const { changed } = planSeed([{ ...rowOf(after), n: 1 }], table, keyOf, SINCE);
      return changed.map(({ since }) => since);
    };
    const by = ['awsRegion'];
    expect(sinceAfter(undefined, { by, days: 90 })).to.deep.equal([SINCE]);
    expect(sinceAfter({ by, days: 90 }, { by: ['eventName'], days: 90 })).to.deep.equal([SINCE]);
    expect(sinceAfter({ by, days: 90 }, { by, days: 30 })).to.deep.equal([old]);
    expect(sinceAfter({ by, days: 90 }, undefined)).to.deep.equal([old]);
  });

  it('has nothing to do the second time', () => {
    const file = [{ id: 'a' }, { id: 'b', x: { y: [1] } }];
    const first = planSeed(file, [], keyOf, SINCE);
    const second = planSeed(file, first.added, keyOf, '2027-01-01T00:00:00.000Z');
    expect(second).to.deep.include({ added: [], changed: [], removed: [] });
  });
});
