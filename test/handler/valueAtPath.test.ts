import { expect } from 'chai';
import { flat, valueAtPath } from '../../handler/valueAtPath.ts';

describe('valueAtPath', () => {
  const value = {
    a: { b: null, list: [{ c: 1 }, [{ c: [2] }], { d: 3 }, 'x'], empty: [] },
    'a.b': 'dotted',
  };

  it('finds what stands at a path, and nothing inherited', () => {
    expect(valueAtPath(value, ['a', 'b'])).to.equal(null);
    expect(valueAtPath(value, ['a', 'b', 'c'])).to.equal(undefined);
    expect(valueAtPath(value, ['a.b'])).to.equal('dotted');
    for (const name of ['constructor', '__proto__', 'toString', 'length']) {
      expect(valueAtPath(value, ['a', name])).to.equal(undefined);
      expect(valueAtPath('text', [name])).to.equal(undefined);
    }
  });

  it('gathers what the elements of arrays hold', () => {
    expect(valueAtPath(value, ['a', 'list', 'c'])).to.deep.equal([1, [2]]);
    expect(valueAtPath(value, ['a', 'list', 'c', 'd'])).to.equal(undefined);
    expect(valueAtPath(value, ['a', 'empty', 'c'])).to.equal(undefined);
    expect(valueAtPath(value, ['a', 'empty'])).to.deep.equal([]);
  });

  it('flattens arrays in arrays, in order', () => {
    expect(flat([1, [2, [3, [], 4]], 5])).to.deep.equal([1, 2, 3, 4, 5]);
  });
});
