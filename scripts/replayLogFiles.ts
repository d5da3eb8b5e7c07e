import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { compileAccountAliases } from '../handler/accountAlias.ts';
import { compileWatchlist } from '../handler/compileWatchlist.ts';
import { maxLogFileBytes } from '../handler/maxLogFileBytes.ts';
import type { LogLine, Ports, StateItem } from '../handler/ports.ts';
import { processLogFile } from '../handler/processLogFile.ts';
import { type LogFile, readLogFile } from '../handler/readLogFile.ts';
import type { AlertMessage } from '../handler/renderMessage.ts';
import { compileSuppressions } from '../handler/suppression.ts';
import { addTallies, type Tally, tallyOf } from '../handler/tally.ts';
import { textAt } from '../handler/textAt.ts';
import { UsageError } from './cli.ts';
import type { LocalLogFile } from './findLogFiles.ts';
import { heldAlerts } from './heldAlerts.ts';
import { type Memory, memoryOf, memoryPorts } from './memoryPorts.ts';

/** Where a replay tells what happens. */
export interface Audience {
  readonly alert: (message: AlertMessage) => void; // in file and record order
  readonly failure: (text: string) => void;
  readonly progress: (done: number, total: number) => void;
}

/** The function's memory, where its template is not told otherwise. */
export const MEMORY_MEGABYTES = 1024;
const FOREVER = Number.MAX_SAFE_INTEGER;

/**
 * Runs log files through the line, with stores in memory; the clock is each file's own time.
 * @throws UsageError if a row is malformed
 */
export async function replayLogFiles(
  files: readonly LocalLogFile[],
  referenceData: Pick<Memory, 'watchlist' | 'accountAliases' | 'suppressions'>,
  audience: Audience,
  asLive = false,
): Promise<Tally> {
  const maxBytes = maxLogFileBytes(MEMORY_MEGABYTES);
  const memory = memoryOf({ ...referenceData, read: ({ key }) => bytesOf(key), now: 0 });
  const begun: StateItem[] = [];
  const ports = noting(begun, memoryPorts(memory));
  const watchlist = compileWatchlist(memory.watchlist);
  const now = Math.floor(Date.now() / 1000); // whether a suppression is too far ahead, nothing else
  const suppressions = compileSuppressions(memory.suppressions, watchlist.lists, now);
  refuseAny([...watchlist.refused, ...suppressions.refused]);
  const held = asLive ? undefined : heldAlerts();
  const invocation = {
    watchlist,
    suppressions: suppressions.suppressions,
    aliases: compileAccountAliases(memory.accountAliases).byAccountId,
    leaseEndsAt: FOREVER,
    maxLogFileBytes: maxBytes,
    timeZone: 'UTC',
  };
  let tally = tallyOf();
  for (const [index, file] of files.entries()) {
    memory.now = file.time ?? (await newestEventTime(file.path, maxBytes));
    const ref = { bucket: 'replay', key: file.path };
    tally = addTallies(tally, await processLogFile(ref, file.accountId, ports, invocation));
    const messages = memory.published.splice(0);
    const parts = begun.splice(0);
    if (held === undefined) messages.forEach(audience.alert);
    else if (messages.length + parts.length > 0) {
      held.hold(messages, (await readAgain(file.path, maxBytes)).records, parts);
    }
    for (const line of memory.logged.splice(0)) {
      if (line.level !== 'info') audience.failure(textOf(line, file.path));
    }
    audience.progress(index + 1, files.length);
  }
  held?.release(memory.state).forEach(audience.alert);
  return tally;
}

/** The function leaves out what is malformed and says so; here nobody would see that it is missing. */
function refuseAny(refused: readonly string[]): void {
  if (refused.length > 0) throw new UsageError(`refused:\n  ${refused.join('\n  ')}`);
}

/** The ports, noting each part of a group that State did not have. */
function noting(begun: StateItem[], ports: Ports): Ports {
  return {
    ...ports,
    writeState: (item, over) => {
      if (over === undefined && item.key.startsWith('group#')) begun.push(item);
      return ports.writeState(item, over);
    },
  };
}

async function readAgain(path: string, maxBytes: number): Promise<LogFile> {
  return readLogFile(await bytesOf(path), maxBytes);
}

/** A line of the function's log as a sentence: `log file failed: PATH: reason`. */
function textOf({ message, error, malformed }: LogLine, path: string): string {
  const reason = error instanceof Error ? error.message : JSON.stringify(error ?? malformed);
  return `${message}: ${path}: ${reason}`;
}

/** A file of other name is taken as it is if it is gzip, and as plain JSON if not. */
async function bytesOf(path: string): Promise<Uint8Array> {
  const bytes = await readFile(path);
  const isGzip = path.endsWith('.gz') || (bytes[0] === 0x1f && bytes[1] === 0x8b);
  return isGzip ? bytes : gzipSync(bytes, { level: 1 });
}

/** Epoch milliseconds; 0 where no record tells, or the file cannot be read (the line says why). */
async function newestEventTime(path: string, maxBytes: number): Promise<number> {
  try {
    const { records } = await readAgain(path, maxBytes);
    const times = records.map((record) => Date.parse(textAt(record, 'eventTime') ?? ''));
    return times.reduce((newest, time) => (time > newest ? time : newest), 0);
  } catch {
    return 0;
  }
}
