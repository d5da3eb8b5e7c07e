import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { testPattern } from '../../scripts/testPattern.ts';
import { watchlist } from '../../scripts/watchlist.ts';
import { recordOf, roleRecordOf } from '../factories.ts';
import { outcomeOf } from './terminal.ts';

describe('watchlist', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'trailwatch-test-'));
    await mkdir(join(folder, 'samples'));
  });
  after(() => rm(folder, { recursive: true }));

  const file = async (name: string, content: unknown): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  };
  const entry = {
    id: 'trail-stopped',
    title: 'A',
    eventSource: 'cloudtrail.amazonaws.com',
    eventName: 'StopLogging',
    severity: 'high',
  };
  const checked = async (entries: unknown[], ...args: string[]) =>
    outcomeOf(watchlist, 'check', ...args, await file('watchlist.json', entries));

  it('finds nothing wrong with what ships, but for lists that are to be filled', async () => {
    const { code, out, err } = await outcomeOf(watchlist, 'check');
    const lists = ['ci-roles', 'own-networks', 'trusted-accounts'];
    const warnings = err.trim().split('\n').sort();
    expect(warnings).to.have.length(4);
    expect(warnings.shift()).to.match(/^warning: no account has an alias, .* in \d+ entries/);
    for (const [index, line] of warnings.entries()) {
      expect(line).to.match(
        new RegExp(`^warning: the list ${lists[index]} is empty: .* in \\d+ entries`),
      );
    }
    expect(out).to.match(
      /^seed-data\/watchlist.json: entries=\d+ samples=\d+ wrong=0 warnings=4\n$/,
    );
    expect(code).to.equal(0);
  });

  it('compares entries with their samples', async () => {
    const samples = { match: [recordOf(), recordOf({ eventName: 'X' })], noMatch: [recordOf()] };
    const path = await file('samples/trail-stopped.json', samples);
    const { code, out, err } = await checked([entry]);
    expect(err).to.equal(
      'wrong: trail-stopped: match[1] does not match\nwrong: trail-stopped: noMatch[0] matches\n',
    );
    expect(out).to.include('samples=3 wrong=2');
    expect(code).to.equal(1);
    const stranger = await checked([{ ...entry, id: 'another' }]);
    expect(stranger.code).to.equal(2);
    expect(stranger.err).to.include('trail-stopped.json: no entry has this id');
    await file('samples/trail-stopped.json', { match: [] });
    expect((await checked([entry])).code).to.equal(2);
    await rm(path);
  });

  it('warns of what is valid but surely not meant', async () => {
    const { eventSource: _, ...anySource } = entry;
    const lists = await file('lists.json', { nobody: [] });
    const arn = { userIdentity: { arn: [{ suffix: '/deploy' }] } };
    const threshold = {
      count: 5,
      minutes: 10,
      by: ['eventName', 'eventID'],
      distinct: 'eventName',
    };
    const { code, err } = await checked(
      [
        { ...entry, id: 'chosen', unless: [{ userAgent: ['x'] }, arn, { awsRegion: ['x'] }] },
        {
          ...entry,
          id: 'either',
          unless: [{ $or: [{ userAgent: ['x'] }, { awsRegion: ['x'] }] }],
        },
        { ...entry, id: 'never', threshold },
        {
          ...entry,
          id: 'few',
          threshold: { ...threshold, by: [], distinct: 'awsRegion' },
          pattern: { awsRegion: ['a', 'b'] },
        },
        { ...anySource, id: 'any', eventName: '*', pattern: { readOnly: [false] } },
        { ...entry, id: 'data', eventSource: 's3.amazonaws.com', eventName: 'GetObject' },
        { ...entry, id: 'in-vain', pattern: { sourceIPAddress: [{ list: 'nobody' }] } },
        { ...entry, id: 'own', unless: [{ recipientAccountId: [{ list: 'known-accounts' }] }] },
        {
          ...entry,
          id: 'shared',
          pattern: { trailwatch: { access: { outside: [{ exists: true }] } } },
        },
      ],
      '--lists',
      lists,
    );
    const lines = err
      .trim()
      .split('\n')
      .map((line) => line.replace('warning: ', ''));
    const of = (id: string) => lines.filter((line) => line.startsWith(`${id}: `));
    expect(of('chosen').filter((line) => line.includes('rests only on'))).to.have.length(2);
    expect(of('either').some((line) => line.includes('unless[0] rests only on'))).to.equal(true);
    expect(of('never').filter((line) => line.includes('never cross'))).to.have.length(3);
    expect(of('few').join()).to.include('the pattern allows 2 values of awsRegion, not 5');
    expect(of('any').join()).to.include('compared with every record');
    expect(of('data').join()).to.include('needs "data:AWS::S3::Object"');
    expect(lines).to.include('the list nobody is empty: no condition on it holds, in in-vain');
    expect(lines).to.include(
      "no account has an alias, so all but the event's own count as outside, in 2 entries such as own",
    );
    expect(code).to.equal(0);
  });

  it('warns of suppressions that are over, or rest on what a caller chooses', async () => {
    const suppression = { id: 'old', reason: 'r', owner: 'o', expiresAt: '2023-01-01T00:00:00Z' };
    const suppressions = await file('suppressions.json', [
      { ...suppression, pattern: { userAgent: ['x'] } },
    ]);
    const { err } = await checked([entry], '--suppressions', suppressions);
    expect(err).to.include('warning: suppression old: rests only on');
    expect(err).to.include('warning: old: expired at 2023-01-01T00:00:00.000Z');
  });

  it('warns of entries that overlap entirely', async () => {
    const narrow = { ...entry, id: 'narrow', pattern: { awsRegion: ['x'] } };
    const { err } = await checked([entry, narrow, { ...entry, id: 'twin' }]);
    expect(err).to.include(
      'narrow: each of its matches of StopLogging is one of trail-stopped too',
    );
    expect(err).to.match(/twin: each|trail-stopped: each/);
    expect(err).to.not.include('one of narrow too');
  });

  it('explains which condition failed, and what the record holds there', async () => {
    const conditional = {
      ...entry,
      eventName: ['StopLogging', 'DeleteTrail'],
      outcome: 'success',
      pattern: { requestParameters: { name: [{ prefix: 'prod-' }] } },
      unless: [{ $or: [{ awsRegion: ['us-east-1'] }, { errorCode: ['X'] }] }],
    };
    const path = await file('watchlist.json', [conditional]);
    const record = await file('record.json', recordOf());
    const explain = (...args: string[]) =>
      outcomeOf(watchlist, 'explain', '--watchlist', path, ...args);
    const { code, out } = await explain('trail-stopped', record);
    expect(code).to.equal(0);
    expect(out).to.equal(`yes  eventName: wanted ["StopLogging","DeleteTrail"], found "StopLogging"
yes  eventSource: wanted ["cloudtrail.amazonaws.com"], found "cloudtrail.amazonaws.com"
yes  outcome: wanted "success", found "success"
no   pattern requestParameters.name: wanted [{"prefix":"prod-"}], found "management-events"
=>   pattern: does not match
yes  unless[0] $or[0] awsRegion: wanted ["us-east-1"], found "us-east-1"
no   unless[0] $or[1] errorCode: wanted ["X"], found absent
=>   unless[0]: matches: the record is passed over
trail-stopped does not match.
`);
    expect((await explain('nothing', record)).code).to.equal(2);
    expect((await explain('trail-stopped', await file('list.json', []))).code).to.equal(2);
    const versioned = recordOf({
      eventName: 'StopLogging20150331',
      awsRegion: 'x',
      requestParameters: { name: 'prod-1' },
    });
    const named = await explain('trail-stopped', await file('versioned.json', versioned));
    expect(named.out).to.match(/trail-stopped matches\.\n$/);
    const nobody = await explain('trail-stopped', await file('none.json', { a: 1 }));
    expect(nobody.out).to.include('no   eventName');
  });

  it('knows exceptions on the originator, where the record itself tells', async () => {
    const unless = [{ trailwatch: { originator: { name: ['bert-jan'] } } }];
    const excepting = { ...entry, unless };
    const samples = await file('samples/trail-stopped.json', {
      match: [recordOf({ userIdentity: roleRecordOf().userIdentity })],
      noMatch: [recordOf()],
    });
    expect(await checked([excepting])).to.include({ code: 0, err: '' });
    await rm(samples);
    const path = await file('watchlist.json', [excepting]);
    const suppressing = { id: 'known', reason: 'r', owner: 'o', expiresAt: '2023-12-01T00:00:00Z' };
    const suppressions = await file('s.json', [{ ...suppressing, pattern: unless[0] }]);
    const explained = async (record: unknown) => {
      const args = ['--watchlist', path, '--suppressions', suppressions, 'trail-stopped'];
      const { out, err } = await outcomeOf(
        watchlist,
        'explain',
        ...args,
        await file('r.json', record),
      );
      expect(err).to.equal('');
      return out;
    };
    expect(await explained(recordOf())).to.match(
      /yes {2}unless\[0\] trailwatch.originator.name: .*, found "bert-jan"\n=> .*: the record is passed over\n.* does not match\.\n$/,
    );
    expect(await explained(roleRecordOf())).to.match(
      /unless\[0\]: does not match: this record alone does not tell who [^]* suppression known: does not apply: its pattern does not match: this record alone does not tell who [^]*\ntrail-stopped matches\.\n$/,
    );
  });

  it('is used rightly, or says how', async () => {
    for (const args of [[], ['chek'], ['explain', 'a'], ['check', 'a', 'b']]) {
      const { code, err } = await outcomeOf(watchlist, ...args);
      expect(code).to.equal(2);
      expect(err).to.include('See --help');
    }
  });
});

describe('test-pattern', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'trailwatch-test-'));
  });
  after(() => rm(folder, { recursive: true }));

  const tried = async (pattern: string, record: string) => {
    await writeFile(join(folder, 'pattern.json'), pattern);
    await writeFile(join(folder, 'record.json'), record);
    return outcomeOf(testPattern, join(folder, 'pattern.json'), join(folder, 'record.json'));
  };
  const deep = (inner: string) => `${'{"a":'.repeat(10_000)}${inner}${'}'.repeat(10_000)}`;

  it('prints true or false', async () => {
    expect(await tried('{"a":["x"]}', '{"a":["y","x"]}')).to.deep.include({
      code: 0,
      out: 'true\n',
    });
    expect(await tried('{"a":["x"]}', '{"a":"y"}')).to.deep.include({ code: 0, out: 'false\n' });
    expect(await tried('{"a":["x"]}', deep('"x"'))).to.deep.include({ code: 0, out: 'false\n' });
  });

  it('says what is wrong with a pattern, and with its use', async () => {
    const { code, out, err } = await tried('{"a":[{"startswith":"x"}]}', '{}');
    expect([code, out]).to.deep.equal([2, '']);
    expect(err).to.match(/pattern.json is no pattern:\n {2}a\[0\].*unknown operator "startswith"/);
    for (const [pattern, record] of [
      [deep('["x"]'), '{}'],
      ['{"a":["x"]}', '[]'],
      ['{"a":', '{}'],
    ] as const) {
      expect((await tried(pattern, record)).code).to.equal(2);
    }
    expect((await outcomeOf(testPattern, 'one.json')).code).to.equal(2);
  });
});
