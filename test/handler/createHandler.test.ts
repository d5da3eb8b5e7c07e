import { expect } from 'chai';
import { createHandler } from '../../handler/createHandler.ts';
import { memoryOf, memoryPorts } from '../../scripts/memoryPorts.ts';
import { expectAlerts } from '../alertShape.ts';
import {
  contextOf,
  keyOf,
  logFileOf,
  queueEventOf,
  recordOf,
  rowOf,
  s3EventOf,
} from '../factories.ts';

const NOW = Date.parse('2023-07-10T12:26:00Z');
const BAD = keyOf('BADBADBADBADBADB');

interface Changes {
  readonly watchlist?: unknown[];
  readonly suppressions?: unknown[];
  readonly timeZone?: string;
}

function handlerWith(changes: Changes = {}) {
  const { watchlist = [rowOf()], suppressions = [], timeZone = 'UTC' } = changes;
  const memory = memoryOf({
    watchlist,
    accountAliases: [],
    suppressions,
    read: async ({ key }) =>
      logFileOf(key === BAD ? [] : [recordOf({ eventID: key.slice(-24, -8) })]),
    now: NOW,
  });
  const lines: string[] = [];
  const real = memoryPorts(memory);
  const leases: number[] = [];
  const ports = {
    ...real,
    getLogFile: async (...args: Parameters<typeof real.getLogFile>) =>
      args[0].key === BAD ? new Uint8Array() : real.getLogFile(...args),
    publish: async (...args: Parameters<typeof real.publish>) => {
      const failures = await real.publish(...args);
      expectAlerts(memory);
      return failures;
    },
    claim: async (...args: Parameters<typeof real.claim>) => {
      leases.push(args[1].endsAt);
      return real.claim(...args);
    },
  };
  const handler = createHandler(ports, {
    functionName: 'the-function',
    memoryMegabytes: 1024,
    timeZone,
    write: (line) => void lines.push(line),
  });
  const report = () => JSON.parse(lines.at(-1) ?? '{}') as Record<string, unknown>;
  return { handler, memory, report, lines, leases };
}

const rejection = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no error',
    (error: Error) => error.message,
  );

describe('createHandler', () => {
  it('answers SQS with the messages to deliver again', async () => {
    const { handler, memory } = handlerWith();
    const response = await handler(queueEventOf([keyOf(), BAD]), contextOf());
    expect(response).to.deep.equal({ batchItemFailures: [{ itemIdentifier: 'message-1' }] });
    expect(memory.published).to.have.length(1);
  });

  it('answers SQS with an empty list when all went well', async () => {
    const response = await handlerWith().handler(queueEventOf([keyOf()]), contextOf());
    expect(response).to.deep.equal({ batchItemFailures: [] });
  });

  it('finishes every log file of another caller, then throws if one failed', async () => {
    const { handler, memory, report } = handlerWith();
    const message = await rejection(handler(s3EventOf([BAD, keyOf()]), contextOf()));
    expect(message).to.match(/^not everything was processed/);
    expect(memory.published).to.have.length(1);
    expect(report()).to.deep.include({ logFiles: 2, logFilesFailed: 1 });
  });

  it('answers another caller with nothing when all went well', async () => {
    expect(await handlerWith().handler(s3EventOf([keyOf()]), contextOf())).to.equal(undefined);
  });

  it('claims for thirty seconds longer than the invocation may run', async () => {
    const { handler, leases } = handlerWith();
    await handler(queueEventOf([keyOf()]), contextOf(120_000));
    expect(leases).to.deep.equal([NOW / 1000 + 150]);
  });

  it('writes one report of everything counted', async () => {
    const { handler, lines, report } = handlerWith({ watchlist: [rowOf(), { id: 'bad' }] });
    await handler(queueEventOf([keyOf()]), contextOf());
    expect(lines).to.have.length(1);
    expect(report()).to.deep.include({
      FunctionName: 'the-function',
      messages: 1,
      alertsSent: 1,
      watchlistEntriesRefused: 1,
      watchlistEmpty: 0,
    });
  });

  it('keeps quiet what is suppressed, and counts that and what is no suppression', async () => {
    const planned = {
      id: 'planned',
      reason: 'migration',
      owner: 'platform',
      entries: ['trail-stopped'],
      expiresAt: NOW / 1000 + 86_400,
    };
    const { handler, memory, report } = handlerWith({ suppressions: [planned, { id: 'bad' }] });
    await handler(queueEventOf([keyOf()]), contextOf());
    expect(memory.published).to.deep.equal([]);
    expect(report()).to.deep.include({ alertsSuppressed: 1, alertsSent: 0 });
    expect(report()).to.deep.include({ suppressionsRefused: 1, suppressionRefreshesFailed: 0 });
  });

  it('fails the whole batch when there is no watchlist, and says why', async () => {
    const { memory } = handlerWith();
    const scanWatchlist = async () => {
      throw new Error('no such table');
    };
    const ports = { ...memoryPorts(memory), scanWatchlist };
    const settings = { functionName: 'f', memoryMegabytes: 1024, timeZone: 'UTC', write: () => {} };
    const failing = createHandler(ports, settings);
    expect(await rejection(failing(queueEventOf([keyOf()]), contextOf()))).to.equal(
      'no such table',
    );
    expect(memory.logged.map(({ level, message }) => [level, message])).to.deep.equal([
      ['error', 'watchlist could not be read; the batch fails'],
    ]);
  });

  it('renders mails with the time zone it is given', async () => {
    const { handler, memory } = handlerWith({ timeZone: 'Europe/Berlin' });
    await handler(queueEventOf([keyOf()]), contextOf());
    expect(memory.published[0]?.body).to.include('12:22:41 UTC (14:22 +02:00)');
  });

  it('limits a log file to a sixth of its memory', async () => {
    const { handler, memory } = handlerWith();
    const limits: number[] = [];
    const ports = memoryPorts(memory);
    const limited = createHandler(
      {
        ...ports,
        getLogFile: async (ref, maxBytes) => {
          limits.push(maxBytes);
          return ports.getLogFile(ref, maxBytes);
        },
      },
      { functionName: 'f', memoryMegabytes: 600, timeZone: 'UTC', write: () => {} },
    );
    await limited(queueEventOf([keyOf()]), contextOf());
    expect(limits).to.deep.equal([100 * 1024 * 1024]);
    expect(handler).to.be.a('function');
  });
});
