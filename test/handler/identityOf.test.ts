import { createHash } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { identityOf } from '../../handler/identityOf.ts';
import type { CloudTrailRecord } from '../../handler/readLogFile.ts';
import { bundledRecords } from '../bundledLogs.ts';
import { recordOf } from '../factories.ts';

const hashOf = (record: CloudTrailRecord) =>
  createHash('sha256').update(JSON.stringify(record)).digest('hex').slice(0, 32);

const updated = (fields: object) => ({ addendum: { reason: 'UPDATED_DATA', ...fields } });

describe('identityOf', () => {
  it('is the shared event id, else the original one of an update, else the event id', () => {
    const all = { ...updated({ originalEventID: 'original' }), eventID: 'own' };
    expect(identityOf(recordOf({ ...all, sharedEventID: 'shared' }))).to.equal('shared');
    expect(identityOf(recordOf(all))).to.equal('original');
    expect(identityOf(recordOf({ eventID: 'own' }))).to.equal('own');
  });

  it('is the own event id where an addendum is no update, or names no original', () => {
    const addenda = [
      updated({}),
      updated({ originalEventID: '' }),
      updated({ originalEventID: 7 }),
      { addendum: { reason: 'DELIVERY_DELAY', originalEventID: 'original' } },
      { addendum: { originalEventID: 'original' } },
      { addendum: 'UPDATED_DATA' },
      { addendum: null },
    ];
    for (const addendum of addenda) {
      expect(identityOf(recordOf({ ...addendum, eventID: 'own' }))).to.equal('own');
    }
  });

  it('passes over ids that are empty or no text', () => {
    for (const bad of ['', null, 7, ['x'], {}, true]) {
      expect(identityOf(recordOf({ sharedEventID: bad, eventID: 'own' }))).to.equal('own');
      const record = recordOf({ eventID: bad });
      expect(identityOf(record)).to.equal(hashOf(record));
    }
  });

  it('is the same hash of the content in every version of Trailwatch', () => {
    const record = {
      eventName: 'StopLogging',
      eventSource: 'cloudtrail.amazonaws.com',
      n: [1, 'ü'],
    };
    expect(identityOf(record)).to.equal('4edfd487782826d405c19f6ddf1ce29b');
  });

  it('is the hash of the content where an id could be no key', () => {
    const bad = ['a b', 'a\n', '\u001b[31m', 'ü', '\u202e', 'x'.repeat(201)];
    for (const eventID of bad) {
      const record = recordOf({ eventID });
      expect(identityOf(record)).to.equal(hashOf(record));
    }
    expect(identityOf(recordOf({ sharedEventID: 'a b', eventID: 'own' }))).to.equal('own');
    const longest = `!~${'x'.repeat(198)}`;
    expect(identityOf(recordOf({ eventID: longest }))).to.equal(longest);
  });

  it('is one for both real copies of one call, in two accounts', () => {
    const copies = bundledRecords('awsdocs', '2014/07/18');
    expect(copies.map(({ userIdentity }) => userIdentity)).to.have.length(2);
    expect(copies.map(identityOf)).to.deep.equal([
      'bEXAMPLE-efea-4a70-b951-19a88EXAMPLE',
      'bEXAMPLE-efea-4a70-b951-19a88EXAMPLE',
    ]);
  });

  it('is made from the content of a real record without id', () => {
    const [record = recordOf()] = bundledRecords('awsdocs', '2014/03/24');
    expect(record).to.not.have.property('eventID');
    expect(identityOf(record)).to.equal(hashOf(record));
  });

  it('is the event id of ordinary real records', () => {
    for (const record of bundledRecords('invictus')) {
      expect(identityOf(record)).to.equal(record['sharedEventID'] ?? record['eventID']);
    }
  });

  it('is the same for the same content, another for other content, and always fit for a key', () => {
    const id = fc.oneof(fc.uuid(), fc.string({ unit: 'binary' }), fc.jsonValue());
    const some = fc.record(
      {
        sharedEventID: id,
        eventID: id,
        addendum: fc.record({
          reason: fc.constantFrom('UPDATED_DATA', 'DELIVERY_DELAY'),
          originalEventID: id,
        }),
        requestParameters: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    const without = { sharedEventID: undefined, eventID: undefined, addendum: undefined };
    fc.assert(
      fc.property(some, (fields) => {
        const record = recordOf({ eventID: undefined, ...fields });
        const text = JSON.stringify(record);
        expect(identityOf(JSON.parse(text) as CloudTrailRecord)).to.equal(identityOf(record));
        expect(identityOf(record)).to.match(/^[\x21-\x7e]{1,200}$/);
        const plain = recordOf({ ...fields, ...without });
        const changed = recordOf({ ...fields, ...without, extra: 1 });
        expect(identityOf(plain)).to.match(/^[0-9a-f]{32}$/);
        expect(identityOf(plain)).to.not.equal(identityOf(changed));
      }),
    );
  });

  it('is stable for a record nested too deeply to be written as JSON', () => {
    const nested = (innermost: string, depth: number) =>
      JSON.parse(`${'['.repeat(depth)}"${innermost}"${']'.repeat(depth)}`) as unknown;
    const deep = (name: string) =>
      recordOf({ eventID: undefined, eventName: name, requestParameters: nested('x', 100_000) });
    expect(identityOf(deep('A'))).to.match(/^[0-9a-f]{32}$/);
    expect(identityOf(deep('A'))).to.equal(identityOf(deep('A')));
    expect(identityOf(deep('A'))).to.not.equal(identityOf(deep('B')));
  });
});
