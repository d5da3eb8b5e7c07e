import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { readSeedRows } from '../../scripts/readSeedRows.ts';
import { seed } from '../../scripts/seed.ts';
import { SEED_KINDS } from '../../scripts/seedKinds.ts';
import { startTable, type TestTable } from './aws/startTable.ts';
import { outcomeOf } from './terminal.ts';

const HOUR = 3_600_000; // milliseconds

const entry = { id: 'a', title: 'A', eventName: ['One', 'Two'], severity: 'high', tags: ['t'] };

describe('seed', function () {
  this.timeout(30_000);
  let folder: string;
  let table: TestTable;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'trailwatch-test-'));
    table = await startTable('watchlist', ['eventName', 'id']);
  });
  afterEach(async () => {
    await table.stop();
    await rm(folder, { recursive: true });
  });

  const fileOf = async (name: string, content: unknown) => {
    const file = join(folder, name);
    await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
    return file;
  };

  /** Runs the script as a person does, in a process of its own; the last --kind is taken. */
  const run = async (content: unknown, ...options: string[]) => {
    const file = await fileOf('seed.json', content);
    const own = ['--table', 'watchlist', '--kind', 'watchlist'];
    const args = ['scripts/seed.ts', ...own, ...options, file];
    return new Promise<{ code: number; out: string; err: string }>((resolve) => {
      const env = { PATH: process.env['PATH'], ...table.environment };
      execFile(process.execPath, args, { env }, (error, out, err) => {
        resolve({ code: error === null ? 0 : Number(error.code), out, err });
      });
    });
  };

  it('writes a row for each event name, with when it was first seeded', async () => {
    const { code, out } = await run([entry]);
    expect(code).to.equal(0);
    expect(out).to.equal('watchlist: 2 added, 0 changed, 0 unchanged, 0 only in the table\n');
    const rows = await table.rows();
    expect(rows.map(({ eventName }) => eventName)).to.have.members(['One', 'Two']);
    for (const { since, ...row } of rows) {
      expect(row).to.deep.include({ id: 'a', title: 'A', severity: 'high', tags: ['t'] });
      expect(Date.parse(String(since))).to.be.closeTo(Date.now(), 60_000);
    }
  });

  it('writes differences only, and keeps the date', async () => {
    await run([entry]);
    const before = await table.rows();
    expect((await run([entry])).out).to.include('0 added, 0 changed, 2 unchanged');
    const { out } = await run([{ ...entry, eventName: 'One', severity: 'low' }]);
    expect(out).to.include('0 added, 1 changed, 0 unchanged, 1 only in the table (--prune');
    const rows = await table.rows();
    expect(rows.find(({ eventName }) => eventName === 'One')).to.deep.include({
      severity: 'low',
      since: before.find(({ eventName }) => eventName === 'One')?.['since'],
    });
    expect(rows).to.have.length(2);
  });

  it('deletes what is only in the table when told to', async () => {
    await run([entry]);
    const { out } = await run([{ ...entry, eventName: 'Two' }], '--prune');
    expect(out).to.include('1 unchanged, 1 removed');
    expect((await table.rows()).map(({ eventName }) => eventName)).to.deep.equal(['Two']);
  });

  it('shows what it would do, and does nothing, in a dry run', async () => {
    await run([entry]);
    const changed = [{ ...entry, eventName: ['Two', 'Three'], severity: 'low' }];
    const { code, out } = await run(changed, '--dry-run', '--prune');
    expect(code).to.equal(0);
    expect(out).to.equal(
      '+ Three a\n~ Two a\n- One a\n' +
        'dry run, watchlist: 1 added, 1 changed, 0 unchanged, 1 removed\n',
    );
    expect(await table.rows()).to.have.length(2);
  });

  it('refuses a bad file as a whole, in 2, and writes nothing', async () => {
    const files = [
      '[{"id": oops}]',
      [entry, entry],
      [entry, { ...entry, id: 'b', severty: 'low' }],
      [entry, { ...entry, id: 'b', severity: 5 }],
      [entry, { ...entry, id: 'b', pattern: {} }],
    ];
    for (const file of files) {
      const { code, out, err } = await run(file);
      expect({ code, out }, JSON.stringify(file)).to.deep.equal({ code: 2, out: '' });
      expect(err).to.match(/line|entry 2/);
    }
    expect(await table.rows()).to.deep.equal([]);
  });

  it('keeps entries and named lists in one table, each kind minding its own rows only', async () => {
    const lists = { nets: [{ cidr: '10.0.0.0/8' }, 'x', 1.5, null, { prefix: '' }], none: [] };
    const file = await fileOf('lists.json', lists);
    const pattern = { a: [{ list: 'nets' }, null, 7, { numeric: ['>', 0.5] }], b: { c: [''] } };
    const whole = { ...entry, eventName: 'One', pattern };
    expect((await run(lists, '--kind', 'lists')).out).to.include(
      '2 added, 0 changed, 0 unchanged, 0 only',
    );
    expect((await run([whole], '--lists', file)).out).to.include(
      '1 added, 0 changed, 0 unchanged, 0 only',
    );
    expect((await run([whole], '--lists', file, '--prune')).out).to.include(
      '0 added, 0 changed, 1 unchanged, 0 removed',
    );
    expect((await run({ nets: ['y'] }, '--kind', 'lists', '--prune')).out).to.include(
      '0 added, 1 changed, 0 unchanged, 1 removed',
    );
    const rows = await table.rows();
    const entryRow = rows.find(({ id }) => id === 'a');
    expect(entryRow).to.deep.include(whole);
    expect(rows).to.have.deep.members([
      { eventName: '$list', id: 'nets', conditions: ['y'] },
      entryRow,
    ]);
  });

  it('warns of lists that are empty, and of known accounts where none is named', async () => {
    const lists = await fileOf('lists.json', { none: [] });
    const aliases = await fileOf('aliases.json', []);
    const pattern = { a: [{ list: 'none' }], b: [{ 'anything-but': { list: 'known-accounts' } }] };
    const options = ['--lists', lists, '--aliases', aliases, '--dry-run'];
    const { code, err } = await run([{ ...entry, unless: [pattern] }], ...options);
    expect(code).to.equal(0);
    expect(err).to.equal(
      'warning: the list none is empty: no condition on it holds, in a\n' +
        "warning: no account has an alias, so all but the event's own count as outside, in a\n",
    );
  });

  it('refuses lists that are not there: named in conditions, or as a file', async () => {
    const unknown = await run([{ ...entry, pattern: { a: [{ list: 'ours' }] } }]);
    expect(unknown.code).to.equal(2);
    expect(unknown.err).to.match(/entry 1 \(a\): pattern: .*unknown list "ours"/);
    const none = join(folder, 'none.json');
    expect(await run([entry], '--lists', none)).to.deep.include({ code: 2, out: '' });
    expect(await run([entry], '--aliases', none)).to.deep.include({ code: 2, out: '' });
  });

  it('ends in 1 when AWS fails, and says what', async () => {
    const args = [
      'scripts/seed.ts',
      '--table',
      'none',
      '--kind',
      'watchlist',
      'seed-data/watchlist.json',
    ];
    const env = { PATH: process.env['PATH'], ...table.environment };
    const code = await new Promise((resolve) => {
      execFile(process.execPath, args, { env }, (error, _out, err) => {
        expect(err).to.match(/error:.*resource/i);
        resolve(error?.code);
      });
    });
    expect(code).to.equal(1);
  });

  it('does without the usual lists and aliases where there are none', async () => {
    const kind = SEED_KINDS['watchlist'];
    const file = await fileOf('seed.json', [entry]);
    const before = process.cwd();
    process.chdir(folder);
    try {
      const { rows } = await readSeedRows(kind ?? expect.fail(), file, {});
      expect(rows).to.have.length(2);
    } finally {
      process.chdir(before);
    }
  });

  it('ends in 2 for wrong usage', async () => {
    const wrong = [
      ['--kind', 'watchlist', 'x.json'],
      ['--table', 't', 'x.json'],
      ['--table', 't', '--kind', 'lists', 'x.json'],
      ['--table', 't', '--kind', 'suppressions', 'x.json'],
      ['--table', 't', '--kind', 'constructor', 'x.json'],
      ['--table', 't', '--kind', 'watchlist'],
      ['--table', 't', '--kind', 'watchlist', 'a.json', 'b.json'],
    ];
    for (const args of wrong) {
      expect(await outcomeOf(seed, ...args), args.join(' ')).to.deep.include({ code: 2, out: '' });
    }
  });
});

describe('seed, of suppressions', function () {
  this.timeout(30_000);
  let folder: string;
  let table: TestTable;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'trailwatch-test-'));
    table = await startTable('suppression', ['id']);
  });
  after(async () => {
    await table.stop();
    await rm(folder, { recursive: true });
  });

  const run = async (content: unknown, ...options: string[]) => {
    const file = join(folder, 'seed.json');
    await writeFile(file, JSON.stringify(content));
    const own = ['--table', 'suppression', '--kind', 'suppressions'];
    const env = { PATH: process.env['PATH'], ...table.environment };
    const args = ['scripts/seed.ts', ...own, ...options, file];
    return new Promise<{ code: number; out: string; err: string }>((resolve) => {
      execFile(process.execPath, args, { env }, (error, out, err) => {
        resolve({ code: error === null ? 0 : Number(error.code), out, err });
      });
    });
  };
  const suppression = (id: string, end: number) => ({
    id,
    reason: 'migration',
    owner: 'platform',
    entries: ['a'],
    expiresAt: new Date(end).toISOString(),
  });

  it('writes differences only, with their end in epoch seconds, and no date of its own', async () => {
    const end = Math.ceil(Date.now() / 1000) * 1000 + HOUR;
    const { code, out, err } = await run([suppression('one', end)]);
    expect({ code, err }).to.deep.equal({ code: 0, err: '' });
    expect(out).to.equal('suppression: 1 added, 0 changed, 0 unchanged, 0 only in the table\n');
    expect(await table.rows()).to.deep.equal([
      { ...suppression('one', end), expiresAt: end / 1000 },
    ]);
    expect((await run([suppression('one', end)])).out).to.include(
      '0 added, 0 changed, 1 unchanged',
    );
    const { out: pruned } = await run([suppression('two', end)], '--prune');
    expect(pruned).to.include('1 added, 0 changed, 0 unchanged, 1 removed');
  });

  it('warns of one that is over, and keeps it for late log files', async () => {
    const { code, err } = await run([suppression('over', Date.parse('2023-07-10T12:00:00Z'))]);
    expect(code).to.equal(0);
    expect(err).to.equal(
      'warning: over: expired at 2023-07-10T12:00:00.000Z, and suppresses only what happened before\n',
    );
    expect((await table.rows()).map(({ id }) => id)).to.include('over');
  });

  it('refuses what would suppress everything, or for more than a year', async () => {
    const { entries: _, ...everything } = suppression('all', Date.now() + HOUR);
    const far = suppression('far', Date.now() + 367 * 24 * HOUR);
    const { code, out, err } = await run([everything, far]);
    expect({ code, out }).to.deep.equal({ code: 2, out: '' });
    expect(err).to.include('entry 1 (all): entries or pattern is needed');
    expect(err).to.include('entry 2 (far): expiresAt: at most a year ahead');
  });
});
