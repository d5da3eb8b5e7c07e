import { expect } from 'chai';
import { compileWatchlist } from '../../handler/compileWatchlist.ts';
import type { Invocation } from '../../handler/invocation.ts';
import { processBatch } from '../../handler/processBatch.ts';
import { memoryOf, memoryPorts } from '../../scripts/memoryPorts.ts';
import { expectAlerts } from '../alertShape.ts';
import { keyOf, logFileOf, recordOf, rowOf, s3EventOf } from '../factories.ts';

const NOW = Date.parse('2023-07-10T12:26:00Z');
const INVOCATION: Invocation = {
  watchlist: compileWatchlist([rowOf()]),
  suppressions: [],
  aliases: new Map(),
  leaseEndsAt: NOW / 1000 + 150,
  maxLogFileBytes: 1_000_000,
  timeZone: 'UTC',
};

const GOOD = keyOf('GOODGOODGOODGOOD');
const BAD = keyOf('BADBADBADBADBADB');
const DIGEST = keyOf('DDDDDDDDDDDDDDDD', 'CloudTrail-Digest');
const INSIGHT = keyOf('IIIIIIIIIIIIIIII', 'CloudTrail-Insight');
const AGGREGATED = keyOf('GGGGGGGGGGGGGGGG', 'CloudTrail-Aggregated');

async function processed(bodies: readonly unknown[]) {
  let prepared = 0;
  const memory = memoryOf({
    watchlist: [],
    accountAliases: [],
    read: async ({ key }) => {
      if (key === BAD) throw new Error('NoSuchKey');
      return logFileOf([recordOf({ eventID: key.slice(-24, -8) })]);
    },
    now: NOW,
  });
  const messages = bodies.map((body, index) => ({ id: `m${index}`, body }));
  const result = await processBatch(messages, memoryPorts(memory), async () => {
    prepared += 1;
    return INVOCATION;
  });
  expectAlerts(memory);
  return { ...result, prepared, memory };
}

describe('processBatch', () => {
  it('does not let a digest take its neighbours with it', async () => {
    const { failed, tally, memory } = await processed([s3EventOf([DIGEST]), s3EventOf([GOOD])]);
    expect(failed).to.deep.equal([]);
    expect(tally).to.deep.include({ messages: 2, digestFiles: 1, logFiles: 1, alertsSent: 1 });
    expect(memory.published).to.have.length(1);
  });

  it('does the same when both are announced in one message', async () => {
    const { failed, tally } = await processed([
      s3EventOf([DIGEST, GOOD, INSIGHT, AGGREGATED, 'x/y']),
    ]);
    expect(failed).to.deep.equal([]);
    expect(tally).to.deep.include({
      digestFiles: 1,
      insightFiles: 1,
      aggregatedFiles: 1,
      foreignObjects: 1,
      logFiles: 1,
      alertsSent: 1,
    });
  });

  it('fails only the message whose log file failed, and finishes the files beside it', async () => {
    const { failed, tally } = await processed([s3EventOf([BAD, GOOD]), s3EventOf([keyOf()])]);
    expect(failed).to.deep.equal(['m0']);
    expect(tally).to.deep.include({
      logFiles: 3,
      logFilesFailed: 1,
      messagesFailed: 1,
      alertsSent: 2,
    });
  });

  it('fails a message that it does not understand, and says so', async () => {
    const { failed, memory, prepared } = await processed(['{"hello":1}', 'hello']);
    expect(failed).to.deep.equal(['m0', 'm1']);
    expect(memory.logged.map(({ message }) => message)).to.deep.equal([
      'notification not understood',
      'notification not understood',
    ]);
    expect(prepared).to.equal(0);
  });

  it('processes what it understands of a message, and still fails it', async () => {
    const body = s3EventOf([GOOD]) as { Records: unknown[] };
    const { failed, memory } = await processed([{ Records: [...body.Records, { odd: true }] }]);
    expect(failed).to.deep.equal(['m0']);
    expect(memory.published).to.have.length(1);
  });

  it('prepares once, before the first log file, and not for a test event', async () => {
    expect((await processed([{ Event: 's3:TestEvent' }, s3EventOf([DIGEST])])).prepared).to.equal(
      0,
    );
    expect((await processed([s3EventOf([GOOD]), s3EventOf([GOOD])])).prepared).to.equal(1);
  });

  it('throws what prepare throws', async () => {
    const ports = memoryPorts(
      memoryOf({ watchlist: [], accountAliases: [], read: async () => new Uint8Array(), now: NOW }),
    );
    const failing = processBatch([{ id: 'm', body: s3EventOf([GOOD]) }], ports, async () => {
      throw new Error('no watchlist');
    });
    const reason = await failing.then(
      () => 'no error',
      (error: Error) => error.message,
    );
    expect(reason).to.equal('no watchlist');
  });
});
