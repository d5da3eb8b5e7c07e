import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { seed } from '../../scripts/seed.ts';
import { startTable, type TestTable } from './aws/startTable.ts';
import { outcomeOf } from './terminal.ts';

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

  /** Runs the script as a person does, in a process of its own. */
  const run = async (content: unknown, ...options: string[]) => {
    const file = join(folder, 'watchlist.json');
    await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
    const args = [
      'scripts/seed.ts',
      '--table',
      'watchlist',
      '--kind',
      'watchlist',
      ...options,
      file,
    ];
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
