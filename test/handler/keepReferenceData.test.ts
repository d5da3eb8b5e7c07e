import { expect } from 'chai';
import { keepReferenceData } from '../../handler/keepReferenceData.ts';
import { memoryOf, memoryPorts } from '../../scripts/memoryPorts.ts';
import { rowOf } from '../factories.ts';

const SIX_MINUTES = 6 * 60 * 1000;

function setUp() {
  const tables: { watchlist: unknown[] | Error; aliases: unknown[] | Error; reads: number } = {
    watchlist: [rowOf()],
    aliases: [{ accountId: '111122223333', alias: 'prod' }],
    reads: 0,
  };
  const memory = memoryOf({
    watchlist: [],
    accountAliases: [],
    read: async () => new Uint8Array(),
    now: 1_000_000_000_000,
  });
  const scan = (name: 'watchlist' | 'aliases') => async () => {
    tables.reads += 1;
    const rows = tables[name];
    if (rows instanceof Error) throw rows;
    return rows;
  };
  const referenceData = keepReferenceData({
    ...memoryPorts(memory),
    scanWatchlist: scan('watchlist'),
    scanAccountAliases: scan('aliases'),
  });
  return { tables, memory, referenceData };
}

describe('keepReferenceData', () => {
  it('reads both tables once, and again after five minutes', async () => {
    const { tables, memory, referenceData } = setUp();
    await referenceData();
    await referenceData();
    expect(tables.reads).to.equal(2);
    memory.now += SIX_MINUTES;
    tables.watchlist = [rowOf(), rowOf({ id: 'other' })];
    expect((await referenceData()).watchlist.size).to.equal(2);
    expect(tables.reads).to.equal(4);
  });

  it('keeps the last good watchlist when it cannot be read again, counts and says so', async () => {
    const { tables, memory, referenceData } = setUp();
    await referenceData();
    memory.now += SIX_MINUTES;
    tables.watchlist = new Error('throttled');
    const { watchlist, counts } = await referenceData();
    expect(watchlist.size).to.equal(1);
    expect(counts.watchlistRefreshesFailed).to.equal(1);
    expect(memory.logged.map(({ message }) => message)).to.deep.equal([
      'watchlist could not be read',
    ]);
  });

  it('throws when there has never been a watchlist', async () => {
    const { tables, referenceData } = setUp();
    tables.watchlist = new Error('no such table');
    const message = await referenceData().then(
      () => 'no error',
      (error: Error) => error.message,
    );
    expect(message).to.equal('no such table');
  });

  it('goes on without aliases, and counts it', async () => {
    const { tables, referenceData } = setUp();
    tables.aliases = new Error('throttled');
    const { aliases, counts } = await referenceData();
    expect(aliases.size).to.equal(0);
    expect(counts.accountAliasRefreshesFailed).to.equal(1);
  });

  it('counts an empty watchlist, and one of refused rows only', async () => {
    const { tables, memory, referenceData } = setUp();
    tables.watchlist = [];
    expect((await referenceData()).counts).to.deep.include({ watchlistEmpty: 1 });
    memory.now += SIX_MINUTES;
    tables.watchlist = [rowOf({ id: 'NOT AN ID' })];
    tables.aliases = [{ accountId: 7 }];
    const { counts } = await referenceData();
    expect(counts).to.deep.include({
      watchlistEmpty: 1,
      watchlistEntriesRefused: 1,
      accountAliasesRefused: 1,
      watchlistRefreshesFailed: 0,
    });
    expect(memory.logged.map(({ message }) => message)).to.deep.equal([
      'watchlist row refused',
      'account alias refused',
    ]);
  });
});
