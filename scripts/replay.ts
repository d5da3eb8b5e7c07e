import { type Command, main, UsageError } from './cli.ts';
import { findLogFiles } from './findLogFiles.ts';
import { readSeedFiles, SEED_FILES } from './readSeedFiles.ts';
import { replayLogFiles } from './replayLogFiles.ts';
import { showAlert } from './showAlert.ts';

const help = `Runs log files through the pipeline offline, and prints the alerts.

Usage: npm run -s replay -- [options] PATH...

  PATH               a log file (.json or .json.gz), or a folder of them
  --watchlist FILE   entries to watch for (default seed-data/watchlist.json)
  --lists FILE       named lists (default seed-data/lists.json)
  --aliases FILE     names of accounts (default seed-data/aliases.json)
  --suppressions FILE  dated exceptions (default seed-data/suppressions.json)
  --since TIME       when the entries were first seeded, for firstSeen: ISO 8601, such as 2023-07-01
                     (default: long ago)
  --as-live          print each message as it would have been sent, follow-ups too
  --format FORMAT    text: as the mail reads (default); jsonl: one JSON alert a line
  --help             this text

Alerts go to standard output, failures and a summary to standard error. Alerts of entries that count
are printed once, with their final count, after the last log file.
Exit code: 0 done, 1 a log file could not be read, 2 wrong usage or a refused file.
`;

const options = {
  ...SEED_FILES,
  since: { type: 'string', default: '1970-01-01T00:00:00Z' },
  'as-live': { type: 'boolean', default: false },
  format: { type: 'string', default: 'text' },
} as const;

export const replay: Command<typeof options> = {
  help,
  options,
  run: async (values, paths, terminal) => {
    const { format } = values;
    if (format !== 'text' && format !== 'jsonl') {
      throw new UsageError(`--format ${format}: expected text or jsonl`);
    }
    if (paths.length === 0) throw new UsageError('no PATH given. See --help.');
    const since = timeOf(values.since);
    const { rows, listRows, aliases, suppressions } = await readSeedFiles(values);
    const referenceData = {
      watchlist: [...rows.map((row) => ({ ...row, since })), ...listRows],
      accountAliases: aliases,
      suppressions,
    };
    const { files, skipped } = await findLogFiles(paths);
    const tally = await replayLogFiles(
      files,
      referenceData,
      {
        alert: (message) => terminal.out(showAlert(message, format)),
        failure: (text) => terminal.err(`${text}\n`),
        progress: terminal.progress,
      },
      values['as-live'],
    );
    const { logFiles, logFilesFailed, recordsRead, recordsMalformed, matches } = tally;
    const alerts = tally.alertsSent + tally.groupsOpened;
    terminal.err(
      `files=${logFiles} skipped=${skipped} failed=${logFilesFailed} records=${recordsRead} ` +
        `malformed=${recordsMalformed} matches=${matches} alerts=${alerts}\n`,
    );
    return logFilesFailed > 0 ? 1 : 0;
  },
};

const ISO =
  /^\d{4}-\d{2}-\d{2}(?<time>T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?<zone>Z|[+-]\d{2}:\d{2})?)?$/;

/** A time as rows hold it; a date alone, and a time without a zone, is one of UTC. */
function timeOf(text: string): string {
  const found = ISO.exec(text)?.groups;
  const isOfNoZone = found?.['time'] !== undefined && found['zone'] === undefined;
  const time = new Date(isOfNoZone ? `${text}Z` : text);
  if (found === undefined || Number.isNaN(time.getTime())) {
    throw new UsageError(`--since ${text}: expected an ISO 8601 time, such as 2023-07-01`);
  }
  return time.toISOString();
}

if (import.meta.main) await main(replay);
