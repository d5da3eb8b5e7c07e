import { expect } from 'chai';
import fc from 'fast-check';
import { compileWatchlist } from '../../handler/compileWatchlist.ts';
import type { WatchlistRow } from '../../handler/entry.ts';
import { matchRecords } from '../../handler/matchRecords.ts';
import type { CloudTrailRecord } from '../../handler/readLogFile.ts';
import { subjectOf } from '../../handler/subjectOf.ts';
import { valueAt } from '../../handler/textAt.ts';
import { bundledRecords } from '../bundledLogs.ts';
import { ACCOUNTS, matchOf, recordOf, rowOf, trustsNobody } from '../factories.ts';
import { naiveScan } from '../naiveScan.ts';

// What names are made of, so that they often collide.
const PARTS = [
  '20150331',
  '2015_03_31',
  '2015_0331',
  '20150331v2',
  'v20150331',
  'v',
  'v2',
  '2',
  '_',
];

/** A row for each name, its id made of its number, from any source. */
function rowsFor(...eventNames: string[]): WatchlistRow[] {
  const { eventSource: _, ...row } = rowOf();
  return eventNames.map((eventName, index) => ({ ...row, id: `row-${index}`, eventName }));
}

function namesMatching(rows: readonly WatchlistRow[], eventName: string): string[] {
  const matches = matchRecords(compileWatchlist(rows), [recordOf({ eventName })], ACCOUNTS);
  return matches.map(({ compiled: { entry } }) => entry.eventName);
}

function rowFrom(
  eventName: fc.Arbitrary<string>,
  eventSource: fc.Arbitrary<string | string[]>,
): fc.Arbitrary<WatchlistRow> {
  const id = fc.constantFrom('a', 'b', 'c', 'aa', 'a-b');
  return fc
    .record({ id, eventName, eventSource }, { requiredKeys: ['id', 'eventName'] })
    .map((fields) => ({ title: 'A', severity: 'low', ...fields }));
}

// As the table's key makes them.
const UNIQUE = {
  minLength: 5,
  maxLength: 30,
  selector: ({ id, eventName }: WatchlistRow) => `${id} ${eventName}`,
};

/** Expects what a naive scan finds, of the very same records and in the same order; counts it. */
function expectAsScanned(rows: readonly WatchlistRow[], records: CloudTrailRecord[]): number {
  const found = matchRecords(compileWatchlist(rows), records, ACCOUNTS);
  const scanned = naiveScan(rows, records);
  expect(found.map(({ compiled: { entry } }) => entry.id)).to.deep.equal(
    scanned.map(({ id }) => id),
  );
  expect(found.every(({ record }, index) => record === scanned[index]?.record)).to.equal(true);
  return found.length;
}

describe('matchRecords', () => {
  it('matches by event name and source', () => {
    const rows = [
      rowOf({ id: 'one', eventSource: 'cloudtrail.amazonaws.com' }),
      rowOf({ id: 'list', eventSource: ['iam.amazonaws.com', 'cloudtrail.amazonaws.com'] }),
      rowOf({ id: 'other-source', eventSource: 'iam.amazonaws.com' }),
      rowOf({ id: 'other-name', eventName: 'StartLogging' }),
      ...rowsFor('StopLogging'),
    ];
    const record = recordOf();
    const matches = matchRecords(compileWatchlist(rows), [record], ACCOUNTS);
    expect(matches.map(({ compiled: { entry } }) => entry.id)).to.deep.equal([
      'list',
      'one',
      'row-0',
    ]);
    for (const match of matches) expect(match.record).to.equal(record);
  });

  it('keeps the order of the records, then of the entry ids', () => {
    const rows = ['b', 'a'].map((id) => rowOf({ id }));
    const records = ['e2', 'e1', 'e3'].map((eventID) => recordOf({ eventID }));
    const found = matchRecords(compileWatchlist(rows), records, ACCOUNTS);
    expect(
      found.map(({ record, compiled: { entry } }) => `${String(record['eventID'])}/${entry.id}`),
    ).to.deep.equal(['e2/a', 'e2/b', 'e1/a', 'e1/b', 'e3/a', 'e3/b']);
  });

  it('matches a name followed by an API version', () => {
    const names = ['20150331', '20150331v2', '2015_03_31', '2015_0331', '201503_31v10'];
    for (const version of names) {
      expect(namesMatching(rowsFor('CreateFunction'), `CreateFunction${version}`)).to.deep.equal([
        'CreateFunction',
      ]);
    }
  });

  it('matches no name followed by anything else', () => {
    const names = ['2015', 'v2', '2015033', '201503311', '20150331v', '2015-03-31', '20150331V2'];
    names.push(
      '20150331 ',
      '20150331v2x',
      'x20150331',
      '20150331v2\n',
      '２０１５０３３１',
      '_2015_03_31',
    );
    for (const rest of names) {
      expect(namesMatching(rowsFor('CreateFunction'), `CreateFunction${rest}`)).to.deep.equal([]);
    }
  });

  it('does not match a record without version by an entry with one', () => {
    expect(namesMatching(rowsFor('UpdateCode20150331'), 'UpdateCode')).to.deep.equal([]);
    expect(namesMatching(rowsFor('UpdateCode20150331'), 'UpdateCode20150331v2')).to.deep.equal([]);
  });

  it('finds both readings of a name that has two', () => {
    const rows = rowsFor('X', 'X20150331v', 'X20150331v20150331', 'X20150331');
    expect(namesMatching(rows, 'X20150331v20150331')).to.deep.equal([
      'X',
      'X20150331v',
      'X20150331v20150331',
    ]);
  });

  it('matches an entry once that has rows for the name with and without version', () => {
    const names = ['UpdateCode20150331v2', 'UpdateCode', 'UpdateCode20150331'];
    const rows = ['b', 'a'].flatMap((id) => names.map((eventName) => rowOf({ id, eventName })));
    const record = recordOf({ eventName: 'UpdateCode20150331v2' });
    const ids = matchRecords(compileWatchlist(rows), [record], ACCOUNTS).map(
      ({ compiled: { entry } }) => entry.id,
    );
    expect(ids).to.deep.equal(['a', 'b']);
  });

  it('finds entries of any name by their literals, also inside arrays, as a scan would', () => {
    const { eventSource: _, ...anySource } = rowOf({ eventName: '*' });
    const rows = [
      { ...anySource, id: 'a', pattern: { errorCode: ['AccessDenied'] } },
      { ...anySource, id: 'b', pattern: { resources: { type: ['AWS::S3::Bucket', 'X'] } } },
      { ...anySource, id: 'c', pattern: { readOnly: [false] } },
      { ...rowOf({ eventName: '*' }), id: 'd', pattern: { readOnly: [true] } },
    ];
    const idsOf = (fields: Record<string, unknown>) =>
      matchRecords(compileWatchlist(rows), [recordOf(fields)], ACCOUNTS).map(
        ({ compiled: { entry } }) => entry.id,
      );
    const resources = [{ type: 'AWS::EC2::Instance' }, { type: 5 }, [{ type: 'AWS::S3::Bucket' }]];
    expect(idsOf({ errorCode: 'AccessDenied', readOnly: true })).to.deep.equal(['a', 'd']);
    expect(idsOf({ resources })).to.deep.equal(['b', 'c']);
    expect(idsOf({ errorCode: ['Other'], readOnly: true })).to.deep.equal(['d']);
    expect(idsOf({ errorCode: { toString: 'AccessDenied' }, resources: 'X' })).to.deep.equal(['c']);
  });

  it('is not misled by names that objects inherit', () => {
    for (const eventName of ['constructor', '__proto__', 'toString', '', '*', '20150331']) {
      expect(namesMatching(rowsFor('StopLogging'), eventName)).to.deep.equal([]);
    }
  });

  it('finds what a naive scan finds, among names made to collide', () => {
    const part = fc.constantFrom(...PARTS);
    const name = fc
      .tuple(fc.constantFrom('X', 'XY', 'X20150331v'), fc.array(part, { maxLength: 3 }))
      .map(([start, parts]) => start + parts.join(''));
    const source = fc.constantFrom('a.amazonaws.com', 'b.amazonaws.com', 'c.amazonaws.com');
    const row = rowFrom(name, fc.oneof(source, fc.array(source, { minLength: 1, maxLength: 2 })));
    const rows = fc.uniqueArray(row, UNIQUE);
    const records = fc.array(
      fc.record({ eventName: name, eventSource: source }).map((fields) => recordOf(fields)),
      { minLength: 5 },
    );
    let matched = 0;
    fc.assert(
      fc.property(rows, records, (someRows, someRecords) => {
        matched += expectAsScanned(someRows, someRecords);
      }),
      { numRuns: 500 },
    );
    expect(matched).to.be.above(500); // or nothing was tried
  });

  it('finds what a naive scan finds, in real records', () => {
    const records = [...bundledRecords('invictus'), ...bundledRecords('awsdocs')];
    const names = [...new Set(records.map(({ eventName }) => eventName))];
    const unversioned = names.map((name) => name.replace(/\d{4}_?\d{2}_?\d{2}(v\d+)?$/, ''));
    const sources = [...new Set(records.map(({ eventSource }) => eventSource))];
    const oneOf = fc.constantFrom(...sources);
    const row = rowFrom(
      fc.constantFrom(...names, ...unversioned),
      fc.oneof(oneOf, fc.array(oneOf, { minLength: 1, maxLength: 50 })),
    );
    let matched = 0;
    fc.assert(
      fc.property(fc.uniqueArray(row, UNIQUE), (rows) => {
        matched += expectAsScanned(rows, records);
      }),
      { numRuns: 50 },
    );
    expect(matched).to.be.above(100);
  });

  it('finds real calls of Lambda, whose names end in versions', () => {
    const records = bundledRecords('invictus');
    const rows = rowsFor('CreateFunction', 'DeleteFunction', 'UpdateFunctionCode', 'GetFunction');
    const found = matchRecords(compileWatchlist(rows), records, ACCOUNTS);
    const names = found.map(({ record }) => record.eventName);
    const counts = [...new Set(names)].map((name) => [
      name,
      names.filter((n) => n === name).length,
    ]);
    expect(Object.fromEntries(counts)).to.deep.equal({
      CreateFunction20150331: 6,
      DeleteFunction20150331: 2,
      GetFunction20150331v2: 7,
      UpdateFunctionCode20150331v2: 2,
    });
  });

  it('finds what a scan of all entries finds, whatever index each is in', () => {
    const records = [...bundledRecords('invictus')].filter((_, index) => index % 7 === 0);
    const rows = records.slice(0, 150).map((record, index) => rowFor(record, index));
    const watchlist = compileWatchlist(rows);
    expect(watchlist.refused).to.deep.equal([]);
    expect(watchlist.ofAnyName.others.length).to.be.above(5);
    expect(watchlist.ofAnyName.byLiteral.length).to.be.above(2);
    const found = matchRecords(watchlist, records, ACCOUNTS).map(
      ({ record, compiled: { entry } }) => `${records.indexOf(record)} ${entry.id}`,
    );
    const compiled = rows.map((row) => matchOf(recordOf(), row).compiled);
    const expected = records.flatMap((record, index) =>
      compiled
        .filter(({ entry, watches }) => {
          const isNamed = entry.eventName === '*' || entry.eventName === record.eventName;
          return isNamed && watches(record, subjectOf(record, ACCOUNTS, trustsNobody));
        })
        .map(({ entry }) => `${index} ${entry.id}`)
        .sort(),
    );
    expect(found.toSorted()).to.deep.equal(expected.toSorted());
    expect(found.length).to.be.above(1000);
  });
});

/** A row that a record matches, by its name or by a field or two of it. */
function rowFor(record: CloudTrailRecord, index: number): WatchlistRow {
  const { eventSource: _source, ...row } = rowOf({ id: `e${index}`, eventName: '*' });
  const patterns = [
    { errorCode: [record['errorCode'] ?? 'None'] },
    { userIdentity: { type: [valueAt(record, 'userIdentity', 'type') ?? 'None'] } },
    { readOnly: [record['readOnly'] ?? true], awsRegion: [{ prefix: 'us-' }] },
    { eventSource: [record.eventSource, 'other'], eventName: [{ prefix: 'Get' }] },
  ];
  const pattern = patterns[index % 5];
  if (pattern === undefined) return { ...row, eventName: record.eventName };
  if (index % 2 === 0) return { ...row, pattern };
  return { ...row, pattern, eventSource: record.eventSource };
}
