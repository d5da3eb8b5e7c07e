import { expect } from 'chai';
import { recordOf, roleRecordOf } from './factories.ts';
import { naiveFlood } from './naiveFlood.ts';
import { keyHash, type NaiveEntry, naiveGroups } from './naiveGroups.ts';
import { naiveKey, naiveValues } from './naiveKey.ts';

const entryOf = (fields: Partial<NaiveEntry>): NaiveEntry => ({
  id: 'e',
  eventName: 'StopLogging',
  ...fields,
});

let number = 0;
/** A record of its own at a time of 2023-07-10, or at a whole one. */
const at = (time: string, fields: object = {}) =>
  recordOf({
    eventID: `event-${(number += 1)}`,
    eventTime: time.includes('T') ? time : `2023-07-10T${time}Z`,
    ...fields,
  });

/** The alerts as `END-OF-ID count FIRST LAST`, the end being what follows the key's hash. */
function told(entry: NaiveEntry, records: readonly ReturnType<typeof at>[]): string[] {
  return [...naiveGroups([entry], records).values()]
    .map(({ id, group }) => {
      const bucket = id.replace(/^e\/[0-9a-f]{16}\//, '').replace('2023-07-10T', '');
      const times = [group?.first, group?.last].map((time) => time?.slice(11, 19));
      return group === undefined ? bucket : `${bucket} ${group.count} ${times.join(' ')}`;
    })
    .sort();
}

const FIVE_IN_TEN = { count: 5, minutes: 10, by: [] };
const TWO_IN_TEN = { count: 2, minutes: 10, by: [] };

describe('naiveGroups', () => {
  it('gives each record an alert of its own without threshold, repeat and firstSeen', () => {
    const records = [at('12:00:00', { eventID: 'a' }), at('12:00:00', { eventID: 'b' })];
    const other = at('12:00:00', { eventName: 'DescribeTrails' });
    const twice = at('12:00:00', { eventID: 'c', sharedEventID: 'a' });
    expect([...naiveGroups([entryOf({})], [...records, other, twice])]).to.deep.equal([
      ['a/e', { id: 'a/e' }],
      ['b/e', { id: 'b/e' }],
    ]);
  });

  it('leaves out what is silent or off', () => {
    for (const mode of ['silent', 'off'] as const) {
      expect(told(entryOf({ mode }), [at('12:00:00')])).to.deep.equal([]);
    }
    expect(
      told(entryOf({ mode: 'alert', repeat: { by: [], minutes: 10 } }), [at('12:00:00')]),
    ).to.have.length(1);
  });

  it('opens a bucket with the N-th record in W, and counts all of the bucket', () => {
    const entry = entryOf({ threshold: FIVE_IN_TEN });
    const four = ['12:00:00', '12:01:00', '12:02:00', '12:03:00'].map((time) => at(time));
    expect(told(entry, four)).to.deep.equal([]);
    expect(told(entry, [...four, at('12:09:59')])).to.deep.equal(['12:00:00Z 5 12:00:00 12:09:59']);
    // In the next bucket: only the record itself is of it.
    expect(told(entry, [...four, at('12:10:00')])).to.deep.equal([]); // 12:00:00 is W ago: outside
    expect(told(entry, [at('12:00:01'), ...four.slice(1), at('12:10:00')])).to.deep.equal([
      '12:10:00Z 1 12:10:00 12:10:00',
    ]);
  });

  it('counts what does not cross, and looks back only', () => {
    const entry = entryOf({
      threshold: { count: 2, minutes: 1, by: [] },
      repeat: { by: [], minutes: 10 },
    });
    const records = ['12:00:00', '12:05:00', '12:05:59', '12:09:59', '12:10:58'].map((t) => at(t));
    expect(told(entry, records)).to.deep.equal([
      '12:00:00Z 4 12:00:00 12:09:59',
      '12:10:00Z 1 12:10:58 12:10:58',
    ]);
    expect(told(entry, [at('12:09:59'), at('12:10:59')])).to.deep.equal([]);
  });

  it('looks back over several buckets where W is longer than M', () => {
    const entry = entryOf({
      threshold: { count: 3, minutes: 10, by: [] },
      repeat: { by: [], minutes: 1 },
    });
    const records = ['12:00:30', '12:04:00', '12:08:00', '12:10:29', '12:10:30', '12:20:29'];
    expect(
      told(
        entry,
        records.map((time) => at(time)),
      ),
    ).to.deep.equal(['12:08:00Z 1 12:08:00 12:08:00', '12:10:00Z 2 12:10:29 12:10:30']);
  });

  it('makes one bucket a day of a day, in UTC', () => {
    const entry = entryOf({ repeat: { by: [], minutes: 1440 } });
    const records = ['2023-07-10T23:59:59Z', '2023-07-11T00:00:00Z', '2023-07-11T23:59:59Z'];
    expect(
      told(
        entry,
        records.map((time) => at(time)),
      ),
    ).to.deep.equal(['00:00:00Z 1 23:59:59 23:59:59', '2023-07-11T00:00:00Z 2 00:00:00 23:59:59']);
  });

  it('counts versions with one identity once, in each key that they have', () => {
    const entry = entryOf({ threshold: TWO_IN_TEN });
    const caller = at('12:00:00', { eventID: 'a' });
    const owner = at('12:00:05', {
      eventID: 'b',
      sharedEventID: 'a',
      sourceIPAddress: '192.0.2.9',
    });
    expect(told(entry, [caller, owner])).to.deep.equal([]);
    expect(told(entry, [caller, owner, at('12:01:00')])).to.deep.equal([
      '12:00:00Z 2 12:00:00 12:01:00',
    ]);
    const byIp = entryOf({ repeat: { by: ['sourceIPAddress'], minutes: 10 } });
    expect(told(byIp, [caller, owner])).to.deep.equal([
      '12:00:00Z 1 12:00:00 12:00:00',
      '12:00:00Z 1 12:00:05 12:00:05',
    ]);
  });

  it('counts the threshold per its own key and the alert per the key of repeat', () => {
    const entry = entryOf({
      threshold: { ...TWO_IN_TEN, by: ['sourceIPAddress'] },
      repeat: { by: [], minutes: 10 },
    });
    const ip = (sourceIPAddress: string) => ({ sourceIPAddress });
    const apart = [at('12:00:00', ip('192.0.2.1')), at('12:01:00', ip('192.0.2.2'))];
    expect(told(entry, apart)).to.deep.equal([]);
    expect(told(entry, [...apart, at('12:02:00', ip('192.0.2.2'))])).to.deep.equal([
      '12:00:00Z 3 12:00:00 12:02:00',
    ]);
  });

  it('counts distinct values, and leaves out a record without one', () => {
    const distinct = 'requestParameters.name';
    const entry = entryOf({ threshold: { ...TWO_IN_TEN, distinct } });
    const name = (value: unknown) => ({ requestParameters: { name: value } });
    const none = { requestParameters: null };
    expect(told(entry, [at('12:00:00', name('a')), at('12:00:01', name('a'))])).to.deep.equal([]);
    expect(told(entry, [at('12:00:00', none), at('12:00:01', none)])).to.deep.equal([]);
    const records = [at('12:00:00', none), at('12:00:01', name('7')), at('12:00:02', name(7))];
    expect(told(entry, [...records, at('12:00:03', none)])).to.deep.equal([
      '12:00:00Z 2 12:00:01 12:00:02',
    ]);
    const resources = [{ ARN: 'a' }, { ARN: 'b' }];
    const through = entryOf({ threshold: { ...TWO_IN_TEN, distinct: 'resources.ARN' } });
    expect(told(through, [at('12:00:00', { resources })])).to.deep.equal([
      '12:00:00Z 1 12:00:00 12:00:00',
    ]);
  });

  it('alerts for a record whose time cannot be read alone', () => {
    for (const eventTime of [undefined, '', 'yesterday', 7, '2023-07-10', '2023-13-10T00:00:00Z']) {
      const record = at('12:00:00', { eventTime, eventID: 'x' });
      const all = [record, at('12:00:00'), at('12:00:01')];
      expect(told(entryOf({ threshold: FIVE_IN_TEN }), all)).to.deep.equal(['x/e']);
      expect(
        told(entryOf({ firstSeen: { by: [], days: 3 }, since: '2023-07-10T00:00:00Z' }), all),
      ).to.deep.equal(['x/e']);
    }
  });

  it('makes a key of entry, W, M and the values, and its hash the id', () => {
    const threshold = { ...TWO_IN_TEN, by: ['sourceIPAddress', 'none'] };
    const records = [at('12:00:00'), at('12:00:01')];
    const idOf = (entry: NaiveEntry) => [...naiveGroups([entry], records).keys()].join();
    const id = (key: string, end: string) => `e/${keyHash(key)}/${end}`;
    const bucket = '2023-07-10T12:00:00Z';
    expect(keyHash('["e",10,10]')).to.equal('b740db04e98ea58a');
    expect(idOf(entryOf({ threshold: TWO_IN_TEN }))).to.equal(`e/b740db04e98ea58a/${bucket}`);
    expect(idOf(entryOf({ threshold }))).to.equal(id('["e",10,10,["192.168.10.20"],[]]', bucket));
    const repeat = { by: ['sourceIPAddress'], minutes: 60 };
    expect(idOf(entryOf({ threshold, repeat }))).to.equal(
      id('["e",10,60,["192.168.10.20"]]', bucket),
    );
    expect(idOf(entryOf({ repeat }))).to.equal(id('["e",null,60,["192.168.10.20"]]', bucket));
    expect(idOf(entryOf({ firstSeen: { by: ['awsRegion'], days: 1 } }))).to.equal(
      id('["e",null,null,["us-east-1"]]', '2023-07-10'),
    );
  });

  it('alerts on the first day of a key, and after more than D days without it', () => {
    const entry = entryOf({ firstSeen: { by: ['awsRegion'], days: 3 } });
    const days = (...numbers: string[]) => numbers.map((day) => at(`2023-07-${day}T23:59:59Z`));
    expect(told(entry, days('10', '13', '13', '16', '20', '24'))).to.deep.equal([
      '2023-07-10',
      '2023-07-20',
      '2023-07-24',
    ]);
    const other = at('2023-07-12T00:00:00Z', { awsRegion: 'eu-west-1' });
    expect(told(entry, [...days('11'), other])).to.deep.equal(['2023-07-11', '2023-07-12']);
  });

  it('only marks while learning, in whole days of event time', () => {
    const since = '2023-07-10T18:00:00Z';
    const days = (...numbers: string[]) => numbers.map((day) => at(`2023-07-${day}T00:00:00Z`));
    const firstSeen = { by: [], days: 3, learnDays: 2 };
    const entry = entryOf({ firstSeen, since });
    expect(told(entry, days('08', '11'))).to.deep.equal([]);
    expect(told(entry, days('12'))).to.deep.equal(['2023-07-12']);
    expect(told(entry, days('11', '14', '17'))).to.deep.equal([]);
    expect(told(entryOf({ firstSeen: { by: [], days: 3 }, since }), days('16'))).to.deep.equal([]);
    expect(told(entryOf({ firstSeen: { by: [], days: 3 }, since }), days('17'))).to.deep.equal([
      '2023-07-17',
    ]);
  });
});

describe('naiveKey', () => {
  const keyOf = (record: ReturnType<typeof at>, ...by: string[]) =>
    naiveKey({ id: 'e', minutes: null, bucket: 5, by }, record);

  it('tells absent, null, empty, text and number apart', () => {
    const valued = (name: unknown) => recordOf({ requestParameters: { name } });
    const path = 'requestParameters.name';
    for (const [value, text] of [
      [null, '[null]'],
      ['', '[""]'],
      ['7', '["7"]'],
      [7, '[7]'],
      [[], '[[]]'],
      [{ b: 1, a: { d: 2, c: [{ f: 3, e: 4 }] } }, '[{"a":{"c":[{"e":4,"f":3}],"d":2},"b":1}]'],
      [JSON.parse('{"b":1,"__proto__":2}'), '[{"__proto__":2,"b":1}]'],
    ]) {
      expect(keyOf(valued(value), path)).to.equal(`["e",null,5,${String(text)}]`);
    }
    expect(keyOf(recordOf({ requestParameters: null }), path, 'awsRegion')).to.equal(
      '["e",null,5,[],["us-east-1"]]',
    );
    expect(keyOf(recordOf(), 'awsRegion.length', 'constructor', 'userIdentity.toString')).to.equal(
      '["e",null,5,[],[],[]]',
    );
  });

  it('takes the array of what is found where the path leads through arrays', () => {
    const resources = [{ ARN: 'b' }, { type: 'x' }, [{ ARN: 'a' }, { ARN: ['c', 'd'] }]];
    expect(keyOf(recordOf({ resources }), 'resources.ARN')).to.equal(
      '["e",null,5,[["b","a",["c","d"]]]]',
    );
    expect(naiveValues(recordOf({ resources }), 'resources.ARN')).to.deep.equal([
      '"b"',
      '"a"',
      '"c"',
      '"d"',
    ]);
    expect(keyOf(recordOf({ resources: [{}] }), 'resources.ARN')).to.equal('["e",null,5,[]]');
    expect(naiveValues(recordOf({ resources: [] }), 'resources')).to.deep.equal([]);
  });

  it('knows the key of a principal, which a record cannot set', () => {
    const path = 'trailwatch.principal.key';
    const trailwatch = { principal: { key: 'forged' } };
    expect(keyOf(roleRecordOf({ trailwatch }), path)).to.equal(
      '["e",null,5,["arn:aws:iam::123837392027:role/Admin"]]',
    );
    expect(keyOf(recordOf(), path)).to.include('user/bert-jan');
    expect(keyOf(recordOf({ userIdentity: { accountId: '1' } }), path)).to.include('["1"]');
    expect(keyOf(recordOf({ userIdentity: null, trailwatch }), path)).to.equal('["e",null,5,[]]');
  });
});

describe('naiveFlood', () => {
  const entry = entryOf({ repeat: { by: ['sourceIPAddress'], minutes: 120 } });
  const ip = (index: number, time = '12:00:00') => at(time, { sourceIPAddress: `ip-${index}` });
  const countsOf = (records: readonly ReturnType<typeof at>[]) =>
    [...naiveGroups([entry], records, naiveFlood([entry], records)).values()]
      .map(({ group }) => group?.count ?? 0)
      .sort((a, b) => b - a);

  it('admits the first 200 keys of an hour for good, and counts the rest under one', () => {
    const records = Array.from({ length: 203 }, (_, index) => ip(index));
    const known = ip(0, '12:59:59');
    const counts = countsOf([...records, known, ip(203)]);
    expect(counts).to.have.length(201);
    expect(counts.slice(0, 3)).to.deep.equal([4, 2, 1]);
    expect(countsOf(records.slice(0, 200))).to.have.length(200);
  });

  it('begins anew with each hour, where a key once turned away is itself again', () => {
    const records = Array.from({ length: 201 }, (_, index) => ip(index));
    expect(countsOf([...records, ip(200, '13:00:00')])).to.deep.equal(Array(202).fill(1));
  });
});
