import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CloudTrailRecord, readLogFile } from '../handler/readLogFile.ts';

const FOLDER = 'test/data/logs';

/** A real log file of test/data/logs (its README says whose). */
export interface BundledLog {
  readonly key: string; // in the trail bucket
  readonly bytes: Uint8Array;
}

/** The files of a data set whose key contains `part`, sorted by key. */
export function bundledLogs(dataset: 'awsdocs' | 'invictus', part = ''): BundledLog[] {
  const folder = join(FOLDER, dataset);
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((key) => key.endsWith('.json.gz') && key.includes(part))
    .sort()
    .map((key) => ({ key, bytes: readFileSync(join(folder, key)) }));
}

/** The records of these files. */
export function bundledRecords(...args: Parameters<typeof bundledLogs>): CloudTrailRecord[] {
  return bundledLogs(...args).flatMap(({ bytes }) => [...readLogFile(bytes, 10_000_000).records]);
}
