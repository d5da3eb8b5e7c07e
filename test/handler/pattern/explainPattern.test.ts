import { expect } from 'chai';
import { explainPattern } from '../../../handler/pattern/explainPattern.ts';
import { parsePattern } from '../../../handler/pattern/parsePattern.ts';
import { requiredLiterals } from '../../../handler/pattern/requiredLiterals.ts';

function parsed(pattern: unknown) {
  const result = parsePattern(pattern, new Map([['ours', ['x', 'y']]]));
  if ('problems' in result) throw new Error(result.problems.join('\n'));
  return result.value;
}

const subjectOf = (record: Record<string, unknown>) => ({
  record,
  facts: () => ({ principal: { key: 'k' } }),
  isKnownAccount: () => false,
});

describe('explainPattern', () => {
  it('tells of each leaf whether it holds, and what is there', () => {
    const pattern = {
      a: { b: ['x', { prefix: 'y' }] },
      c: [{ exists: false }],
      trailwatch: { principal: { key: ['k'] } },
      $or: [{ d: [1] }, { e: ['z'] }],
    };
    const record = { a: [{ b: 'q' }, { b: 'r' }], d: 1 };
    expect(explainPattern(parsed(pattern), subjectOf(record))).to.deep.equal([
      {
        path: 'a.b',
        alternative: undefined,
        conditions: ['x', { prefix: 'y' }],
        holds: false,
        found: ['q', 'r'],
      },
      {
        path: 'c',
        alternative: undefined,
        conditions: [{ exists: false }],
        holds: true,
        found: undefined,
      },
      {
        path: 'trailwatch.principal.key',
        alternative: undefined,
        conditions: ['k'],
        holds: true,
        found: 'k',
      },
      { path: 'd', alternative: '$or[0]', conditions: [1], holds: true, found: 1 },
      { path: 'e', alternative: '$or[1]', conditions: ['z'], holds: false, found: undefined },
    ]);
  });
});

describe('requiredLiterals', () => {
  it('finds the texts that a record needs, and no others', () => {
    const pattern = {
      errorCode: ['AccessDenied', { exactly: 'X' }],
      list: [{ list: 'ours' }],
      mixed: ['a', { prefix: 'b' }],
      number: [1],
      address: ['10.0.0.1'],
      absent: [{ exists: false }],
      either: ['a'],
      trailwatch: { principal: { key: ['k'] } },
      $or: [{ either: ['b'] }, { other: { inner: ['c'] }, $or: [{ x: ['1'] }, { y: ['2'] }] }],
    };
    expect(requiredLiterals(parsed(pattern))).to.deep.equal([
      { path: ['errorCode'], values: ['AccessDenied', 'X'] },
      { path: ['list'], values: ['x', 'y'] },
    ]);
  });
});
