import { gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import { grow } from '../../bench/grow.ts';
import { growLogFile, growLogFiles } from '../../bench/growLogFiles.ts';
import { type CloudTrailRecord, readLogFile } from '../../handler/readLogFile.ts';
import { recordOf } from '../factories.ts';

const LIMIT = 10_000_000;
const quiet = ['DescribeInstances', 'ListBuckets', 'GetObject'].map((eventName) =>
  recordOf({ eventName, requestID: 'P9QX4Z8D0J7W2RTB' }),
);
const bundled = [recordOf({ sharedEventID: '0b1c' }), ...quiet];
const growth = {
  oneIn: 20,
  isMatching: ({ eventName }: CloudTrailRecord) => eventName === 'StopLogging',
};

function grown(count: number): CloudTrailRecord[] {
  const records = grow(bundled, growth);
  return Array.from({ length: count }, () => records.next().value);
}

describe('grow', () => {
  it('gives as many records as are taken, one in so many matching', () => {
    const records = grown(2000);
    expect(records).to.have.length(2000);
    expect(records.filter(growth.isMatching)).to.have.length(100);
  });

  it('has the matching ones anywhere among the others', () => {
    const places = grown(2000).flatMap((record, i) => (growth.isMatching(record) ? [i % 20] : []));
    expect(new Set(places).size).to.be.greaterThan(10);
  });

  it('gives every record ids of its own, of the same length and shape', () => {
    const records = grown(2000);
    expect(new Set(records.map((record) => record['eventID'])).size).to.equal(2000);
    const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
    for (const record of records) expect(record['eventID']).to.match(uuid);
    const other = records.find(({ eventName }) => eventName === 'ListBuckets');
    expect(other?.['requestID']).to.match(/^[0-9A-F]{16}$/);
    const shared = records.filter(growth.isMatching).map((record) => record['sharedEventID']);
    expect(new Set(shared).size).to.equal(100);
  });

  it('leaves all else as it is, and adds no id that was not there', () => {
    const [, first] = grown(2000).filter(({ eventName }) => eventName === 'DescribeInstances');
    const ids = { eventID: '', requestID: '' };
    expect({ ...first, ...ids }).to.deep.equal({ ...quiet[0], ...ids });
  });

  it('is the same each time', () => {
    expect(grown(500)).to.deep.equal(grown(500));
  });
});

describe('growLogFiles', () => {
  it('makes log files of the given sizes, over and over, with all records', () => {
    const { files, records, jsonBytes } = growLogFiles(grow(bundled, growth), 100, [7, 30]);
    const sizes = files.map((bytes) => readLogFile(bytes, LIMIT).records.length);
    expect(sizes).to.deep.equal([7, 30, 7, 30, 7, 19]);
    expect(records).to.equal(100);
    const inflated = files.map((bytes) => gunzipSync(bytes).length);
    expect(jsonBytes).to.equal(inflated.reduce((sum, size) => sum + size));
  });

  it('makes one log file of so many bytes or a little more', () => {
    const { files, records, jsonBytes } = growLogFile(grow(bundled, growth), 100_000);
    expect(jsonBytes).to.be.within(100_000, 102_000);
    expect(files.map((bytes) => readLogFile(bytes, LIMIT).records.length)).to.deep.equal([records]);
  });
});
