import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import { compilePattern } from '../../../handler/pattern/compilePattern.ts';
import { parsePattern } from '../../../handler/pattern/parsePattern.ts';

interface Pair {
  readonly pattern: unknown;
  readonly record: Readonly<Record<string, unknown>>;
  readonly verdict: boolean | 'refused';
}

const pairs = gunzipSync(readFileSync('test/data/event-ruler/pairs.jsonl.gz'))
  .toString()
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Pair);

function verdictOn({ pattern, record }: Pair): Pair['verdict'] {
  const parsed = parsePattern(pattern, new Map());
  if ('problems' in parsed) return 'refused';
  return compilePattern(parsed.value)({
    record,
    facts: () => ({}),
    isKnownAccount: () => false,
  });
}

describe('compilePattern', () => {
  it('says what event-ruler says, of each pair', () => {
    expect(pairs).to.have.length(4330);
    for (const pair of pairs) {
      expect(verdictOn(pair), JSON.stringify(pair)).to.equal(pair.verdict);
    }
    for (const verdict of [true, false, 'refused']) {
      expect(pairs.filter((pair) => pair.verdict === verdict).length).to.be.above(90);
    }
  });
});
