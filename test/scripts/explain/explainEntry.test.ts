import { expect } from 'chai';
import type { WatchlistRow } from '../../../handler/entry.ts';
import { subjectOf } from '../../../handler/subjectOf.ts';
import type { SuppressionRow } from '../../../handler/suppression.ts';
import { explainEntry } from '../../../scripts/explain/explainEntry.ts';
import { ACCOUNTS, recordOf, rowOf, trustsNobody } from '../../factories.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The lines after those of name and source. */
function explained(
  row: Partial<WatchlistRow>,
  record: Fields = {},
  suppressions: readonly SuppressionRow[] = [],
): readonly string[] {
  const subject = subjectOf(recordOf(record), ACCOUNTS, trustsNobody);
  const lines = explainEntry([rowOf(row)], subject, new Map(), suppressions)
    .trimEnd()
    .split('\n');
  return lines.slice(2);
}

const HOUR = 3600;
const NOON = Date.parse('2023-07-10T12:00:00Z') / 1000; // 22 minutes before the record
const suppression = (fields: Partial<SuppressionRow> = {}): SuppressionRow => ({
  id: 'planned',
  reason: 'r',
  owner: 'o',
  expiresAt: NOON + HOUR,
  ...fields,
});

describe('explainEntry', () => {
  it('says that conditions hold for different elements of an array, and of which', () => {
    const pattern = { requestParameters: { items: { a: ['1'], b: ['2'] } } };
    const items = [
      { a: '1', b: 'x' },
      { a: 'x', b: '2' },
    ];
    expect(explained({ pattern }, { requestParameters: { items } })).to.deep.equal([
      'yes  pattern requestParameters.items.a: wanted ["1"], found ["1","x"]',
      'yes  pattern requestParameters.items.b: wanted ["2"], found ["x","2"]',
      '=>   pattern: does not match: each condition holds, but no one element of requestParameters.items meets them all',
      'trail-stopped does not match.',
    ]);
  });

  it('gives a verdict on each exception: one that matches passes the record over', () => {
    const unless = [{ awsRegion: ['us-east-1'] }, { awsRegion: ['eu-west-1'] }];
    expect(explained({ unless })).to.deep.equal([
      'yes  unless[0] awsRegion: wanted ["us-east-1"], found "us-east-1"',
      '=>   unless[0]: matches: the record is passed over',
      'no   unless[1] awsRegion: wanted ["eu-west-1"], found "us-east-1"',
      '=>   unless[1]: does not match',
      'trail-stopped does not match.',
    ]);
  });

  it('says which suppressions apply, and why not', () => {
    const pattern = { awsRegion: ['us-east-1'] };
    expect(explained({}, {}, [suppression({ pattern })])).to.deep.equal([
      'yes  suppression planned awsRegion: wanted ["us-east-1"], found "us-east-1"',
      '=>   suppression planned: applies, until 2023-07-10T13:00:00.000Z: the match is suppressed',
      'trail-stopped matches, but planned suppresses it.',
    ]);
    const over = suppression({ entries: ['trail-stopped'], expiresAt: NOON });
    expect(explained({}, {}, [over])).to.deep.equal([
      '=>   suppression planned: does not apply: it is for events until 2023-07-10T12:00:00.000Z',
      'trail-stopped matches.',
    ]);
    const later = { from: '2023-07-10T12:30:00Z', pattern: { awsRegion: ['x'] } };
    expect(explained({}, {}, [suppression(later)]).slice(1)).to.deep.equal([
      '=>   suppression planned: does not apply: it is for events from 2023-07-10T12:30:00Z until 2023-07-10T13:00:00.000Z; its pattern does not match',
      'trail-stopped matches.',
    ]);
    const others = suppression({ entries: ['another'] });
    expect(explained({}, {}, [others])).to.deep.equal(['trail-stopped matches.']);
    const own = suppression({ entries: ['trail-stopped'] });
    expect(explained({ self: true }, {}, [own])).to.deep.equal(['trail-stopped matches.']);
    expect(explained({}, { eventTime: 'soon' }, [own])).to.have.length(2);
  });

  it('says what mode and counting do to a match', () => {
    expect(explained({ mode: 'off' })).to.deep.equal(['trail-stopped would match, but is off.']);
    expect(explained({ mode: 'silent' })).to.deep.equal([
      'trail-stopped matches, but is silent: nothing is told.',
    ]);
    const threshold = { count: 5, minutes: 10, by: ['awsRegion'], distinct: 'eventName' };
    expect(explained({ threshold, repeat: { by: [], minutes: 60 } })).to.deep.equal([
      '=>   threshold: alerts where 5 values of eventName with the same awsRegion lie in 10 min',
      '=>   repeat: alerts once in 60 min for the same key',
      'trail-stopped matches.',
    ]);
    expect(explained({ firstSeen: { by: ['awsRegion'], days: 90 } })[0]).to.equal(
      '=>   firstSeen: alerts where awsRegion was not seen for 90 days',
    );
  });
});
