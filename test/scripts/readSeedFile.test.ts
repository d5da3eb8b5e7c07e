import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { UsageError } from '../../scripts/cli.ts';
import { readAliasFile, readWatchlistFile } from '../../scripts/readSeedFile.ts';

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
  const refusal = async (
    content: unknown,
    read: typeof readAliasFile | typeof readWatchlistFile,
  ) => {
    const path = await file(content);
    const error: unknown = await read(path).then(
      () => undefined,
      (caught: unknown) => caught,
    );
    expect(error).to.be.instanceOf(UsageError);
    return error instanceof UsageError ? error.message.replaceAll(path, 'FILE') : '';
  };

  const entry = { id: 'a', title: 'A', eventName: 'One', severity: 'high' };

  it('makes a row of each event name of an entry', async () => {
    const path = await file([{ ...entry, eventName: ['One', 'Two', 'One'], tags: ['t'] }]);
    const rows = await readWatchlistFile(path);
    expect(rows).to.deep.equal([
      { ...entry, eventName: 'One', tags: ['t'] },
      { ...entry, eventName: 'Two', tags: ['t'] },
    ]);
  });

  it('names the line of bad JSON', async () => {
    const reason = await refusal('[\n  {"id": "a",\n   oops\n]', readWatchlistFile);
    expect(reason).to.match(/^FILE: not JSON \(\w+ at line 3, column 4\)/);
  });

  it('names entry and field of an unknown field, a wrong type and a missing one', async () => {
    const bad = [entry, { ...entry, id: 'b', severty: 'high', severity: 7 }, { id: 'c' }];
    const reason = await refusal(bad, readWatchlistFile);
    expect(reason).to.include('  entry 2 (b): severty: unknown field');
    expect(reason).to.match(/ {2}entry 2 \(b\): severity: /);
    expect(reason).to.include('  entry 3 (c): title: missing');
  });

  it('names both an id that stands twice, and an entry without id', async () => {
    const reason = await refusal([entry, entry, { title: 'x' }], readWatchlistFile);
    expect(reason).to.include('  entry 2 (a): id: stands here twice');
    expect(reason).to.include('  entry 3 (no id): id: missing');
  });

  it('refuses conditions that it could not keep', async () => {
    const reason = await refusal([{ ...entry, threshold: { count: 5 } }], readWatchlistFile);
    expect(reason).to.include('threshold: not supported by this version');
  });

  it('refuses what is no array, and a file that is not there', async () => {
    expect(await refusal({ id: 'a' }, readWatchlistFile)).to.include('expected an array');
    const missing = await readWatchlistFile(join(folder, 'none.json')).catch((e: unknown) => e);
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
