import { writeFile } from 'node:fs/promises';
import type { Entry } from '../handler/entry.ts';
import { type Command, main } from './cli.ts';
import { coveragePage } from './coverage/coveragePage.ts';
import { namedListsOf, readEntryFile, readListsFile } from './readSeedFile.ts';
import { SEED_FILES } from './readSeedFiles.ts';

const help = `Writes docs/watchlist-coverage.md: what the shipped watchlist covers, and what it does not.

Usage: npm run -s coverage

Exit code: 0 written; 2 a tag of an entry names no control, technique or area.
`;

const PAGE = 'docs/watchlist-coverage.md';
const options = {} as const;

export const coverage: Command<typeof options> = {
  help,
  options,
  run: async (_values, _paths, terminal) => {
    await writeFile(PAGE, coveragePage(await shippedEntries()));
    terminal.out(`${PAGE}\n`);
    return 0;
  },
};

export async function shippedEntries(): Promise<readonly Entry[]> {
  const lists = namedListsOf(await readListsFile(SEED_FILES.lists.default));
  return readEntryFile(SEED_FILES.watchlist.default, lists);
}

if (import.meta.main) await main(coverage);
