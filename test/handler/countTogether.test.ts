import { expect } from 'chai';
import { compileAccountAliases } from '../../handler/accountAlias.ts';
import { compileWatchlist } from '../../handler/compileWatchlist.ts';
import { eventSeconds } from '../../handler/eventSeconds.ts';
import type { Ports } from '../../handler/ports.ts';
import { processLogFile } from '../../handler/processLogFile.ts';
import { type Memory, memoryOf, memoryPorts } from '../../scripts/memoryPorts.ts';
import { copiesOf } from '../../scripts/showAlert.ts';
import { expectAlert, expectAlerts } from '../alertShape.ts';
import { ACCOUNT, BUCKET, keyOf, logFileOf, recordOf, rowOf } from '../factories.ts';

const NOW = Date.parse('2023-07-10T13:26:00Z');

const fresh = (watchlist: readonly unknown[]): Memory =>
  memoryOf({ watchlist, accountAliases: [], read: async () => new Uint8Array(), now: NOW });

async function deliver(memory: Memory, records: readonly unknown[], changes: Partial<Ports> = {}) {
  const bytes = logFileOf(records);
  memory.now = records
    .map((record) => 1000 * (eventSeconds(record) ?? 0))
    .reduce((a, b) => Math.max(a, b), memory.now);
  const ports = { ...memoryPorts(memory), getLogFile: async () => bytes, ...changes };
  const ref = { bucket: BUCKET, key: keyOf() };
  const tally = await processLogFile(ref, ACCOUNT, ports, {
    watchlist: compileWatchlist(memory.watchlist),
    suppressions: [],
    aliases: compileAccountAliases([]).byAccountId,
    leaseEndsAt: NOW / 1000 + 150,
    maxLogFileBytes: 50_000_000,
    timeZone: 'UTC',
  });
  expectAlerts(memory);
  return tally;
}

const at = (seconds: number, fields = {}) =>
  recordOf({
    eventID: `e${seconds}`,
    eventTime: new Date(Date.parse('2023-07-10T12:00:00Z') + seconds * 1000).toISOString(),
    ...fields,
  });
const many = (count: number, fields: (index: number) => object = () => ({})) =>
  Array.from({ length: count }, (_, index) => at(index, fields(index)));
const alertsIn = ({ published }: Memory) =>
  published.map((message) => ({
    ...expectAlert(copiesOf(message).default),
    mail: copiesOf(message).email,
    subject: message.subject,
  }));

const REPEAT = rowOf({ id: 'repeat', repeat: { by: ['recipientAccountId'], minutes: 60 } });

describe('countTogether', () => {
  it('makes one alert of a flood, with its count, follow-ups and what was before', async () => {
    const memory = fresh([REPEAT]);
    const first = await deliver(memory, many(5));
    const single = fresh([REPEAT]);
    await deliver(single, many(1));
    // What the mail has said before is not said again.
    expect(alertsIn(single)[0]?.mail).to.match(/\nCount +1 from .*\nBy /);
    expect(first).to.deep.include({ matches: 5, matchesCounted: 5, groupsOpened: 1, followUps: 0 });
    expect(first).to.deep.include({ alertsSent: 0, groupsFailed: 0, logFilesFailed: 0 });
    await deliver(memory, many(12));
    await deliver(memory, many(3000));
    await deliver(memory, many(3000));
    await deliver(memory, [at(3600)]);
    const alerts = alertsIn(memory);
    expect(
      alerts.map(({ followsUp, group }) => [followsUp?.at, group?.countIsAbout]),
    ).to.deep.equal([
      [undefined, undefined],
      [10, undefined],
      [1000, true],
      [undefined, undefined],
    ]);
    const [opened, ten, thousand, next] = alerts;
    expect(opened?.id).to.match(/^repeat\/[0-9a-f]{16}\/2023-07-10T12:00:00Z$/);
    expect(opened?.thread).to.equal(opened?.id.replace(/\/2023.*/, ''));
    expect(opened?.group).to.deep.include({
      by: { recipientAccountId: ACCOUNT },
      count: 5,
      first: '2023-07-10T12:00:00Z',
      last: '2023-07-10T12:00:04Z',
      start: '2023-07-10T12:00:00Z',
      end: '2023-07-10T13:00:00Z',
    });
    expect(opened?.group?.examples).to.have.length(3);
    expect(opened?.subject).to.equal(
      `CRITICAL 5x CloudTrail logging stopped - ${ACCOUNT} - bert-jan`,
    );
    expect(ten?.subject).to.equal(`Re: ${opened?.subject}`);
    expect(ten?.record).to.have.property('omitted', true);
    expect(ten?.mail).to.match(
      /^More of an alert that you have: 12 times by now, past the mark of 10\.\n/,
    );
    expect(thousand?.group?.count).to.be.within(2700, 3300);
    expect(thousand?.mail).to.match(/Count {4}about [23],\d{3} from/);
    expect(next?.group?.previous?.count).to.equal(thousand?.group?.count);
    expect(next?.group?.previous?.first).to.equal('2023-07-10T12:00:00Z');
    expect(next?.mail).to.match(/Before {3}[23],\d{3} from/);
    const writes = [...memory.state.values()].flatMap((items) => [...items.values()]);
    expect(
      writes.reduce((sum, { v }) => sum + v, 0),
      'versions written',
    ).to.be.below(8);
  });

  it('tells all of the alert before, however many keys it had', async () => {
    const threshold = { count: 1, minutes: 60, by: ['recipientAccountId', 'awsRegion'] };
    const repeat = { by: ['recipientAccountId'], minutes: 60 };
    const memory = fresh([rowOf({ id: 'many-keys', threshold, repeat })]);
    await deliver(
      memory,
      many(30, (index) => ({ awsRegion: `region-${index}` })),
    );
    await deliver(memory, [at(3600)]);
    expect(alertsIn(memory).map(({ group }) => group?.previous?.count)).to.deep.equal([
      undefined,
      30,
    ]);
  });

  it('waits for a threshold, and counts different values', async () => {
    const threshold = { count: 3, minutes: 10, by: [], distinct: 'requestParameters.name' };
    const memory = fresh([rowOf({ id: 'distinct', threshold })]);
    const named = (count: number) =>
      many(count, (index) => ({ requestParameters: { name: [`trail ${index % 4}`] } }));
    await deliver(memory, [
      ...named(2),
      at(50, { requestParameters: null }),
      at(51, { requestParameters: { name: [] } }),
    ]);
    expect(memory.published).to.deep.equal([]);
    await deliver(memory, named(9));
    const [alert] = alertsIn(memory);
    expect(alert?.group).to.deep.include({ count: 9, distinct: 4, by: {} });
    expect(alert?.group?.threshold).to.deep.equal({
      count: 3,
      minutes: 10,
      distinct: 'requestParameters.name',
    });
    expect(alert?.mail).to.include(', 4 different requestParameters.name; told again at 10\n');
    expect(alert?.mail).to.include('\nTold at  3 different requestParameters.name within 10 min\n');
  });

  it('tells of what is new, and of what was long ago', async () => {
    const firstSeen = { by: ['awsRegion'], days: 30 };
    const memory = fresh([rowOf({ id: 'new', firstSeen })]);
    const later = 40 * 86_400;
    await deliver(memory, [at(0), at(1), at(1), at(later)]);
    // One second, two events: the smaller id opens, in whatever order they stand.
    await deliver(memory, [at(2 * later, { eventID: 'b' }), at(2 * later, { eventID: 'a' })]);
    const alerts = alertsIn(memory);
    expect(alerts.pop()?.event.id).to.equal('a');
    expect(alerts.map(({ id }) => id.replace(/\/\w+\//, '/'))).to.deep.equal([
      'new/2023-07-10',
      'new/2023-08-19',
    ]);
    const by = { awsRegion: 'us-east-1' };
    expect(alerts.map((alert) => alert.firstSeen)).to.deep.equal([
      { by, days: 30 },
      { by, days: 30, lastSeen: '2023-07-10' },
    ]);
    expect(alerts[0]?.mail).to.include(
      'New      not seen for 30 days (never before)\nBy       awsRegion us-east-1\n',
    );
    expect(alerts[1]?.mail).to.include('(last on 2023-07-10)');
  });

  it('learns first, from when the entry was seeded', async () => {
    const firstSeen = { by: ['awsRegion'], days: 30, learnDays: 2 };
    const memory = fresh([rowOf({ id: 'new', firstSeen, since: '2023-07-10T00:00:00Z' })]);
    const DAY = 86_400;
    await deliver(memory, [at(0), at(DAY), at(2 * DAY), at(2 * DAY, { awsRegion: 'eu-west-1' })]);
    expect(alertsIn(memory).map(({ event }) => event.region)).to.deep.equal(['eu-west-1']);
  });

  it('learns each event name from when its row was seeded, in whatever order records come', async () => {
    const firstSeen = { by: ['awsRegion'], days: 30 };
    const rows = [
      rowOf({ id: 'new', firstSeen, since: '2022-01-01T00:00:00Z' }),
      rowOf({ id: 'new', eventName: 'DeleteTrail', firstSeen, since: '2023-07-09T00:00:00Z' }),
    ];
    const learnt = at(1, { eventName: 'DeleteTrail', awsRegion: 'eu-west-1' });
    for (const records of [
      [at(0), learnt],
      [learnt, at(0)],
      [at(2), learnt],
    ]) {
      const memory = fresh(rows);
      await deliver(memory, records);
      expect(alertsIn(memory).map(({ event }) => event.region)).to.deep.equal(['us-east-1']);
    }
  });

  it('asks State a few times only for thousands of new keys in one file', async () => {
    const memory = fresh([rowOf({ id: 'new', firstSeen: { by: ['awsRegion'], days: 30 } })]);
    const { readState, writeState } = memoryPorts(memory);
    const calls = { reads: 0, writes: 0 };
    const counting: Partial<Ports> = {
      readState: async (range) => {
        if (!range.key.startsWith('seen#')) calls.reads += 1;
        return readState(range);
      },
      writeState: async (item, over) => {
        calls.writes += 1;
        return writeState(item, over);
      },
    };
    const records = many(3000, (index) => ({ awsRegion: `r${index}` }));
    await deliver(memory, records, counting);
    // The hour's keys once, and a claim to look at for each of 200 keys and all others together.
    expect(calls).to.deep.equal({ reads: 1 + 201, writes: 1 + 200 });
    expect(memory.published).to.have.length(201);
    await deliver(memory, records);
    expect(memory.published).to.have.length(201);
  });

  it('tells no alert of a month twice, however late its last file', async () => {
    const memory = fresh([rowOf({ repeat: { by: [], minutes: 31 * 24 * 60 } })]);
    const DAY = 86_400;
    await deliver(memory, [at(0)]);
    memory.now += 46 * DAY * 1000;
    await deliver(memory, [at(12 * DAY)]); // of the same month by the clock of buckets
    expect(memory.published).to.have.length(1);
  });

  it('shows one example of a record that comes in versions, and writes nothing when they come again', async () => {
    const memory = fresh([REPEAT]);
    const versions = ['AccessDenied', undefined].map((errorCode) =>
      at(0, { eventID: `of ${errorCode}`, sharedEventID: 'shared', errorCode }),
    );
    for (const version of versions) await deliver(memory, [version]);
    const written = JSON.stringify([...memory.state].map(([key, items]) => [key, [...items]]));
    for (const version of versions) await deliver(memory, [version]);
    expect(JSON.stringify([...memory.state].map(([key, items]) => [key, [...items]]))).to.equal(
      written,
    );
    await deliver(
      memory,
      many(10, (index) => ({ eventID: `other ${index}` })),
    );
    const examples = alertsIn(memory)
      .at(-1)
      ?.group?.examples.map(({ eventId }) => eventId);
    expect(examples).to.deep.equal(['of AccessDenied', 'other 0', 'other 1']);
  });

  it('counts all keys over 200 in an hour together, and says so', async () => {
    const by = ['requestParameters.name'];
    const memory = fresh([
      rowOf({ id: 'counted', repeat: { by, minutes: 60 } }),
      rowOf({ id: 'new', firstSeen: { by, days: 30 } }),
    ]);
    const tally = await deliver(
      memory,
      many(210, (index) => ({ requestParameters: { name: `n${index}` } })),
    );
    expect(tally.groupsOpened).to.equal(402);
    const alerts = alertsIn(memory);
    const others = alerts.filter(
      ({ group, firstSeen }) => group?.otherKeys ?? firstSeen?.otherKeys,
    );
    expect(others.map(({ entry, group }) => [entry.id, group?.count])).to.deep.equal([
      ['counted', 10],
      ['new', undefined],
    ]);
    for (const { mail } of others) expect(mail).to.include('over 200 different keys in one hour');
  });

  it('counts a log file with more records than a call takes arguments', async () => {
    const firstSeen = { by: [], days: 30 };
    const threshold = { count: 3, minutes: 10, by: [] };
    const memory = fresh([rowOf({ id: 'counted', threshold }), rowOf({ id: 'new', firstSeen })]);
    const eventTime = '2023-07-10T12:00:00Z';
    const small = Array.from({ length: 200_000 }, (_, index) => {
      const { eventSource, eventName } = rowOf();
      return { eventID: `e${index}`, eventTime, eventSource, eventName };
    });
    const tally = await deliver(memory, small);
    expect(tally).to.deep.include({ groupsOpened: 2, groupsFailed: 0, matchesCounted: 400_000 });
  });

  it('is silent where the entry is, and warm for the day that it speaks', async () => {
    const memory = fresh([{ ...REPEAT, mode: 'silent' }, rowOf({ id: 'alone', mode: 'silent' })]);
    const tally = await deliver(memory, many(12));
    expect(tally).to.deep.include({ matchesCounted: 24, alertsSent: 0, logFilesFailed: 0 });
    expect(tally).to.deep.include({ groupsOpened: 0, followUps: 0 });
    expect(memory.published).to.deep.equal([]);
    const speaking = { ...memory, watchlist: [REPEAT, rowOf({ id: 'alone' })] };
    const again = await deliver(speaking, many(12));
    expect(again).to.deep.include({ alertsSent: 0, alertsSentBefore: 12, groupsOpened: 0 });
    await deliver(speaking, many(120));
    const alerts = alertsIn(memory).filter(({ entry }) => entry.id === 'repeat');
    expect(alerts.map(({ followsUp }) => followsUp?.at)).to.deep.equal([100]);
    expect(alerts[0]?.subject).to.match(/^Re: CRITICAL 120x/);
  });

  it('costs its own entry when State is away, and the log file comes again', async () => {
    const other = rowOf({ id: 'other', repeat: { by: [], minutes: 60 } });
    const memory = fresh([REPEAT, other, rowOf({ id: 'alone' })]);
    const real = memoryPorts(memory);
    const writeState: Ports['writeState'] = async (item, over) => {
      if (item.key.startsWith('group#other')) throw new Error('DynamoDB is away');
      return real.writeState(item, over);
    };
    const tally = await deliver(memory, many(3), { writeState });
    expect(tally).to.deep.include({
      groupsOpened: 1,
      groupsFailed: 1,
      alertsSent: 3,
      logFilesFailed: 1,
    });
    expect((await deliver(memory, many(3))).groupsOpened).to.equal(1);
  });

  it('fails what it cannot claim, or render, or what others keep telling', async () => {
    const memory = fresh([REPEAT]);
    const held: Ports['claim'] = async () => 'held by another';
    expect((await deliver(memory, many(3), { claim: held })).groupsFailed).to.equal(1);
    const told: Ports['claim'] = async () => 'sent before';
    expect((await deliver(memory, many(3), { claim: told })).groupsFailed).to.equal(1);
    const now = () => {
      throw new Error('no clock');
    };
    expect((await deliver(memory, many(3), { now })).logFilesFailed).to.equal(1);
    const readState: Ports['readState'] = async (range) => {
      if (range.key.startsWith('alert#')) throw new Error('DynamoDB is away');
      return memoryPorts(memory).readState(range);
    };
    expect((await deliver(memory, many(3), { readState })).groupsFailed).to.equal(1);
  });
});
