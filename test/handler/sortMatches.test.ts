import { expect } from 'chai';
import type { WatchlistRow } from '../../handler/entry.ts';
import { type SortedMatches, sortMatches } from '../../handler/sortMatches.ts';
import { compileSuppressions } from '../../handler/suppression.ts';
import { matchOf, recordOf, rowOf } from '../factories.ts';

const NOW = Date.parse('2023-07-10T12:26:00Z') / 1000;
const suppressionRow = (fields = {}) => ({
  id: 'planned-work',
  reason: 'migration of the trail',
  owner: 'platform@example.com',
  expiresAt: NOW + 3600,
  entries: ['trail-stopped'],
  ...fields,
});

function sorted(row: Partial<WatchlistRow>, fields = {}, rows: readonly unknown[] = []) {
  const { suppressions, refused } = compileSuppressions(rows, new Map(), NOW);
  expect(refused).to.deep.equal([]);
  return placeIn(sortMatches([matchOf(recordOf(fields), rowOf(row))], suppressions, NOW * 1000));
}

function placeIn({ suppressed, ...others }: SortedMatches): string {
  const [by] = suppressed.keys();
  if (by !== undefined) return `suppressed by ${by}`;
  return Object.entries(others)
    .filter(([, matches]) => matches.length > 0)
    .map(([name]) => name)
    .join();
}

describe('sortMatches', () => {
  it('counts and suppresses nothing of a time to come: such a time is made up', () => {
    const repeat = { by: [], minutes: 60 };
    const soon = { eventTime: '2023-07-11T12:00:00Z' };
    const later = { eventTime: '2023-07-11T12:26:01Z' };
    expect(sorted({ repeat }, soon)).to.equal('counted');
    expect(sorted({ repeat }, later)).to.equal('alone');
    expect(sorted({}, later, [suppressionRow({ expiresAt: NOW + 300 * 86_400 })])).to.equal(
      'alone',
    );
  });

  it('tells apart what alerts alone, silently, counted or when new', () => {
    expect(sorted({})).to.equal('alone');
    expect(sorted({ mode: 'alert' })).to.equal('alone');
    expect(sorted({ mode: 'silent' })).to.equal('silent');
    expect(sorted({ repeat: { by: [], minutes: 60 } })).to.equal('counted');
    expect(sorted({ repeat: { by: [], minutes: 60 }, mode: 'silent' })).to.equal('counted');
    expect(sorted({ threshold: { by: [], minutes: 60, count: 5 } })).to.equal('counted');
    expect(sorted({ firstSeen: { by: ['awsRegion'], days: 90 } })).to.equal('firstSeen');
  });

  it('lets what has no readable time alert for itself', () => {
    for (const eventTime of [undefined, 'yesterday', '2023-07-10', 17, '2023-13-45T00:00:00Z']) {
      expect(sorted({ repeat: { by: [], minutes: 60 } }, { eventTime })).to.equal('alone');
      expect(sorted({ firstSeen: { by: [], days: 90 } }, { eventTime })).to.equal('alone');
      expect(sorted({}, { eventTime }, [suppressionRow()])).to.equal('alone');
    }
  });

  it('suppresses by the event’s own time, however late it comes', () => {
    const from = '2023-07-10T12:00:00Z';
    const expiresAt = Date.parse('2023-07-10T13:00:00Z') / 1000;
    const rows = [suppressionRow({ from, expiresAt })];
    const by = (eventTime: string) => sorted({}, { eventTime }, rows);
    expect(by('2023-07-10T11:59:59Z')).to.equal('alone');
    expect(by('2023-07-10T12:00:00Z')).to.equal('suppressed by planned-work');
    expect(by('2023-07-10T12:59:59Z')).to.equal('suppressed by planned-work');
    expect(by('2023-07-10T13:00:00Z')).to.equal('alone');
  });

  it('suppresses the entries and the records that it names, before anything is counted', () => {
    const pattern = { sourceIPAddress: [{ cidr: '192.168.0.0/16' }] };
    const rows = [suppressionRow({ pattern })];
    expect(sorted({}, {}, rows)).to.equal('suppressed by planned-work');
    expect(sorted({ repeat: { by: [], minutes: 60 } }, {}, rows)).to.equal(
      'suppressed by planned-work',
    );
    expect(sorted({}, { sourceIPAddress: '10.0.0.1' }, rows)).to.equal('alone');
    expect(sorted({ id: 'another' }, {}, rows)).to.equal('alone');
    const forAll = [suppressionRow({ pattern, entries: undefined, id: 'b' }), ...rows];
    expect(sorted({ id: 'another' }, {}, [suppressionRow({ id: 'b' }), ...rows])).to.equal('alone');
    expect(sorted({ id: 'another' }, {}, forAll.map(withoutUndefined))).to.equal('suppressed by b');
  });

  it('never suppresses an entry about Trailwatch itself', () => {
    expect(sorted({ self: true }, {}, [suppressionRow()])).to.equal('alone');
  });
});

function withoutUndefined(row: object): object {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined));
}
