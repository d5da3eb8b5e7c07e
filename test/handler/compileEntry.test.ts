import { expect } from 'chai';
import { compileEntry } from '../../handler/compileEntry.ts';
import type { WatchlistRow } from '../../handler/entry.ts';
import { patternCompiler } from '../../handler/pattern/patternCompiler.ts';
import { matchOf, recordOf, rowOf } from '../factories.ts';

const problemsOf = (fields: Partial<WatchlistRow>) => {
  const compiled = compileEntry(rowOf(fields), patternCompiler(new Map()));
  return 'problems' in compiled ? compiled.problems : [];
};

const matches = (row: Partial<WatchlistRow>, fields = {}) => {
  const { compiled, record, subject } = matchOf(recordOf(fields), rowOf(row));
  return compiled.watches(record, subject);
};

describe('compileEntry', () => {
  it('watches by source, outcome, pattern and exceptions', () => {
    const denied = { errorCode: 'AccessDenied' };
    expect(matches({})).to.equal(true);
    expect(matches({ eventSource: ['iam.amazonaws.com'] })).to.equal(false);
    expect(matches({ outcome: 'success' })).to.equal(true);
    expect(matches({ outcome: 'success' }, denied)).to.equal(false);
    expect(matches({ outcome: 'failure' })).to.equal(false);
    expect(matches({ outcome: 'failure' }, denied)).to.equal(true);
    expect(matches({ outcome: 'any' }, denied)).to.equal(true);
    const pattern = { requestParameters: { name: ['management-events'] } };
    expect(matches({ pattern })).to.equal(true);
    expect(matches({ pattern }, { requestParameters: null })).to.equal(false);
    expect(matches({ unless: [{ awsRegion: ['eu-west-1'] }, pattern] })).to.equal(false);
    expect(matches({ unless: [{ awsRegion: ['eu-west-1'] }] })).to.equal(true);
  });

  it('reads what it needs: what a record says of trailwatch counts for nothing', () => {
    const pattern = { trailwatch: { source: { kind: ['ip'] } } };
    expect(matches({ pattern })).to.equal(true);
    const claim = { trailwatch: { source: { kind: 'ip' } }, sourceIPAddress: 'AWS Internal' };
    expect(matches({ pattern }, claim)).to.equal(false);
    const known = { recipientAccountId: [{ list: 'known-accounts' }] };
    expect(matches({ pattern: known })).to.equal(true);
    expect(matches({ pattern: { awsRegion: [{ list: 'known-accounts' }] } })).to.equal(false);
  });

  it('names each field that is wrong', () => {
    const bad = { a: [] };
    expect(problemsOf({ pattern: bad, unless: [{ b: ['x'] }, bad] })).to.deep.equal([
      'pattern: a: an array is empty, expected conditions',
      'unless[1]: a: an array is empty, expected conditions',
    ]);
    expect(problemsOf({ summary: '{a..b}', show: { Label: 'c..d', Fine: 'e' } })).to.have.length(2);
    expect(problemsOf({ threshold: { count: 2, minutes: 1, by: ['a..b'] } })).to.deep.equal([
      'threshold.by: a..b: a name is empty, expected NAME.NAME...',
    ]);
    expect(problemsOf({ repeat: { minutes: 1, by: ['trailwatch.x'] } })[0]).to.match(
      /^repeat\.by: trailwatch\.x: not a derived fact/,
    );
    const threshold = { count: 2, minutes: 1, by: [], distinct: 'a..b' };
    expect(problemsOf({ threshold })[0]).to.match(/^threshold\.distinct: a\.\.b/);
    expect(problemsOf({ firstSeen: { days: 1, by: ['a..b'] } })[0]).to.match(/^firstSeen\.by/);
  });

  it('works out seconds and days', () => {
    const { compiled } = matchOf(
      recordOf(),
      rowOf({
        threshold: { count: 5, minutes: 10, by: ['a', 'b'], distinct: 'c.d' },
        repeat: { minutes: 60, by: ['b'] },
      }),
    );
    expect(compiled.grouping).to.deep.equal({
      alertBy: [{ text: 'b', segments: ['b'] }],
      thresholdBy: [
        { text: 'a', segments: ['a'] },
        { text: 'b', segments: ['b'] },
      ],
      bucketSeconds: 3600,
      windowSeconds: 600,
      count: 5,
      distinct: { text: 'c.d', segments: ['c', 'd'] },
    });
    const ruleOf = (row: Partial<WatchlistRow>) =>
      matchOf(recordOf(), rowOf(row)).compiled.firstSeen;
    const since = '1970-01-11T12:00:00Z';
    const firstSeen = { days: 90, by: [] };
    expect(ruleOf({ firstSeen })).to.deep.equal({ by: [], days: 90, learnsUntil: 0 });
    expect(ruleOf({ firstSeen, since })).to.deep.include({ learnsUntil: 17 });
    const quick = { ...firstSeen, learnDays: 0 };
    expect(ruleOf({ firstSeen: quick, since })).to.deep.include({ learnsUntil: 10 });
  });
});
