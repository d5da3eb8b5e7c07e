import { expect } from 'chai';
import fc from 'fast-check';
import { textAt, valueAt } from '../../handler/textAt.ts';

describe('textAt', () => {
  it('finds the string at a path, and the value itself at an empty one', () => {
    expect(textAt({ userIdentity: { type: 'Root' } }, 'userIdentity', 'type')).to.equal('Root');
    expect(textAt('Root')).to.equal('Root');
  });

  it('treats anything but a non-empty string as absent', () => {
    const values = ['', 0, 7, true, null, undefined, ['Root'], { toString: 'Root' }];
    for (const type of values) expect(textAt({ type }, 'type')).to.equal(undefined);
  });

  it('treats a path through anything but an object as absent', () => {
    for (const userIdentity of [undefined, null, 'Root', 7, true]) {
      expect(textAt({ userIdentity }, 'userIdentity', 'length')).to.equal(undefined);
    }
  });

  it('does not see what a value inherits', () => {
    const names = ['constructor', '__proto__', 'toString'];
    for (const name of names) expect(valueAt({}, name)).to.equal(undefined);
    expect(textAt(Object.create({ type: 'Root' }), 'type')).to.equal(undefined);
    expect(textAt(JSON.parse('{"__proto__":"own"}'), '__proto__')).to.equal('own');
  });

  it('never throws, and gives back nothing but a non-empty string', () => {
    fc.assert(
      fc.property(fc.anything(), fc.array(fc.string()), (value, path) => {
        const text = textAt(value, ...path);
        if (text !== undefined) expect(text).to.be.a('string').that.is.not.equal('');
      }),
    );
  });
});

describe('valueAt', () => {
  it('finds the value at a path, whatever it is', () => {
    for (const found of [false, 0, '', null, [1], { a: 1 }]) {
      expect(valueAt({ a: { b: found } }, 'a', 'b')).to.equal(found);
    }
    expect(valueAt({ a: ['x', { b: 1 }] }, 'a', '1', 'b')).to.equal(1);
  });
});
