import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { UsageError } from '../../scripts/cli.ts';
import { findLogFiles } from '../../scripts/findLogFiles.ts';
import { ACCOUNT, keyOf } from '../factories.ts';

describe('findLogFiles', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'trailwatch-test-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const write = async (...paths: string[]) => {
    for (const path of paths) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), '');
    }
  };
  const found = async (...paths: string[]) => {
    const { files, skipped } = await findLogFiles(paths.map((path) => join(folder, path)));
    return { paths: files.map(({ path }) => path.slice(folder.length + 1)), files, skipped };
  };
  const refused = (path: string) =>
    found(path).then(
      () => 'accepted',
      (error: unknown) => (error instanceof UsageError ? 'refused' : 'another error'),
    );

  it('lets the layout decide under AWSLogs, and counts the others', async () => {
    const log = keyOf();
    await write(
      log,
      keyOf('DDDDDDDDDDDDDDDD', 'CloudTrail-Digest'),
      keyOf('IIIIIIIIIIIIIIII', 'CloudTrail-Insight'),
      'AWSLogs/README.md',
    );
    const { paths, files, skipped } = await found('.');
    expect(paths).to.deep.equal([log]);
    expect(skipped).to.equal(3);
    expect(files[0]).to.deep.include({ accountId: ACCOUNT, time: Date.parse('2023-07-10T12:25Z') });
  });

  it('takes unpacked log files for what they are', async () => {
    const unpacked = keyOf().replace(/\.gz$/, '');
    await write(unpacked);
    expect((await found('.')).paths).to.deep.equal([unpacked]);
  });

  it('takes every JSON file elsewhere, sorted by path, and any file named outright', async () => {
    await write('b/2.json', 'a/z.json.gz', 'a/notes.txt', 'records.log');
    const inFolder = await found('.');
    expect(inFolder.paths).to.deep.equal(['a/z.json.gz', 'b/2.json']);
    expect(inFolder.skipped).to.equal(2);
    expect((await found('records.log')).paths).to.deep.equal(['records.log']);
    expect(inFolder.files[0]).to.deep.equal({ path: join(folder, 'a/z.json.gz'), accountId: '' });
  });

  it('keeps the order in which paths are given', async () => {
    await write('a.json', 'b.json');
    expect((await found('b.json', 'a.json')).paths).to.deep.equal(['b.json', 'a.json']);
  });

  it('refuses a path that does not exist or holds no log file', async () => {
    await write('empty/x.txt', keyOf('DDDDDDDDDDDDDDDD', 'CloudTrail-Digest'));
    expect(await refused('nowhere')).to.equal('refused');
    expect(await refused('empty')).to.equal('refused');
    expect(await refused('AWSLogs')).to.equal('refused');
  });
});
