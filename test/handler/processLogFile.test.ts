import { expect } from 'chai';
import { compileAccountAliases } from '../../handler/accountAlias.ts';
import { compileWatchlist } from '../../handler/compileWatchlist.ts';
import { processLogFile } from '../../handler/processLogFile.ts';
import { type Memory, memoryOf, memoryPorts } from '../../scripts/memoryPorts.ts';
import { memoryState } from '../../scripts/memoryState.ts';
import { expectAlerts } from '../alertShape.ts';
import { ACCOUNT, BUCKET, keyOf, logFileOf, recordOf, rowOf } from '../factories.ts';

const NOW = Date.parse('2023-07-10T12:26:00Z');
const REF = { bucket: BUCKET, key: keyOf() };

async function processed(bytes: Uint8Array, changes: Partial<Memory> = {}, accountId = ACCOUNT) {
  const memory = memoryOf({
    watchlist: [rowOf(), rowOf({ id: 'any-trail-change', severity: 'low' })],
    accountAliases: [{ accountId: ACCOUNT, alias: 'acme-prod' }],
    read: async () => bytes,
    now: NOW,
    ...changes,
  });
  const tally = await processLogFile(REF, accountId, memoryPorts(memory), {
    watchlist: compileWatchlist(memory.watchlist),
    suppressions: [],
    aliases: compileAccountAliases(memory.accountAliases).byAccountId,
    leaseEndsAt: NOW / 1000 + 150,
    maxLogFileBytes: 1_000_000,
    timeZone: 'UTC',
  });
  expectAlerts(memory);
  return { tally, memory, ids: memory.published.map(({ id }) => id) };
}

describe('processLogFile', () => {
  it('counts every record and every match once', async () => {
    const records = [
      recordOf({ eventID: 'e1' }),
      recordOf({ eventID: 'e1' }), // delivered twice in one file
      recordOf({ eventID: 'e2', eventName: 'DescribeTrails', recipientAccountId: undefined }),
      recordOf({ eventID: 'e3', recipientAccountId: '999999999999' }),
      null,
    ];
    const { tally, ids } = await processed(logFileOf(records));
    expect(tally).to.deep.include({
      logFiles: 1,
      logFilesFailed: 0,
      recordsRead: 5,
      recordsMatched: 3,
      recordsUnmatched: 1,
      recordsMalformed: 1,
      recordsOfOtherAccounts: 1,
      matches: 6,
      alertsSent: 4,
      alertsSentBefore: 2,
      alertsFailed: 0,
    });
    expect(ids).to.deep.equal([
      'e1/any-trail-change',
      'e1/trail-stopped',
      'e3/any-trail-change',
      'e3/trail-stopped',
    ]);
  });

  it('gives the alert the log file, the alias and the time', async () => {
    const { memory } = await processed(logFileOf([recordOf()]));
    const { default: json } = JSON.parse(memory.published[0]?.body ?? '') as { default: string };
    const alert = JSON.parse(json) as Record<string, unknown>;
    expect(alert).to.deep.include({
      account: { id: ACCOUNT, alias: 'acme-prod' },
      published: '2023-07-10T12:26:00.000Z',
    });
    expect(alert['links']).to.deep.include({ logFile: `s3://${BUCKET}/${REF.key}` });
  });

  it('names bucket, key and reason of a file that cannot be read, and none of its content', async () => {
    const { tally, memory } = await processed(new TextEncoder().encode('secret'));
    expect(tally).to.deep.include({ logFiles: 1, logFilesFailed: 1, recordsRead: 0 });
    const [line] = memory.logged;
    expect(line).to.deep.include({ level: 'error', bucket: BUCKET, key: REF.key });
    expect(String(line?.['error'])).to.equal('Error: not gzip');
  });

  it('fails the file, not the run, when it cannot be downloaded', async () => {
    const read = async () => {
      throw new Error('AccessDenied');
    };
    const { tally } = await processed(new Uint8Array(), { read });
    expect(tally.logFilesFailed).to.equal(1);
  });

  it('fails the file when one alert could not go out, and counts the others', async () => {
    const held: Memory['state'] = new Map();
    const others = memoryState(
      held,
      () => NOW,
      async () => {},
    );
    await others.claim({ id: 'e1/trail-stopped', part: 'alert' }, { owner: 'x', endsAt: NOW });
    const bytes = logFileOf([recordOf({ eventID: 'e1' })]);
    const { tally, ids } = await processed(bytes, { state: held });
    expect(tally).to.deep.include({
      logFilesFailed: 1,
      matches: 2,
      alertsSent: 1,
      alertsFailed: 1,
    });
    expect(ids).to.deep.equal(['e1/any-trail-change']);
  });

  it('loses no neighbour of an alert that cannot be rendered, and fails the file', async () => {
    // A time zone that does not exist fails the rendering of a time, so of the first record alone.
    const bytes = logFileOf([
      recordOf({ eventID: 'e1' }),
      recordOf({ eventID: 'e2', eventTime: '?' }),
    ]);
    const memory = memoryOf({
      watchlist: [rowOf()],
      accountAliases: [],
      read: async () => bytes,
      now: NOW,
    });
    const tally = await processLogFile(REF, ACCOUNT, memoryPorts(memory), {
      watchlist: compileWatchlist(memory.watchlist),
      suppressions: [],
      aliases: new Map(),
      leaseEndsAt: NOW / 1000 + 150,
      maxLogFileBytes: 1_000_000,
      timeZone: 'Nowhere/None',
    });
    expect(tally).to.deep.include({
      logFilesFailed: 1,
      matches: 2,
      alertsSent: 1,
      alertsFailed: 1,
    });
    expect(memory.published.map(({ id }) => id)).to.deep.equal(['e2/trail-stopped']);
    expect(memory.logged[0]).to.deep.include({
      message: 'alert could not be rendered',
      entry: 'trail-stopped',
    });
  });

  it('says which file holds malformed records', async () => {
    const { memory } = await processed(logFileOf([7, recordOf()]));
    expect(memory.logged).to.deep.equal([
      { level: 'warn', message: 'records malformed', bucket: BUCKET, key: REF.key, malformed: 1 },
    ]);
  });

  it('shows control characters of a key as text in the log', async () => {
    const ref = { bucket: BUCKET, key: 'a\nb\u202e' };
    const memory = memoryOf({
      watchlist: [],
      accountAliases: [],
      read: async () => new Uint8Array(),
      now: NOW,
    });
    await processLogFile(ref, '', memoryPorts(memory), {
      watchlist: compileWatchlist([]),
      suppressions: [],
      aliases: new Map(),
      leaseEndsAt: 0,
      maxLogFileBytes: 1,
      timeZone: 'UTC',
    });
    expect(memory.logged[0]?.['key']).to.equal('a\\u{a}b\\u{202e}');
  });
});
