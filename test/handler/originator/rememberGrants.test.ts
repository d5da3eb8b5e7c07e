import { expect } from 'chai';
import { LATE, rememberGrants } from '../../../handler/originator/rememberGrants.ts';
import type { Ports } from '../../../handler/ports.ts';
import { type Memory, memoryOf, memoryPorts } from '../../../scripts/memoryPorts.ts';
import { recordOf } from '../../factories.ts';

const BEGIN = '2023-07-10T12:20:00Z';
const SECONDS = Date.parse(BEGIN) / 1000;
const HOUR = 3600;

const keyAt = (number: number) => `ASIATFQR7NSC${String(number).padStart(5, '0')}V5L`;

/** A call of AssumeRole that gives out a key, and nothing else to link by. */
const grantAt = (number: number, fields: object = {}, expiration = '2023-07-10T13:20:00Z') =>
  recordOf({
    eventID: `e${number}`,
    eventTime: BEGIN,
    eventSource: 'sts.amazonaws.com',
    eventName: 'AssumeRole',
    responseElements: { credentials: { accessKeyId: keyAt(number), expiration } },
    ...fields,
  });

const fresh = (): Memory =>
  memoryOf({
    watchlist: [],
    accountAliases: [],
    read: async () => new Uint8Array(),
    now: SECONDS * 1000,
  });

const remember = (
  memory: Memory,
  records: Parameters<typeof rememberGrants>[0],
  more: Partial<Ports> = {},
) => rememberGrants(records, { ...memoryPorts(memory), ...more });

describe('rememberGrants', () => {
  it('writes each grant under each of its links, and answers with what stands there', async () => {
    const memory = fresh();
    const principal = 'AROATFQR7NSC2FYAGA6MT:deploy-42';
    const record = grantAt(1, {
      responseElements: {
        credentials: { accessKeyId: keyAt(1) },
        assumedRoleUser: { assumedRoleId: principal },
      },
    });
    const { items, ...counts } = await remember(memory, [recordOf(), record, grantAt(2)]);
    expect(counts).to.deep.equal({ written: 3, failed: 0, leftOut: 0 });
    const links = [keyAt(1), `${principal}#${BEGIN}`, keyAt(2)];
    expect(items.map(({ link }) => link)).to.deep.equal(links);
    expect([...memory.sessions.keys()]).to.deep.equal(links);
    expect(items.map(({ grants }) => grants.map(({ eventId }) => eventId))).to.deep.equal([
      ['e1'],
      ['e1'],
      ['e2'],
    ]);
    expect(memory.logged).to.deep.equal([]);
  });

  it('answers with the alerts that wait', async () => {
    const memory = fresh();
    await memoryPorts(memory).addToSession(keyAt(1), { waiter: 'x/1' }, SECONDS + HOUR);
    const { items } = await remember(memory, [grantAt(1)]);
    expect(items.map(({ waiters }) => waiters)).to.deep.equal([['x/1']]);
  });

  it('writes nothing where nothing is granted', async () => {
    const memory = fresh();
    const nothing = { written: 0, failed: 0, leftOut: 0, items: [] };
    expect(await remember(memory, [])).to.deep.equal(nothing);
    expect(await remember(memory, [recordOf()])).to.deep.equal(nothing);
    expect(memory.sessions.size).to.equal(0);
  });

  it('keeps a grant as long after the end of its credentials, or after now, as files may be late', async () => {
    const cases: [string, object, string | undefined, number][] = [
      ['its end', {}, '2023-07-10T15:20:00Z', 3 * HOUR],
      ['an end in the past', { eventTime: '2023-07-01T00:00:00Z' }, '2023-07-01T01:00:00Z', 0],
      ['an end in far future', {}, 'Jul 10, 9999, 1:20:00 PM', 36 * HOUR],
      ['a call in far future', { eventTime: '9998-07-10T12:20:00Z' }, undefined, 36 * HOUR],
    ];
    for (const [what, fields, expiration, after] of cases) {
      const memory = fresh();
      await remember(memory, [grantAt(1, fields, expiration)]);
      const kept = (memory.sessions.get(keyAt(1))?.expiresAt ?? 0) - SECONDS - LATE;
      expect(kept, what).to.equal(after);
    }
  });

  it('says how often writing failed, and writes the others', async () => {
    const memory = fresh();
    const { addToSession } = memoryPorts(memory);
    const broken: Ports['addToSession'] = async (link, ...more) => {
      if (link === keyAt(2)) throw new Error('no table');
      return addToSession(link, ...more);
    };
    const records = [1, 2, 3].map((number) => grantAt(number));
    const { items, ...counts } = await remember(memory, records, { addToSession: broken });
    expect(counts).to.deep.equal({ written: 2, failed: 1, leftOut: 0 });
    expect(items.map(({ link }) => link)).to.deep.equal([keyAt(1), keyAt(3)]);
    expect(memory.logged.map(({ level, message }) => `${level} ${message}`)).to.deep.equal([
      'error session could not be remembered',
    ]);
  });

  it('writes so many links of a log file and no more, ten at once, and says so', async () => {
    const memory = fresh();
    const { addToSession } = memoryPorts(memory);
    let open = 0;
    let most = 0;
    const counting: Ports['addToSession'] = async (...args) => {
      open += 1;
      most = Math.max(most, open);
      const answer = await addToSession(...args);
      open -= 1;
      return answer;
    };
    const records = Array.from({ length: 100_000 }, (_, number) => grantAt(number));
    const { items, ...counts } = await remember(memory, records, { addToSession: counting });
    expect(counts).to.deep.equal({ written: 5000, failed: 0, leftOut: 95_000 });
    expect(items).to.have.length(5000);
    expect(most).to.be.at.most(10);
    expect(memory.logged).to.deep.equal([
      { level: 'warn', message: 'too many sessions in a log file', leftOut: 95_000 },
    ]);
    const exact = await remember(fresh(), records.slice(0, 5000));
    expect(exact.leftOut).to.equal(0);
  });

  it('writes the same whatever comes twice', async () => {
    const memory = fresh();
    const records = [grantAt(1), grantAt(1), grantAt(2)];
    await remember(memory, records);
    const before = structuredClone(memory.sessions);
    memory.now += 1000;
    const { items } = await remember(memory, records.toReversed());
    expect(memory.sessions).to.deep.equal(before);
    expect(items.map(({ grants }) => grants.length)).to.deep.equal([1, 1, 1]);
  });
});
