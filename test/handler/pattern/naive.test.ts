import { expect } from 'chai';
import fc from 'fast-check';
import { compilePattern } from '../../../handler/pattern/compilePattern.ts';
import type { NamedLists } from '../../../handler/pattern/namedLists.ts';
import { parsePattern } from '../../../handler/pattern/parsePattern.ts';
import type { Subject } from '../../../handler/pattern/subject.ts';
import { bundledRecords } from '../../bundledLogs.ts';
import { isKnownAccount, lists, patternAndRecord } from './arbitraries.ts';
import { naiveMatch } from './naivePattern.ts';
import { type Draw, patternFrom } from './patternFrom.ts';

type Fields = Readonly<Record<string, unknown>>;

const numRuns = Number(process.env['SOAK_RUNS'] ?? 10_000);

/** What both say; an error if they differ. */
function verdict(pattern: Fields, subject: Subject, named: NamedLists): boolean {
  const parsed = parsePattern(pattern, named);
  if (!('value' in parsed)) throw new Error(parsed.problems.join('\n'));
  const isMatch = compilePattern(parsed.value)(subject);
  expect(isMatch).to.equal(naiveMatch(pattern, subject, named));
  return isMatch;
}

/** Checks all runs, and that neither verdict is rare. */
function compare<T>(arbitrary: fc.Arbitrary<T>, verdictOn: (value: T) => boolean, rare: number) {
  let matches = 0;
  const property = fc.property(arbitrary, (value) => {
    if (verdictOn(value)) matches += 1;
  });
  // The same pairs every time, so that a build never fails by chance; soak draws new ones.
  const seed = process.env['SOAK_RUNS'] === undefined ? { seed: 1 } : {};
  fc.assert(property, { numRuns, ...seed });
  expect(matches / numRuns).to.be.within(rare, 1 - rare);
}

const subjectOf = (record: Fields, facts: Fields = {}): Subject => ({
  record,
  facts: () => facts,
  isKnownAccount,
});

describe('compilePattern, against a naive reading of patterns', function () {
  this.timeout(Math.max(20_000, numRuns));

  it('agrees on generated patterns and records', () => {
    compare(
      patternAndRecord,
      ({ pattern, record }) => verdict(pattern, subjectOf(record), lists),
      0.02,
    );
  });

  it('agrees on patterns made of the fields of real records', () => {
    const records = [...bundledRecords('awsdocs'), ...bundledRecords('invictus')];
    const drawn = fc.record({
      of: fc.nat(records.length - 1),
      against: fc.oneof(fc.constant(0), fc.constant(0), fc.integer({ min: -3, max: 3 })),
      draws: fc.array(draw, { minLength: 1, maxLength: 4 }),
    });
    const isMatch = ({ of, against, draws }: { of: number; against: number; draws: Draw[] }) => {
      const record = records[(of + against + records.length) % records.length] ?? {};
      const named = new Map([['drawn', Object.values(records[of] ?? {}).filter(isText)]]);
      return verdict(patternFrom(records[of], draws), subjectOf(record), named);
    };
    compare(drawn, isMatch, 0.3);
  });

  it('agrees on patterns that name facts, whatever the record says of itself', () => {
    const both = fc.tuple(facts, facts, fc.array(plainDraw, { minLength: 1, maxLength: 3 }));
    const isMatch = ([drawn, others, draws]: [Fields, Fields, Draw[]]) => {
      const pattern = patternFrom({ trailwatch: drawn }, draws);
      const subject = subjectOf({ trailwatch: drawn, account: 'a' }, others);
      return verdict(pattern, subject, new Map([['drawn', ['a', 'ab']]]));
    };
    compare(both, isMatch, 0.2);
  });
});

const isText = (value: unknown) => typeof value === 'string';

const draw: fc.Arbitrary<Draw> = fc.record({
  leaf: fc.nat(),
  condition: fc.nat(),
  cut: fc.nat(),
  alternative: fc.boolean(),
});

const word = fc.constantFrom('a', 'ab', 'b');

/** Without `$or`, whose other field is no fact. */
const plainDraw = draw.map((drawn) => ({ ...drawn, alternative: false }));

/** Facts in the shape of watchlist.md, values few enough to meet. */
const facts: fc.Arbitrary<Fields> = fc.record({
  principal: fc.record({ key: word, label: word }),
  account: fc.record(
    { alias: word, environment: word, owner: word, known: fc.boolean() },
    { requiredKeys: ['known'] },
  ),
  source: fc.record({ kind: word }),
});
