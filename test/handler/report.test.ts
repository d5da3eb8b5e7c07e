import { expect } from 'chai';
import fc from 'fast-check';
import { METRICS, NAMESPACE, report } from '../../handler/report.ts';
import { tallyOf } from '../../handler/tally.ts';
import { textAt, valueAt } from '../../handler/textAt.ts';

const NOW = 1_688_991_761_000;

describe('report', () => {
  it('is one line with every count and the name of the function', () => {
    const tally = tallyOf({ logFiles: 2, recordsRead: 7 });
    const line = report(tally, 'trailwatch-Handler', NOW);
    expect(line).to.not.include('\n');
    expect(JSON.parse(line)).to.deep.equal({
      level: 'info',
      message: 'report',
      FunctionName: 'trailwatch-Handler',
      ...tally,
    });
  });

  it('names a metric in the embedded metric format when it is not zero', () => {
    const tally = tallyOf({ recordsMalformed: 3, watchlistEmpty: 1, logFilesFailed: 1 });
    const { _aws } = JSON.parse(report(tally, 'f', NOW)) as { _aws: unknown };
    expect(_aws).to.deep.equal({
      Timestamp: NOW,
      CloudWatchMetrics: [
        {
          Namespace: 'Trailwatch',
          Dimensions: [['FunctionName']],
          Metrics: [
            { Name: 'recordsMalformed', Unit: 'Count' },
            { Name: 'watchlistEmpty', Unit: 'Count' },
          ],
        },
      ],
    });
  });

  it('names at most four metrics, each a number of the line, under a dimension of the line', () => {
    expect(METRICS.length).to.be.at.most(4); // each costs
    const counts = fc.record(Object.fromEntries(METRICS.map((name) => [name, fc.nat(3)])));
    fc.assert(
      fc.property(counts, fc.nat(), (some, logFiles) => {
        const line: unknown = JSON.parse(report(tallyOf({ ...some, logFiles }), 'f', NOW));
        const metrics = valueAt(line, '_aws', 'CloudWatchMetrics', '0', 'Metrics') ?? [];
        const named = (metrics as { Name: string }[]).map(({ Name }) => Name);
        expect(named).to.deep.equal(METRICS.filter((name) => (some[name] ?? 0) > 0));
        for (const name of named) expect(valueAt(line, name)).to.equal(some[name]);
        expect(textAt(line, 'FunctionName')).to.equal('f');
        if (named.length > 0) {
          expect(textAt(line, '_aws', 'CloudWatchMetrics', '0', 'Namespace')).to.equal(NAMESPACE);
        } else {
          expect(line).to.not.have.property('_aws');
        }
      }),
    );
  });
});
