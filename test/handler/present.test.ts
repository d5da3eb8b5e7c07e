import { expect } from 'chai';
import { present } from '../../handler/present.ts';

describe('present', () => {
  it('leaves out what is undefined, and nothing else', () => {
    const fields = { a: undefined, b: null, c: '', d: 0, e: false };
    expect(present(fields)).to.deep.equal({ b: null, c: '', d: 0, e: false });
    expect(Object.keys(present(fields))).to.not.include('a');
  });
});
