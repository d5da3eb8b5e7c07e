import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type { AccountAliases } from '../handler/accountAlias.ts';
import { compileWatchlist } from '../handler/compileWatchlist.ts';
import type { WatchlistRow } from '../handler/entry.ts';
import { matchRecords } from '../handler/matchRecords.ts';
import type { ListRow } from '../handler/namedList.ts';
import { excuse } from '../handler/originator/excuse.ts';
import type { Originators } from '../handler/originator/originators.ts';
import { ownOriginator } from '../handler/originator/ownOriginator.ts';
import { parseBy } from '../handler/parseBy.ts';
import { UsageError } from './cli.ts';
import { readJsonFile } from './readJsonFile.ts';

const record = v.looseObject({ eventName: v.string(), eventSource: v.string() });
const samplesSchema = v.strictObject({
  match: v.pipe(v.array(record), v.minLength(1)),
  noMatch: v.array(record),
});

/** Who is behind a sample, as far as the record itself says. */
const OWN: Pick<Originators, 'find'> = {
  find: async ({ record: sample, subject }) => ({
    originator: ownOriginator(sample, subject.isKnownAccount),
    awaited: [],
  }),
};

export interface SampleResults {
  readonly samples: number; // records compared
  readonly wrong: readonly string[]; // `ENTRY-ID: match[0] does not match`
}

/**
 * Compares each entry with the records that must match it, and with those that must not.
 * @param folder of files named `ENTRY-ID.json`; none if it is not there
 * @throws UsageError for a file that is malformed, or of no entry
 */
export async function runSamples(
  rows: readonly WatchlistRow[],
  listRows: readonly ListRow[],
  aliases: AccountAliases['byAccountId'],
  folder: string,
): Promise<SampleResults> {
  const wrong: string[] = [];
  let samples = 0;
  for (const file of (await readdir(folder).catch(() => []))
    .filter((name) => name.endsWith('.json'))
    .sort()) {
    const id = file.replace(/\.json$/, '');
    const own = rows.filter((row) => row.id === id);
    if (own.length === 0) throw new UsageError(`${join(folder, file)}: no entry has this id`);
    const parsed = parseBy(samplesSchema, await readJsonFile(join(folder, file)));
    if ('problems' in parsed) {
      throw new UsageError(`${join(folder, file)}: ${parsed.problems.join('; ')}`);
    }
    const watchlist = compileWatchlist([
      ...listRows,
      ...own.map((row) => ({ ...row, mode: 'alert' })),
    ]);
    const accounts = { accountId: '', aliases };
    const matches = async (sample: v.InferOutput<typeof record>) => {
      const found = matchRecords(watchlist, [sample], accounts);
      const { isTrusted } = watchlist;
      return (await excuse(found, OWN, { accounts, isTrusted, suppressions: [] })).length > 0;
    };
    const { match, noMatch } = parsed.value;
    samples += match.length + noMatch.length;
    for (const [index, one] of match.entries()) {
      if (!(await matches(one))) wrong.push(`${id}: match[${index}] does not match`);
    }
    for (const [index, one] of noMatch.entries()) {
      if (await matches(one)) wrong.push(`${id}: noMatch[${index}] matches`);
    }
  }
  return { samples, wrong };
}
