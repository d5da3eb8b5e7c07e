import { compilePattern } from '../handler/pattern/compilePattern.ts';
import { parsePattern } from '../handler/pattern/parsePattern.ts';
import { type Command, main, UsageError } from './cli.ts';
import { readIfThere } from './readIfThere.ts';
import { readJsonFile } from './readJsonFile.ts';
import { namedListsOf, readAliasFile, readListsFile } from './readSeedFile.ts';
import { SEED_FILES } from './readSeedFiles.ts';
import { readSubject } from './readSubject.ts';

const help = `Compares a record with an event pattern, and prints true or false.

Usage: npm run -s test-pattern -- [options] PATTERN.json RECORD.json

  PATTERN.json    an event pattern, as EventBridge knows them; docs/watchlist.md says what is added
  RECORD.json     a CloudTrail record: a JSON object
  --lists FILE    named lists (default seed-data/lists.json)
  --aliases FILE  names of accounts (default seed-data/aliases.json)
  --help          this text

Exit code: 0 compared, 2 wrong usage, or a pattern that is none (the reason is printed).
`;

const { lists, aliases } = SEED_FILES;
const options = { lists, aliases };

export const testPattern: Command<typeof options> = {
  help,
  options,
  run: async (files, paths, terminal) => {
    const [patternPath, recordPath, ...others] = paths;
    if (patternPath === undefined || recordPath === undefined || others.length > 0) {
      throw new UsageError('expected PATTERN.json and RECORD.json. See --help.');
    }
    const listRows = await readIfThere(files.lists, lists.default, readListsFile);
    const aliasRows = await readIfThere(files.aliases, aliases.default, readAliasFile);
    const named = namedListsOf(listRows);
    const parsed = parsePattern(await readJsonFile(patternPath), named);
    if ('problems' in parsed) {
      throw new UsageError(`${patternPath} is no pattern:\n  ${parsed.problems.join('\n  ')}`);
    }
    const subject = await readSubject(recordPath, aliasRows, named);
    terminal.out(`${String(compilePattern(parsed.value)(subject))}\n`);
    return 0;
  },
};

if (import.meta.main) await main(testPattern);
