import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { buildZip } from '../../scripts/build.ts';
import { unzip } from '../../scripts/local/lambda/unzip.ts';

describe('build', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'trailwatch-test-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('names the zip after its own checksum', async () => {
    const zip = await buildZip(folder);
    const hash = createHash('sha256')
      .update(await readFile(zip))
      .digest('hex');
    expect(zip).to.equal(`${folder}/trailwatch-${hash}.zip`);
  });

  it('makes the same bytes again, at another time and in another time zone', async () => {
    const first = await buildZip(join(folder, 'a'));
    const zone = process.env['TZ'];
    process.env['TZ'] = 'Asia/Tokyo';
    try {
      const second = await buildZip(join(folder, 'b'));
      expect(await readFile(second)).to.deep.equal(await readFile(first));
    } finally {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    }
  });

  it('packs one CommonJS module, readable by all, small enough to start fast', async () => {
    const zip = await buildZip(folder);
    await unzip(zip, join(folder, 'unpacked'));
    expect(await readdir(join(folder, 'unpacked'))).to.deep.equal(['index.js']);
    const code = await readFile(join(folder, 'unpacked/index.js'), 'utf8');
    expect(code).to.match(/module\.exports=/);
    expect(code.length).to.be.below(1_000_000);
  });

  it('removes older zips of its own, and nothing else', async () => {
    await writeFile(join(folder, `trailwatch-${'0'.repeat(64)}.zip`), 'old');
    await writeFile(join(folder, 'notes.txt'), 'mine');
    const zip = await buildZip(folder);
    expect((await readdir(folder)).sort()).to.deep.equal([
      'notes.txt',
      zip.slice(folder.length + 1),
    ]);
  });
});
