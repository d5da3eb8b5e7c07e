import { readFile } from 'node:fs/promises';
import { type CloudTrailRecord, readLogFile } from '../handler/readLogFile.ts';
import { findLogFiles } from '../scripts/findLogFiles.ts';

/** The real log files that the repository holds: the records of each. */
export async function readBundled(): Promise<readonly (readonly CloudTrailRecord[])[]> {
  const { files } = await findLogFiles(['test/data/logs/invictus']);
  const contents = await Promise.all(files.map(({ path }) => readFile(path)));
  return contents.map((bytes) => readLogFile(bytes, 100_000_000).records);
}
