import { expect } from 'chai';
import { rowProblems } from '../../scripts/rowProblems.ts';

const nested = (levels: number): unknown =>
  Array.from({ length: levels }).reduce((inner) => ({ a: inner }), 'x');

describe('rowProblems', () => {
  it('accepts rows with all that JSON has', () => {
    const all = { a: ['', null, true, 0, -1.5, 1e-7, 9007199254740991, { b: [] }, 'é'], c: {} };
    expect(rowProblems(all)).to.deep.equal([]);
  });

  it('counts bytes as DynamoDB does: text in UTF-8, names, and what containers cost', () => {
    const most = 400 * 1024 - 64;
    expect(rowProblems({ a: 'x'.repeat(most - 1) })).to.deep.equal([]);
    expect(rowProblems({ a: 'x'.repeat(most) })[0]).to.match(/^409537 bytes in DynamoDB/);
    expect(rowProblems({ a: 'é'.repeat(most / 2) })).to.have.length(1);
    expect(rowProblems({ a: Array.from({ length: most / 2 }, () => true) })).to.have.length(1);
    expect(rowProblems({ a: Array.from({ length: most / 2 - 10 }, () => true) })).to.have.length(0);
    expect(rowProblems({ ab: ['x'.repeat(most - 6)] })).to.have.length(0); // 2 + 3 + 1
    expect(rowProblems({ ab: ['x'.repeat(most - 5)] })).to.have.length(1);
  });

  it('accepts 32 levels, the row being the first, and survives any number', () => {
    expect(rowProblems({ pattern: nested(31) })).to.deep.equal([]);
    expect(rowProblems({ pattern: nested(32) })[0]).to.match(/more than 32 levels/);
    expect(rowProblems({ pattern: nested(100_000) })).to.have.length(1);
  });

  it('refuses numbers that cannot be written, or not read back', () => {
    for (const number of [1e16, -1e16, 0.30000000000000004, 1.7976931348623157e308, 1e-200]) {
      expect(rowProblems({ a: [{ numeric: ['>', number] }] }), String(number)).to.have.length(1);
    }
    expect(rowProblems({ a: [0.3, 123456789.012345, 0.000000123456789012345] })).to.have.length(0);
  });

  it('refuses half of a character, which no UTF-8 has', () => {
    expect(rowProblems({ a: [{ prefix: '\ud83d' }] })).to.have.length(1);
    expect(rowProblems({ a: [{ prefix: '\ud83d\ude00' }] })).to.have.length(0);
  });
});
