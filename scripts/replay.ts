import { type Command, main, UsageError } from './cli.ts';
import { findLogFiles } from './findLogFiles.ts';
import { readAliasFile, readWatchlistFile } from './readSeedFile.ts';
import { replayLogFiles } from './replayLogFiles.ts';
import { showAlert } from './showAlert.ts';

const help = `Runs log files through the pipeline offline, and prints the alerts.

Usage: npm run -s replay -- [options] PATH...

  PATH               a log file (.json or .json.gz), or a folder of them
  --watchlist FILE   entries to watch for (default seed-data/watchlist.json)
  --aliases FILE     names of accounts (default seed-data/aliases.json)
  --format FORMAT    text: as the mail reads (default); jsonl: one JSON alert a line
  --help             this text

Alerts go to standard output, failures and a summary to standard error.
Exit code: 0 done, 1 a log file could not be read, 2 wrong usage or a refused file.
`;

const options = {
  watchlist: { type: 'string', default: 'seed-data/watchlist.json' },
  aliases: { type: 'string', default: 'seed-data/aliases.json' },
  format: { type: 'string', default: 'text' },
} as const;

export const replay: Command<typeof options> = {
  help,
  options,
  run: async ({ watchlist, aliases, format }, paths, terminal) => {
    if (format !== 'text' && format !== 'jsonl') {
      throw new UsageError(`--format ${format}: expected text or jsonl`);
    }
    if (paths.length === 0) throw new UsageError('no PATH given. See --help.');
    const referenceData = {
      watchlist: await readWatchlistFile(watchlist),
      accountAliases: await readAliasFile(aliases),
    };
    const { files, skipped } = await findLogFiles(paths);
    const tally = await replayLogFiles(files, referenceData, {
      alert: (message) => terminal.out(showAlert(message, format)),
      failure: (text) => terminal.err(`${text}\n`),
      progress: terminal.progress,
    });
    const { logFiles, logFilesFailed, recordsRead, recordsMalformed, matches, alertsSent } = tally;
    terminal.err(
      `files=${logFiles} skipped=${skipped} failed=${logFilesFailed} records=${recordsRead} ` +
        `malformed=${recordsMalformed} matches=${matches} alerts=${alertsSent}\n`,
    );
    return logFilesFailed > 0 ? 1 : 0;
  },
};

if (import.meta.main) await main(replay);
