import { gunzipSync } from 'node:zlib';
import { compileAccountAliases } from '../handler/accountAlias.ts';
import { compileWatchlist } from '../handler/compileWatchlist.ts';
import { maxLogFileBytes } from '../handler/maxLogFileBytes.ts';
import { processLogFile } from '../handler/processLogFile.ts';
import { addTallies, type Tally, tallyOf } from '../handler/tally.ts';
import { instantPorts } from './instantPorts.ts';

/** What is measured: work on the gzip bytes of log files. */
export type Step = (files: readonly Uint8Array[]) => Promise<void>;

/** Plain gunzip, as anyone would write it. */
export const gunzip: Step = async (files) => {
  for (const bytes of files) gunzipSync(bytes);
};

/** The same into one buffer of the right size, as readLogFile does. */
export const gunzipSized: Step = async (files) => {
  for (const bytes of files) gunzipSync(bytes, { chunkSize: Math.max(sizeOf(bytes), 1024) });
};

/** A gzip file ends in its size. */
function sizeOf(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 4).getUint32(0, true);
}

/** What nobody who reads every record can do without. */
export const parse: Step = async (files) => {
  for (const bytes of files) JSON.parse(gunzipSync(bytes).toString());
};

/** What the line works with, but for the log files. */
export interface LineSetting {
  readonly watchlist: readonly unknown[];
  readonly aliases: readonly unknown[];
  readonly memoryMegabytes: number; // of the function
}

const FROM = '123456789012';

/**
 * The line, from gzip bytes to messages for SNS, claims included.
 * @throws Error if a log file fails, with its reason
 */
export function lineOf({ watchlist, aliases, memoryMegabytes }: LineSetting): Step {
  const invocation = {
    watchlist: compileWatchlist(watchlist),
    suppressions: [],
    aliases: compileAccountAliases(aliases).byAccountId,
    leaseEndsAt: Number.MAX_SAFE_INTEGER,
    maxLogFileBytes: maxLogFileBytes(memoryMegabytes),
    timeZone: 'UTC',
  };
  return async (files) => {
    const ports = instantPorts(files);
    let tally = tallyOf();
    for (const key of files.keys()) {
      const ref = { bucket: 'bench', key: String(key) };
      tally = addTallies(tally, await processLogFile(ref, FROM, ports, invocation));
    }
    refuseUnlessAllSent(tally);
  };
}

/** A bench that is fast because it does nothing would be worthless. */
function refuseUnlessAllSent(tally: Tally): void {
  const { recordsRead, recordsMalformed, matches, alertsSent, matchesCounted } = tally;
  const done = alertsSent + matchesCounted;
  if (recordsRead === 0 || recordsMalformed > 0 || matches === 0 || done !== matches) {
    throw new Error(
      `the line told or counted ${done} of ${matches} matches of ${recordsRead} records`,
    );
  }
}
