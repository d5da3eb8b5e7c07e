const NONE = {
  messages: 0,
  messagesFailed: 0,
  logFiles: 0, // failed ones included
  logFilesFailed: 0,
  digestFiles: 0,
  insightFiles: 0,
  aggregatedFiles: 0,
  foreignObjects: 0,
  recordsRead: 0, // recordsMatched + recordsUnmatched + recordsMalformed
  recordsMatched: 0,
  recordsUnmatched: 0,
  recordsMalformed: 0,
  recordsOfOtherAccounts: 0, // recipientAccountId is not the account of the log file's key
  matches: 0, // alertsFailed + alertsSent + alertsSentBefore + alertsSuppressed + matchesCounted
  alertsFailed: 0,
  alertsSent: 0,
  alertsSentBefore: 0,
  alertsSuppressed: 0,
  matchesCounted: 0, // of entries that count, watch for what is new, or are silent
  groupsOpened: 0, // first alerts of such entries
  groupsFailed: 0, // what could not be counted or told of them
  followUps: 0,
  sessionsRemembered: 0, // links that a grant was written under
  sessionsLeftOut: 0, // links beyond what one log file may write
  originatorsLeftOut: 0, // unresolved alerts beyond the 20 of one session that are told more later
  sessionsFailed: 0, // grants that could not be written, and alerts whose sessions could not be read
  watchlistEntriesRefused: 0, // rows
  watchlistEmpty: 0, // 1 if no row was usable
  watchlistRefreshesFailed: 0,
  suppressionsRefused: 0,
  suppressionRefreshesFailed: 0,
  accountAliasesRefused: 0,
  accountAliasRefreshesFailed: 0,
};

/** What an invocation counted: every record and every match, once. */
export type Tally = Readonly<Record<keyof typeof NONE, number>>;

const NAMES = Object.keys(NONE) as (keyof Tally)[];

/** A tally of some counts; the others are 0. */
export function tallyOf(counts: Partial<Tally> = {}): Tally {
  return { ...NONE, ...counts };
}

/** The sum of two tallies, name by name. */
export function addTallies(a: Tally, b: Tally): Tally {
  const sum = { ...a };
  for (const name of NAMES) sum[name] += b[name]; // several times for each log file
  return sum;
}
