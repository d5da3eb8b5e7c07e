import { expect } from 'chai';
import { patternCompiler } from '../../../handler/pattern/patternCompiler.ts';
import { subjectOf } from '../../../handler/subjectOf.ts';
import { ACCOUNTS, recordOf, trustsNobody } from '../../factories.ts';

describe('patternCompiler', () => {
  const patterns = patternCompiler(new Map());
  const onOriginator = { trailwatch: { originator: { name: ['bert-jan'] } } };

  it('compiles a pattern that comes again once, and others each', () => {
    const first = patterns.pattern({ awsRegion: ['us-east-1'] });
    expect(patterns.pattern({ awsRegion: ['us-east-1'] })).to.equal(first);
    const other = patterns.pattern({ awsRegion: ['eu-west-1'] });
    const subject = subjectOf(recordOf(), ACCOUNTS, trustsNobody);
    const matches = [first, other].map((one) => 'value' in one && one.value.matches(subject));
    expect(matches).to.deep.equal([true, false]);
  });

  it('tells a pattern from that of an exception', () => {
    expect(patterns.pattern(onOriginator)).to.have.property('problems');
    const { value } = patterns.exception(onOriginator) as { value?: { asksOriginator: boolean } };
    expect(value?.asksOriginator).to.equal(true);
    expect(patterns.pattern(onOriginator)).to.have.property('problems');
  });

  it('refuses what is nested too deeply to be compared, each time', () => {
    let deep: object = ['x'];
    for (let depth = 0; depth < 20_000; depth += 1) deep = { a: deep };
    for (const pattern of [deep, deep])
      expect(patterns.pattern(pattern)).to.have.property('problems');
  });

  it('names for the index what a pattern cannot do without', () => {
    const parsed = patterns.pattern({ errorCode: ['AccessDenied'] });
    expect('value' in parsed && parsed.value.literals).to.deep.equal([
      { path: ['errorCode'], values: ['AccessDenied'] },
    ]);
  });
});
