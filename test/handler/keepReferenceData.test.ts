import { expect } from 'chai';
import { keepReferenceData } from '../../handler/keepReferenceData.ts';
import { subjectOf } from '../../handler/subjectOf.ts';
import { memoryOf, memoryPorts } from '../../scripts/memoryPorts.ts';
import { ACCOUNTS, recordOf, rowOf, trustsNobody } from '../factories.ts';

const SIX_MINUTES = 6 * 60 * 1000;

type Rows = unknown[] | Error;

const suppression = {
  id: 'planned',
  reason: 'migration',
  owner: 'platform',
  pattern: { awsRegion: [{ list: 'regions' }] },
  expiresAt: 1_000_086_400, // a day after the memory's time
};
const regions = { eventName: '$list', id: 'regions', conditions: ['eu-central-1'] };

function setUp() {
  const tables: { watchlist: Rows; aliases: Rows; suppressions: Rows; reads: number } = {
    watchlist: [rowOf(), regions],
    aliases: [{ accountId: '111122223333', alias: 'prod' }],
    suppressions: [suppression],
    reads: 0,
  };
  const memory = memoryOf({
    watchlist: [],
    accountAliases: [],
    read: async () => new Uint8Array(),
    now: 1_000_000_000_000,
  });
  const scan = (name: 'watchlist' | 'aliases' | 'suppressions') => async () => {
    tables.reads += 1;
    const rows = tables[name];
    if (rows instanceof Error) throw rows;
    return rows;
  };
  const referenceData = keepReferenceData({
    ...memoryPorts(memory),
    scanWatchlist: scan('watchlist'),
    scanAccountAliases: scan('aliases'),
    scanSuppressions: scan('suppressions'),
  });
  return { tables, memory, referenceData };
}

describe('keepReferenceData', () => {
  it('reads each table once, and again after five minutes', async () => {
    const { tables, memory, referenceData } = setUp();
    await referenceData();
    await referenceData();
    expect(tables.reads).to.equal(3);
    memory.now += SIX_MINUTES;
    tables.watchlist = [rowOf(), rowOf({ id: 'other' })];
    expect((await referenceData()).watchlist.size).to.equal(2);
    expect(tables.reads).to.equal(6);
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

  it('compiles suppressions with the named lists of the watchlist', async () => {
    const { tables, memory, referenceData } = setUp();
    const applies = async (awsRegion: string) => {
      const { suppressions } = await referenceData();
      return suppressions.map(({ id, applies: suppresses }) => [
        id,
        suppresses(
          'any',
          subjectOf(recordOf({ awsRegion }), ACCOUNTS, trustsNobody),
          1_000_000_000,
        ),
      ]);
    };
    expect(await applies('eu-central-1')).to.deep.equal([['planned', true]]);
    expect(await applies('eu-west-1')).to.deep.equal([['planned', false]]);
    memory.now += SIX_MINUTES;
    tables.watchlist = [rowOf(), { ...regions, conditions: ['eu-west-1'] }];
    expect(await applies('eu-west-1')).to.deep.equal([['planned', true]]);
    expect(memory.logged).to.deep.equal([]);
  });

  it('goes on without suppressions when there have never been any, counts and says so', async () => {
    const { tables, memory, referenceData } = setUp();
    tables.suppressions = new Error('throttled');
    const { suppressions, watchlist, counts } = await referenceData();
    expect(suppressions).to.deep.equal([]);
    expect(watchlist.size).to.equal(1);
    expect(counts).to.deep.include({ suppressionRefreshesFailed: 1, suppressionsRefused: 0 });
    expect(memory.logged.map(({ message }) => message)).to.deep.equal([
      'suppressions could not be read',
    ]);
    tables.suppressions = [suppression];
    const then = await referenceData();
    expect(then.suppressions).to.have.length(1);
    expect(then.counts.suppressionRefreshesFailed).to.equal(0);
  });

  it('keeps the last good suppressions when they cannot be read again', async () => {
    const { tables, memory, referenceData } = setUp();
    await referenceData();
    memory.now += SIX_MINUTES;
    tables.suppressions = new Error('throttled');
    const { suppressions, counts } = await referenceData();
    expect(suppressions.map(({ id }) => id)).to.deep.equal(['planned']);
    expect(counts.suppressionRefreshesFailed).to.equal(1);
  });

  it('leaves out what is no suppression, says so once, and counts it always', async () => {
    const { tables, memory, referenceData } = setUp();
    const { owner: _, ...nobodys } = suppression;
    const listless = { ...suppression, id: 'listless', pattern: { a: [{ list: 'none' }] } };
    tables.suppressions = [nobodys, suppression, listless];
    const { suppressions, counts } = await referenceData();
    expect(suppressions.map(({ id }) => id)).to.deep.equal(['planned']);
    expect(counts.suppressionsRefused).to.equal(2);
    expect((await referenceData()).counts.suppressionsRefused).to.equal(2);
    expect(memory.logged).to.have.length(2);
    expect(memory.logged[0]).to.deep.equal({
      level: 'error',
      message: 'suppression refused',
      reason: 'planned: owner: missing',
    });
    expect(memory.logged[1]?.['reason']).to.match(/^listless: pattern: .*unknown list "none"/);
    memory.now += SIX_MINUTES;
    tables.suppressions = [listless, { ...suppression, id: 'worse', owner: 7 }];
    expect((await referenceData()).counts.suppressionsRefused).to.equal(2);
    expect(memory.logged.slice(2).map(({ reason }) => reason)).to.have.length(1);
    expect(memory.logged[2]?.['reason']).to.match(/^worse: owner/);
    memory.now += SIX_MINUTES;
    tables.suppressions = [nobodys];
    await referenceData();
    expect(memory.logged.at(-1)?.['reason']).to.equal('planned: owner: missing'); // bad again
  });

  it('counts an empty watchlist, and one of refused rows only', async () => {
    const { tables, memory, referenceData } = setUp();
    tables.watchlist = [];
    tables.suppressions = [];
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
