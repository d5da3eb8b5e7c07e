import { countTogether } from './countTogether.ts';
import type { Invocation } from './invocation.ts';
import type { LogFileRef } from './logFilesAnnouncedBy.ts';
import { logSuppressed } from './logSuppressed.ts';
import { type Match, matchRecords } from './matchRecords.ts';
import { excuse, isAskedFor } from './originator/excuse.ts';
import { type Originators, originators } from './originator/originators.ts';
import { type Remembered, rememberGrants } from './originator/rememberGrants.ts';
import { tellWaiting } from './originator/tellWaiting.ts';
import type { Ports } from './ports.ts';
import { printable } from './printable.ts';
import { type CloudTrailRecord, type LogFile, readLogFile } from './readLogFile.ts';
import { sortMatches } from './sortMatches.ts';
import { addTallies, type Tally, tallyOf } from './tally.ts';
import { tellAlone } from './tellAlone.ts';

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
    const { watchlist, suppressions, aliases, maxLogFileBytes } = invocation;
    const bytes = await ports.getLogFile(ref, maxLogFileBytes);
    const logFile = readLogFile(bytes, maxLogFileBytes);
    if (logFile.malformed > 0) logMalformed(ref, logFile, ports);
    const remembered = await rememberGrants(logFile.records, ports);
    const accounts = { accountId, aliases };
    const asked = originators(remembered.items, ports, (match) => isAskedFor(match, suppressions));
    const found = matchRecords(watchlist, logFile.records, accounts);
    const { isTrusted } = watchlist;
    const matches = await excuse(found, asked, { accounts, isTrusted, suppressions });
    const sorted = sortMatches(matches, suppressions, ports.now());
    logSuppressed(sorted.suppressed, ports);
    const context = { logFile: ref, accountId, aliases, now: ports.now() };
    const telling = { context, originators: asked };
    const alone = await tellAlone(sorted, telling, ports, invocation);
    const together = await countTogether(sorted, telling, ports, invocation);
    const named = await tellWaiting(remembered, ports, invocation);
    const sessions = countSessions(remembered, telling.originators);
    const counts = [countRecords(logFile, accountId, matches), sessions, alone, together, named];
    return withFailure(counts.reduce(addTallies));
  } catch (error) {
    ports.log({ level: 'error', message: 'log file failed', ...printableRef(ref), error });
    return tallyOf({ logFiles: 1, logFilesFailed: 1 });
  }
}

function countRecords(
  { records, malformed }: LogFile,
  accountId: string,
  matches: readonly Match[],
): Tally {
  const recordsMatched = new Set(matches.map(({ record }) => record)).size;
  return tallyOf({
    logFiles: 1,
    recordsRead: records.length + malformed,
    recordsMatched,
    recordsUnmatched: records.length - recordsMatched,
    recordsMalformed: malformed,
    recordsOfOtherAccounts: records.filter((record) => isOfOther(record, accountId)).length,
    matches: matches.length,
  });
}

function countSessions(remembered: Remembered, { failed, leftOut }: Originators): Tally {
  return tallyOf({
    sessionsRemembered: remembered.written,
    sessionsLeftOut: remembered.leftOut,
    originatorsLeftOut: leftOut(),
    sessionsFailed: remembered.failed + failed(),
  });
}

/** A log file fails if anything of it did: it comes again, and what went well is not told twice. */
function withFailure(tally: Tally): Tally {
  const failed = tally.alertsFailed + tally.groupsFailed + tally.sessionsFailed > 0;
  return { ...tally, logFilesFailed: failed ? 1 : 0 };
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
