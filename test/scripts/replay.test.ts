import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import { UsageError } from '../../scripts/cli.ts';
import { replay } from '../../scripts/replay.ts';
import { replayLogFiles } from '../../scripts/replayLogFiles.ts';
import { expectAlert } from '../alertShape.ts';
import { keyOf, logFileOf, recordOf, roleRecordOf, rowOf } from '../factories.ts';
import { outcomeOf } from './terminal.ts';

const INVICTUS = 'test/data/logs/invictus';

interface RawRecord {
  readonly eventName: string;
  readonly eventSource: string;
  readonly eventID?: string;
  readonly sharedEventID?: string;
}

/** The shipped entries by name and source alone: what else they say is tested in test/handler. */
async function namesOnly(folder: string): Promise<string> {
  const entries = JSON.parse(await readFile('seed-data/watchlist.json', 'utf8')) as Entry[];
  const plain = entries
    .filter(({ eventName }) => eventName !== '*')
    .map(({ id, title, eventName, eventSource, severity }) => {
      return { id, title, eventName, eventSource, severity };
    });
  const path = join(folder, 'names-only.json');
  await writeFile(path, JSON.stringify(plain));
  return path;
}

interface Entry {
  readonly id: string;
  readonly title: string;
  readonly severity: string;
  readonly eventName: string | string[];
  readonly eventSource: string | string[];
}

/** Every (event, entry) pair, found by reading everything and comparing everything. */
async function naivePairs(watchlist: string): Promise<string[]> {
  const entries = JSON.parse(await readFile(watchlist, 'utf8')) as Entry[];
  const pairs = new Set<string>();
  const files = await readdir(`${INVICTUS}/AWSLogs`, { recursive: true, withFileTypes: true });
  for (const file of files.filter((entry) => entry.name.endsWith('.json.gz'))) {
    const bytes = await readFile(join(file.parentPath, file.name));
    const { Records } = JSON.parse(gunzipSync(bytes).toString()) as { Records: RawRecord[] };
    for (const record of Records) {
      const name = record.eventName.replace(/\d{4}_?\d{2}_?\d{2}(v\d+)?$/, '');
      for (const { id, eventName, eventSource } of entries) {
        const named = [eventName].flat().some((n) => n === name || n === record.eventName);
        const fromSource = [eventSource].flat().includes(record.eventSource);
        if (named && fromSource) pairs.add(`${record.sharedEventID ?? record.eventID}/${id}`);
      }
    }
  }
  return [...pairs].sort();
}

describe('replay', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'trailwatch-test-'));
  });
  after(() => rm(folder, { recursive: true }));

  it('finds on a real trail every pair that a naive reading finds, once', async () => {
    const watchlist = await namesOnly(folder);
    const args = ['--format', 'jsonl', '--watchlist', watchlist, INVICTUS];
    const { code, out, err } = await outcomeOf(replay, ...args);
    const ids = out
      .trim()
      .split('\n')
      .map((line) => expectAlert(line).id);
    const expected = await naivePairs(watchlist);
    expect(ids.toSorted()).to.deep.equal(expected);
    expect(expected.length).to.be.above(60);
    expect(code).to.equal(0);
    expect(err.trim().split('\n').at(-1)).to.equal(
      `files=55 skipped=0 failed=0 records=2900 malformed=0 matches=${ids.length} alerts=${ids.length}`,
    );
  });

  it('makes one alert with a count of each flood, and few in all', async () => {
    const { out, err } = await outcomeOf(replay, '--format', 'jsonl', INVICTUS);
    const alerts = out.trim().split('\n').map(expectAlert);
    const countOf = (id: string) =>
      alerts.flatMap(({ entry, group }) => (entry.id === id ? [group?.count] : []));
    expect(countOf('windows-passwords-read')).to.deep.equal([29]);
    expect(countOf('calls-denied-in-numbers')).to.deep.equal([29]);
    expect(countOf('secrets-deleted-in-numbers')).to.deep.equal([17]);
    // An attack of two hours: what a team would have read of it, among 1,200 matches.
    const urgent = alerts.filter(({ entry }) => !['low', 'info'].includes(entry.severity));
    expect(urgent.length).to.be.within(30, 45);
    expect(alerts.length).to.be.within(50, 70);
    expect(err.trim().split('\n').at(-1)).to.match(new RegExp(`alerts=${alerts.length}$`));
  });

  it('says in the end which exception explains an alert that came before its grant', async () => {
    const late = join(folder, 'late');
    await mkdir(late);
    const role = { assumedRoleId: 'AROATFQR7NSC2FYAGA6MT:deploy-42' };
    const grant = recordOf({
      eventTime: '2023-07-10T12:20:00Z',
      eventSource: 'sts.amazonaws.com',
      eventName: 'AssumeRole',
      responseElements: { assumedRoleUser: role },
    });
    const unless = [{ trailwatch: { originator: { name: ['bert-jan'] } } }];
    const watchlist = join(folder, 'watchlist.json');
    await writeFile(watchlist, JSON.stringify([rowOf({ unless })]));
    const files = [roleRecordOf({ eventTime: '2023-07-10T12:22:00Z' }), grant];
    for (const [index, record] of files.entries()) {
      await writeFile(
        join(late, basename(keyOf(`${'A'.repeat(15)}${index}`))),
        logFileOf([record]),
      );
    }
    const { out } = await outcomeOf(replay, '--format', 'jsonl', '--watchlist', watchlist, late);
    const { entry, originator, followsUp } = expectAlert(out);
    expect(entry.severity).to.equal('info');
    expect(originator).to.include({ status: 'resolved', name: 'bert-jan' });
    expect(followsUp).to.deep.equal({
      why: 'originator',
      explainedBy: 'an exception of the entry',
    });
  });

  it('prints the same from run to run, in file and record order, by the files’ own clock', async () => {
    const first = await outcomeOf(replay, '--format', 'jsonl', INVICTUS);
    const second = await outcomeOf(replay, '--format', 'jsonl', INVICTUS);
    expect(second.out).to.equal(first.out);
    const alerts = first.out.trim().split('\n').map(expectAlert);
    // One that waited for a threshold stands where its first record stood, but names a later file.
    const files = alerts.filter(({ group }) => !group?.threshold).map(({ links }) => links.logFile);
    expect(files).to.deep.equal(files.toSorted());
    for (const { published, links } of alerts) {
      const time = /_(\d{8}T\d{4})Z_/.exec(links.logFile)?.[1];
      expect(published.replace(/[-:]/g, '')).to.equal(`${time}00.000Z`);
    }
  });

  it('prints mails as text, and names accounts', async () => {
    const aliases = 'test/data/logs/aliases.json';
    const { out } = await outcomeOf(replay, '--aliases', aliases, INVICTUS);
    expect(out).to.match(/^-+\nSubject: [A-Z]+ [^\n]+ - acme-lab - /);
    expect(out).to.include('acme-lab (123837392027), cloud-platform, test, us-east-1');
  });

  it('goes on after a file that cannot be read, names it, and ends in 1', async () => {
    const trail = join(folder, 'odd');
    const write = async (name: string, bytes: Uint8Array | string) => {
      const path = join(trail, keyOf(name));
      await mkdir(join(path, '..'), { recursive: true });
      await writeFile(path, bytes);
      return path;
    };
    const bad = await write('BADBADBADBADBADB', 'not gzip');
    await write('GOODGOODGOODGOOD', logFileOf([recordOf(), null]));
    await write('AAAAAAAAAAAAAAAA', logFileOf([recordOf()])); // the same event again
    const { code, out, err } = await outcomeOf(replay, '--format', 'jsonl', trail);
    expect(code).to.equal(1);
    expect(out.trim().split('\n')).to.have.length(1);
    expect(err).to.include(`log file failed: ${bad}: not gzip`);
    expect(err.trim().split('\n').at(-1)).to.equal(
      'files=3 skipped=0 failed=1 records=3 malformed=1 matches=2 alerts=1',
    );
  });

  it('takes its time from the newest record where the name tells none', async () => {
    const [file = ''] = (await readdir(`${INVICTUS}/AWSLogs`, { recursive: true })).filter((name) =>
      name.endsWith('WMiHxZgr5Hdd6UDc.json.gz'),
    );
    const plain = join(folder, 'plain.json');
    const bytes = await readFile(`${INVICTUS}/AWSLogs/${file}`);
    const { Records } = JSON.parse(gunzipSync(bytes).toString()) as {
      Records: { eventTime: string; eventName: string; eventSource: string }[];
    };
    const record = {
      ...Records[0],
      eventSource: 'cloudtrail.amazonaws.com',
      eventName: 'StopLogging',
    };
    await writeFile(plain, JSON.stringify({ Records: [...Records, record] }));
    const { out, code } = await outcomeOf(replay, '--format', 'jsonl', plain);
    const newest =
      Records.map(({ eventTime }) => eventTime)
        .toSorted()
        .at(-1) ?? '';
    const published = out
      .trim()
      .split('\n')
      .map((line) => expectAlert(line).published);
    expect(code).to.equal(0);
    expect(new Set(published)).to.deep.equal(new Set([new Date(newest).toISOString()]));
  });

  it('reads a compressed file of any name that is named outright', async () => {
    const path = join(folder, 'download');
    const names = await readdir(`${INVICTUS}/AWSLogs`, { recursive: true });
    const source = names.find((name) => name.endsWith('.json.gz')) ?? '';
    await copyFile(`${INVICTUS}/AWSLogs/${source}`, path);
    const { code, err } = await outcomeOf(replay, path);
    expect(code).to.equal(0);
    expect(err, basename(source)).to.match(/files=1 skipped=0 failed=0 records=\d+/);
  });

  it('takes --since as any ISO 8601 time, of UTC unless it says otherwise', async () => {
    const watchlist = join(folder, 'first-seen.json');
    const firstSeen = { by: ['recipientAccountId'], days: 90 };
    const entry = { id: 'e', title: 'E', severity: 'low', eventName: 'StopLogging', firstSeen };
    await writeFile(watchlist, JSON.stringify([entry]));
    const log = join(folder, 'first-seen.json.gz');
    await writeFile(log, logFileOf([recordOf({ eventTime: '2023-07-10T12:00:00Z' })]));
    const alertsSince = async (...since: string[]) => {
      const args = ['--watchlist', watchlist, '--format', 'jsonl', ...since, log];
      const { code, out } = await outcomeOf(replay, ...args);
      return code === 0 ? out.split('\n').length - 1 : `exit code ${code}`;
    };
    expect(await alertsSince()).to.equal(1);
    expect(await alertsSince('--since', '2023-07-01')).to.equal(1); // learnt for seven days
    expect(await alertsSince('--since', '2023-07-04')).to.equal(0);
    const zone = process.env['TZ'];
    process.env['TZ'] = 'Asia/Tokyo'; // where this was still the day before in UTC
    try {
      expect(await alertsSince('--since', '2023-07-04T00:30')).to.equal(0);
    } finally {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    }
    expect(await alertsSince('--since', '2023-07-03T23:30:00-02:00')).to.equal(0);
    for (const wrong of ['July 2023', '1', '2023-13-01', 'yesterday']) {
      expect(await alertsSince('--since', wrong), wrong).to.equal('exit code 2');
    }
  });

  it('refuses to run with a row that is left out', async () => {
    const silent = { alert: () => {}, failure: () => {}, progress: () => {} };
    const run = (row: unknown, suppression?: unknown) =>
      replayLogFiles(
        [],
        {
          watchlist: [row],
          accountAliases: [],
          suppressions: suppression === undefined ? [] : [suppression],
        },
        silent,
      ).then(
        () => 'run',
        (error: unknown) => (error instanceof UsageError ? error.message : 'another error'),
      );
    expect(await run(rowOf())).to.equal('run');
    expect(await run({ ...rowOf(), since: '2023-07-01' })).to.match(/trail-stopped: since/);
    expect(await run(rowOf(), { id: 'gone' })).to.match(/gone: reason/);
  });

  it('does without the usual lists, aliases and suppressions where there are none', async () => {
    const own = join(folder, 'own');
    await mkdir(own);
    await writeFile(join(own, 'watchlist.json'), JSON.stringify([rowOf({ tags: ['t'] })]));
    await writeFile(join(own, 'log.json.gz'), logFileOf([recordOf()]));
    const before = process.cwd();
    process.chdir(own);
    try {
      const args = ['--watchlist', 'watchlist.json', 'log.json.gz'];
      expect((await outcomeOf(replay, ...args)).code).to.equal(0);
      expect((await outcomeOf(replay, '--lists', 'none.json', ...args)).code).to.equal(2);
      expect((await outcomeOf(replay, 'log.json.gz')).code).to.equal(2); // no watchlist
    } finally {
      process.chdir(before);
    }
  });

  it('ends in 2, with nothing on standard output, for wrong usage and refused files', async () => {
    const refused = join(folder, 'watchlist.json');
    await writeFile(refused, '[{"id": "x"}]');
    const wrong = [
      [],
      ['--format', 'xml', INVICTUS],
      ['--watchlist', refused, INVICTUS],
      ['--watchlist', 'none.json', INVICTUS],
      ['nowhere'],
      ['--suppressions', 'x.json', INVICTUS],
      ['--lists', 'x.json', INVICTUS],
    ];
    for (const args of wrong) {
      expect(await outcomeOf(replay, ...args), args.join(' ')).to.deep.include({
        code: 2,
        out: '',
      });
    }
  });
});
