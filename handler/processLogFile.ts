import type { AccountAliases } from './accountAlias.ts';
import { alertOnce, type Delivery } from './alertOnce.ts';
import { type AlertContext, buildAlert } from './buildAlert.ts';
import type { Watchlist } from './compileWatchlist.ts';
import type { LogFileRef } from './logFilesAnnouncedBy.ts';
import { type Match, matchRecords } from './matchRecords.ts';
import type { Ports } from './ports.ts';
import { printable } from './printable.ts';
import { type CloudTrailRecord, type LogFile, readLogFile } from './readLogFile.ts';
import { type AlertMessage, renderMessage } from './renderMessage.ts';
import { type Tally, tallyOf } from './tally.ts';

/** What stays the same during one invocation. */
export interface Invocation {
  readonly watchlist: Watchlist;
  readonly aliases: AccountAliases['byAccountId'];
  readonly leaseEndsAt: number; // epoch seconds
  readonly maxLogFileBytes: number; // uncompressed
  readonly timeZone: string; // an IANA name
}

/**
 * The line: one log file becomes alerts. Never throws: what goes wrong is logged, and
 * `logFilesFailed` is 1 if the file must come again.
 * @param accountId of the log file's key
 */
export async function processLogFile(
  ref: LogFileRef,
  accountId: string,
  ports: Ports,
  invocation: Invocation,
): Promise<Tally> {
  try {
    const bytes = await ports.getLogFile(ref, invocation.maxLogFileBytes);
    const logFile = readLogFile(bytes, invocation.maxLogFileBytes);
    if (logFile.malformed > 0) logMalformed(ref, logFile, ports);
    const matches = matchRecords(invocation.watchlist, logFile.records);
    const context = { logFile: ref, accountId, aliases: invocation.aliases, now: ports.now() };
    const deliveries: Delivery[] = [];
    for (let start = 0; start < matches.length; start += AT_ONCE) {
      const messages = matches
        .slice(start, start + AT_ONCE)
        .flatMap((match) => messageFor(match, context, invocation.timeZone, ports));
      deliveries.push(...(await alertOnce(messages, ports, invocation.leaseEndsAt)));
    }
    return count(logFile, accountId, matches, deliveries);
  } catch (error) {
    ports.log({ level: 'error', message: 'log file failed', ...printableRef(ref), error });
    return tallyOf({ logFiles: 1, logFilesFailed: 1 });
  }
}

// As many as one PublishBatch takes: few claims wait if the process dies, few messages fill memory.
const AT_ONCE = 10;

/**
 * The message for a match, or none if rendering it fails, which then costs this alert only: no
 * record that somebody has made up may silence its neighbours.
 */
function messageFor(
  match: Match,
  context: AlertContext,
  timeZone: string,
  ports: Ports,
): AlertMessage[] {
  try {
    return [renderMessage(buildAlert(match, context), timeZone)];
  } catch (error) {
    const entry = match.entry.id;
    ports.log({ level: 'error', message: 'alert could not be rendered', entry, error });
    return [];
  }
}

function count(
  { records, malformed }: LogFile,
  accountId: string,
  matches: readonly Match[],
  deliveries: readonly Delivery[],
): Tally {
  const recordsMatched = new Set(matches.map(({ record }) => record)).size;
  const alerts = (wanted: Delivery) => deliveries.filter((delivery) => delivery === wanted).length;
  const alertsFailed = alerts('failed') + matches.length - deliveries.length;
  return tallyOf({
    logFiles: 1,
    logFilesFailed: alertsFailed > 0 ? 1 : 0,
    recordsRead: records.length + malformed,
    recordsMatched,
    recordsUnmatched: records.length - recordsMatched,
    recordsMalformed: malformed,
    recordsOfOtherAccounts: records.filter((record) => isOfOther(record, accountId)).length,
    matches: matches.length,
    alertsFailed,
    alertsSent: alerts('sent'),
    alertsSentBefore: alerts('sent before'),
  });
}

function isOfOther({ recipientAccountId }: CloudTrailRecord, accountId: string): boolean {
  const isText = typeof recipientAccountId === 'string' && recipientAccountId !== '';
  return isText && recipientAccountId !== accountId;
}

function logMalformed(ref: LogFileRef, { malformed }: LogFile, ports: Ports): void {
  ports.log({ level: 'warn', message: 'records malformed', ...printableRef(ref), malformed });
}

function printableRef({ bucket, key }: LogFileRef): LogFileRef {
  return { bucket: printable(bucket), key: printable(key, 1024) };
}
