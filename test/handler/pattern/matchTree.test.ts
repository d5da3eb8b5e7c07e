import { expect } from 'chai';
import { compilePattern } from '../../../handler/pattern/compilePattern.ts';
import { parsePattern } from '../../../handler/pattern/parsePattern.ts';

/** A field `a` with conditions of its own beside one on `a.b`, as only `$or` can make. */
const both = (a: readonly unknown[], b: readonly unknown[]) => ({
  a,
  $or: [{ a: { b } }, { z: [1] }],
});
const none = [{ exists: false }];

// Verdicts of event-ruler 2.1.0.
const rows: readonly [pattern: unknown, a: unknown, verdict: boolean][] = [
  [both(['x'], [1]), ['x', { b: 1 }], true],
  [both(['x'], [1]), [['x'], { b: 1 }], false],
  [both(['x'], [1]), ['x', [{ b: 1 }]], true],
  [both(['x'], [1]), [['x'], [{ b: 1 }]], false],
  [both(['x'], [1]), [['x', { b: 1 }]], true],
  [both(['x'], none), ['x', ['x', { c: 1 }], [{ b: 1 }]], true],
  [both(none, [1]), [{ b: 1 }], true],
  [both(none, [1]), [[{ b: 1 }]], true],
  [both(none, [1]), ['x', [{ b: 1 }]], false],
];

describe('matchTree', () => {
  it('holds a field and one below it to the same elements of nested arrays', () => {
    for (const [pattern, a, verdict] of rows) {
      const parsed = parsePattern(pattern, new Map());
      if ('problems' in parsed) throw new Error(parsed.problems.join('\n'));
      const subject = { record: { a }, facts: () => ({}), isKnownAccount: () => false };
      const name = `${JSON.stringify(pattern)} on ${JSON.stringify(a)}`;
      expect(compilePattern(parsed.value)(subject), name).to.equal(verdict);
    }
  });
});
