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
  --since TIME       when the entries were first seeded, for firstSeen (default: long ago)
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
    const { format, since } = values;
    if (format !== 'text' && format !== 'jsonl') {
      throw new UsageError(`--format ${format}: expected text or jsonl`);
    }
    if (paths.length === 0) throw new UsageError('no PATH given. See --help.');
    if (Number.isNaN(Date.parse(since))) throw new UsageError(`--since ${since}: no ISO 8601 time`);
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

if (import.meta.main) await main(replay);
