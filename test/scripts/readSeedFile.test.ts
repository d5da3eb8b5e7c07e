import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { UsageError } from '../../scripts/cli.ts';
import {
  namedListsOf,
  readAliasFile,
  readListsFile,
  readSuppressionFile,
  readWatchlistFile,
} from '../../scripts/readSeedFile.ts';

describe('readSeedFile', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'trailwatch-test-'));
  });
  after(() => rm(folder, { recursive: true }));

  const file = async (content: unknown): Promise<string> => {
    const path = join(folder, 'seed.json');
    await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  };
  const refusal = async (content: unknown, read: (path: string) => Promise<unknown>) => {
    const path = await file(content);
    const error: unknown = await read(path).then(
      () => undefined,
      (caught: unknown) => caught,
    );
    expect(error).to.be.instanceOf(UsageError);
    return error instanceof UsageError ? error.message.replaceAll(path, 'FILE') : '';
  };

  const readEntries = (path: string) => readWatchlistFile(path, new Map());
  const entry = { id: 'a', title: 'A', eventName: 'One', severity: 'high' };

  it('makes a row of each event name of an entry', async () => {
    const path = await file([{ ...entry, eventName: ['One', 'Two', 'One'], tags: ['t'] }]);
    const rows = await readWatchlistFile(path, new Map());
    expect(rows).to.deep.equal([
      { ...entry, eventName: 'One', tags: ['t'] },
      { ...entry, eventName: 'Two', tags: ['t'] },
    ]);
  });

  it('names the line of bad JSON', async () => {
    const reason = await refusal('[\n  {"id": "a",\n   oops\n]', readEntries);
    expect(reason).to.match(/^FILE: not JSON \(\w+ at line 3, column 4\)/);
  });

  it('names entry and field of an unknown field, a wrong type and a missing one', async () => {
    const bad = [entry, { ...entry, id: 'b', severty: 'high', severity: 7 }, { id: 'c' }];
    const reason = await refusal(bad, readEntries);
    expect(reason).to.include('  entry 2 (b): severty: unknown field');
    expect(reason).to.match(/ {2}entry 2 \(b\): severity: /);
    expect(reason).to.include('  entry 3 (c): title: missing');
  });

  it('names both an id that stands twice, and an entry without id', async () => {
    const reason = await refusal([entry, entry, { title: 'x' }], readEntries);
    expect(reason).to.include('  entry 2 (a): id: stands here twice');
    expect(reason).to.include('  entry 3 (no id): id: missing');
  });

  it('refuses conditions that it could not keep, and lists that are not there', async () => {
    const reason = await refusal([{ ...entry, threshold: { count: 5 } }], readEntries);
    expect(reason).to.include('  entry 1 (a): threshold.minutes: missing');
    const pattern = { sourceIPAddress: [{ list: 'nobody' }, { startswith: '10.' }] };
    const lines = await refusal([{ ...entry, pattern }], readEntries);
    expect(lines).to.match(/entry 1 \(a\): pattern: sourceIPAddress\[0\].*unknown list "nobody"/);
    expect(lines).to.match(
      /entry 1 \(a\): pattern: sourceIPAddress\[1\].*unknown operator "startswith"/,
    );
  });

  it('refuses what no table could hold: entries, lists and suppressions', async () => {
    const many = Array.from({ length: 40_000 }, (_, index) => `value ${index}`);
    const size = /\d{6} bytes in DynamoDB, which holds 409536 in a row/;
    const long = await refusal([{ ...entry, pattern: { a: many } }], readEntries);
    expect(long)
      .to.match(/entry 1 \(a\): /)
      .and.to.match(size);
    expect(await refusal({ long: many }, readListsFile))
      .to.match(/list long: /)
      .and.to.match(size);
    const suppression = { id: 's', reason: 'r', owner: 'o', expiresAt: '1970-01-02T00:00:00Z' };
    const read = (path: string) => readSuppressionFile(path, new Map(), 0);
    const suppressed = await refusal([{ ...suppression, pattern: { a: many } }], read);
    expect(suppressed)
      .to.match(/entry 1 \(s\): /)
      .and.to.match(size);
    const number = await refusal(
      '[{"id":"a","title":"A","eventName":"One","severity":"high","pattern":{"a":[{"numeric":[">",1e16]}]}}]',
      readEntries,
    );
    expect(number).to.include('entry 1 (a): 10000000000000000 is beyond 9007199254740991');
  });

  it('reads named lists, and names what is wrong in them', async () => {
    const lists = { 'own-networks': [{ cidr: '10.0.0.0/8' }], nobody: [] };
    const rows = await readListsFile(await file(lists));
    expect(rows).to.deep.equal([
      { eventName: '$list', id: 'own-networks', conditions: [{ cidr: '10.0.0.0/8' }] },
      { eventName: '$list', id: 'nobody', conditions: [] },
    ]);
    expect(namedListsOf(rows).get('nobody')).to.deep.equal([]);
    const bad = { a: [{ cidr: '10.0.0.0' }, { list: 'b' }], 'known-accounts': [], B: [] };
    expect(await refusal({ B: [] }, readListsFile)).to.include('must match');
    const { B: _, ...named } = bad;
    const reason = await refusal(named, readListsFile);
    expect(reason).to.match(/list a: \[0\].*"10\.0\.0\.0" is no network/);
    expect(reason).to.match(/\[1\].*list/);
    expect(reason).to.include('list known-accounts: known-accounts: made of the account aliases');
  });

  it('reads suppressions into rows, and refuses what nobody owns', async () => {
    const now = Date.parse('2023-07-10T00:00:00Z') / 1000;
    const read = (path: string) => readSuppressionFile(path, new Map(), now);
    const suppression = {
      id: 'planned',
      reason: 'migration',
      owner: 'platform',
      entries: ['a'],
      expiresAt: '2023-08-01T00:00:00Z',
    };
    expect(await read(await file([suppression]))).to.deep.equal([
      { ...suppression, expiresAt: Date.parse('2023-08-01T00:00:00Z') / 1000 },
    ]);
    const { owner: _, ...nobodys } = suppression;
    expect(await refusal([nobodys], read)).to.include('  entry 1 (planned): owner: missing');
    const far = { ...suppression, expiresAt: '2025-01-01T00:00:00Z' };
    expect(await refusal([far], read)).to.include('expiresAt: at most a year ahead');
  });

  it('refuses what is no array, and a file that is not there', async () => {
    expect(await refusal({ id: 'a' }, readEntries)).to.include('expected an array');
    const missing = await readWatchlistFile(join(folder, 'none.json'), new Map()).catch(
      (e: unknown) => e,
    );
    expect(missing).to.be.instanceOf(UsageError);
  });

  it('reads aliases, and refuses an account id that is no id', async () => {
    const alias = { accountId: '012345678901', alias: 'prod', owner: 'team' };
    expect(await readAliasFile(await file([alias]))).to.deep.equal([alias]);
    const reason = await refusal([{ accountId: 12345, alias: 'x' }], readAliasFile);
    expect(reason).to.match(/accountId/);
    const twice = await refusal([alias, alias], readAliasFile);
    expect(twice).to.include('entry 2 (012345678901): accountId: stands here twice');
  });
});
