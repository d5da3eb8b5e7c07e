import { dirname, join } from 'node:path';
import { compileAccountAliases } from '../handler/accountAlias.ts';
import { warningsOf } from './check/warningsOf.ts';
import { type Command, main, type Terminal, UsageError } from './cli.ts';
import { explainEntry } from './explain/explainEntry.ts';
import { readSeedFiles, SEED_FILES } from './readSeedFiles.ts';
import { readSubject } from './readSubject.ts';
import { runSamples } from './runSamples.ts';

const help = `Checks a watchlist, or explains why an entry matches a record, or does not.

Usage: npm run -s watchlist -- check [options] [FILE]
       npm run -s watchlist -- explain [options] ENTRY-ID RECORD.json

  check                validates every entry, compares it with its samples (samples/ENTRY-ID.json
                       beside FILE), and warns of what is valid but surely not meant
  explain              which condition holds, what the record has there, and what follows:
                       exceptions, suppressions, mode
  FILE                 the watchlist (default seed-data/watchlist.json)
  --watchlist FILE     the same, for explain
  --lists FILE         named lists (default seed-data/lists.json)
  --aliases FILE       names of accounts (default seed-data/aliases.json)
  --suppressions FILE  dated exceptions (default seed-data/suppressions.json)
  --help               this text

Exit code: 0 done, with or without warnings; 1 a sample is wrong; 2 wrong usage or a refused file.
`;

const options = SEED_FILES;

export const watchlist: Command<typeof options> = {
  help,
  options,
  run: async (files, [action, ...rest], terminal) => {
    if (action === 'check' && rest.length <= 1) {
      return check({ ...files, watchlist: rest[0] ?? files.watchlist }, terminal);
    }
    const [id, record, ...others] = rest;
    if (action === 'explain' && id !== undefined && record !== undefined && others.length === 0) {
      return explain(files, id, record, terminal);
    }
    throw new UsageError('expected: check [FILE], or explain ENTRY-ID RECORD.json. See --help.');
  },
};

type Files = Parameters<typeof readSeedFiles>[0];

async function check(files: Files, terminal: Terminal): Promise<number> {
  const { rows, listRows, lists, aliases, suppressions } = await readSeedFiles(files);
  const { byAccountId } = compileAccountAliases(aliases);
  const folder = join(dirname(files.watchlist), 'samples');
  const { samples, wrong } = await runSamples(rows, listRows, byAccountId, folder);
  const warnings = warningsOf(rows, suppressions, lists, {
    knownAccounts: byAccountId.size,
    now: Date.now(),
  });
  for (const warning of warnings) terminal.err(`warning: ${warning}\n`);
  for (const failure of wrong) terminal.err(`wrong: ${failure}\n`);
  const entries = new Set(rows.map(({ id }) => id)).size;
  terminal.out(
    `${files.watchlist}: entries=${entries} samples=${samples} wrong=${wrong.length} warnings=${warnings.length}\n`,
  );
  return wrong.length > 0 ? 1 : 0;
}

async function explain(
  files: Files,
  id: string,
  recordPath: string,
  terminal: Terminal,
): Promise<number> {
  const { rows, lists, aliases, suppressions } = await readSeedFiles(files);
  const own = rows.filter((row) => row.id === id);
  if (own.length === 0) throw new UsageError(`${files.watchlist} has no entry ${id}`);
  const subject = await readSubject(recordPath, aliases, lists);
  terminal.out(explainEntry(own, subject, lists, suppressions));
  return 0;
}

if (import.meta.main) await main(watchlist);
