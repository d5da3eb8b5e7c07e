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
    expect(explainPattern(parsed(pattern), subjectOf(record)).leaves).to.deep.equal([
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

describe('explainPattern, of a whole pattern', () => {
  const explained = (pattern: unknown, record: Record<string, unknown>) => {
    const { holds, isApart } = explainPattern(parsed(pattern), subjectOf(record));
    return { holds, isApart };
  };

  it('tells whether it holds', () => {
    const pattern = { a: ['x'], $or: [{ b: ['y'] }, { c: ['z'] }] };
    const yes = { holds: true, isApart: false };
    expect(explained(pattern, { a: 'x', c: 'z' })).to.deep.equal(yes);
    expect(explained(pattern, { a: 'x' })).to.deep.equal({ holds: false, isApart: false });
    expect(explained(pattern, { b: 'y' })).to.deep.equal({ holds: false, isApart: false });
  });

  it('tells where each condition holds, but not for one element of an array', () => {
    const pattern = { items: { a: ['1'], b: ['2'] } };
    const apart = {
      items: [
        { a: '1', b: 'x' },
        { a: 'x', b: '2' },
      ],
    };
    expect(explained(pattern, apart)).to.deep.equal({ holds: false, isApart: true });
    const together = { items: [{ a: '1', b: '2' }] };
    expect(explained(pattern, together)).to.deep.equal({ holds: true, isApart: false });
    const either = { items: { a: ['1'], $or: [{ b: ['2'] }, { c: ['3'] }] } };
    expect(explained(either, apart)).to.deep.equal({ holds: false, isApart: true });
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
