import { readdir, stat } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { LOG_FILE_SUFFIX, logFileKind } from '../handler/logFileKind.ts';
import { UsageError } from './cli.ts';

/** A log file on disk. */
export interface LocalLogFile {
  readonly path: string;
  readonly accountId: string; // of its layout; empty outside of one
  readonly time?: number; // of its name, epoch milliseconds
}

export interface LocalLogFiles {
  readonly files: readonly LocalLogFile[]; // by PATH as given, below it sorted by path
  readonly skipped: number; // files that are not log files
}

/**
 * The log files under some paths. Under a path element `AWSLogs` the layout decides; elsewhere
 * every `.json` and `.json.gz` file of a folder, and every file named outright, has to be one.
 * @throws UsageError for a path that does not exist or holds no log file
 */
export async function findLogFiles(paths: readonly string[]): Promise<LocalLogFiles> {
  const found = await Promise.all(paths.map(findUnder));
  return {
    files: found.flatMap(({ files }) => files),
    skipped: found.reduce((sum, { skipped }) => sum + skipped, 0),
  };
}

async function findUnder(path: string): Promise<LocalLogFiles> {
  const kind = await stat(path).catch(() => undefined);
  if (kind === undefined) throw new UsageError(`${path}: does not exist`);
  const candidates = kind.isDirectory() ? await filesUnder(path) : [path];
  const files = candidates.flatMap((candidate) => logFileAt(candidate, !kind.isDirectory()));
  if (files.length === 0) throw new UsageError(`${path}: no log file in it`);
  return { files, skipped: candidates.length - files.length };
}

async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map((entry) => join(entry.parentPath, entry.name)).sort();
}

function logFileAt(path: string, namedOutright: boolean): LocalLogFile[] {
  const key = resolve(path).split(sep).join('/'); // the working folder may lie inside a layout
  const isJson = key.endsWith('.json') || key.endsWith(LOG_FILE_SUFFIX);
  if (!key.split('/').includes('AWSLogs')) {
    return isJson || namedOutright ? [{ path, accountId: '' }] : [];
  }
  // People unpack their log files; the layout says the same of them.
  const found = logFileKind(key.replace(/\.json$/, LOG_FILE_SUFFIX));
  if (found.kind !== 'log file') return [];
  const { accountId, time } = found;
  return [{ path, accountId, ...(time !== undefined && { time }) }];
}
