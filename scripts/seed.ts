import { styleText } from 'node:util';
import { openTable } from './aws/openTable.ts';
import { type Command, main, type Terminal, UsageError } from './cli.ts';
import { planSeed, type SeedPlan } from './planSeed.ts';
import { readSeedRows } from './readSeedRows.ts';
import { keyOf, SEED_KINDS, type SeedKind } from './seedKinds.ts';

const help = `Loads a JSON file into a table of a deployed stack: differences only.

Usage: npm run -s seed -- --table NAME --kind KIND [options] FILE

  --table NAME   the table's physical name (make seed finds it)
  --kind KIND    watchlist, lists, aliases or suppressions
  --lists FILE   named lists that conditions name (default seed-data/lists.json)
  --aliases FILE names of accounts, for warnings (default seed-data/aliases.json)
  --dry-run      show what would change, and write nothing
  --prune        also delete rows that are not in FILE
  --help         this text

FILE is checked as a whole before anything is written. Region and credentials come from the
environment, as for the AWS CLI.
Exit code: 0 done, 1 AWS failed or items were left unprocessed, 2 wrong usage or a refused file.
`;

const options = {
  table: { type: 'string' },
  kind: { type: 'string' },
  lists: { type: 'string' },
  aliases: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  prune: { type: 'boolean', default: false },
} as const;

export const seed: Command<typeof options> = {
  help,
  options,
  run: async (values, paths, terminal) => {
    const { table, prune, 'dry-run': dryRun } = values;
    const [file, ...others] = paths;
    if (table === undefined) throw new UsageError('--table is missing. See --help.');
    if (file === undefined || others.length > 0) throw new UsageError('expected one FILE.');
    const kind = kindNamed(values.kind);
    const { rows, warnings } = await readSeedRows(kind, file, values);
    for (const warning of warnings) terminal.err(`warning: ${warning}\n`);
    const { read, write } = openTable(table);
    const since = kind.hasSince ? new Date().toISOString() : undefined;
    const identity = (row: object) => JSON.stringify(keyOf(kind, { ...row }));
    const plan = planSeed(rows, (await read()).filter(kind.isOwn), identity, since);
    if (dryRun) terminal.out(listOf(plan, kind, prune));
    const doomed = prune ? plan.removed.map((row) => keyOf(kind, row)) : [];
    const toWrite = [...plan.added, ...plan.changed];
    const left = dryRun ? 0 : await write(toWrite, doomed, terminal.progress);
    terminal.out(summaryOf(plan, { table, dryRun, prune }));
    return unprocessed(left, terminal);
  },
};

function kindNamed(name: string | undefined): SeedKind {
  const names = Object.keys(SEED_KINDS).join(', ');
  const kind = name !== undefined && Object.hasOwn(SEED_KINDS, name) ? SEED_KINDS[name] : undefined;
  if (kind === undefined)
    throw new UsageError(`--kind ${name ?? 'is missing'}: expected one of ${names}.`);
  return kind;
}

function listOf({ added, changed, removed }: SeedPlan, kind: SeedKind, prune: boolean): string {
  const lines = (mark: string, rows: SeedPlan['added']) =>
    rows.map((row) => `${mark} ${Object.values(keyOf(kind, row)).join(' ')}\n`);
  const all = [lines('+', added), lines('~', changed), lines('-', prune ? removed : [])];
  return all.flat().join('');
}

function summaryOf(
  plan: SeedPlan,
  { table, dryRun, prune }: { table: string; dryRun: boolean; prune: boolean },
): string {
  const { added, changed, unchanged, removed } = plan;
  const others = prune ? `${removed.length} removed` : `${removed.length} only in the table`;
  const hint = removed.length > 0 && !prune ? ' (--prune removes them)' : '';
  const counts = `${added.length} added, ${changed.length} changed, ${unchanged.length} unchanged`;
  const name = styleText('bold', table, { stream: process.stdout });
  return `${dryRun ? 'dry run, ' : ''}${name}: ${counts}, ${others}${hint}\n`;
}

function unprocessed(left: number, terminal: Terminal): number {
  if (left === 0) return 0;
  terminal.err(`${left} items were left unprocessed by DynamoDB; run the same command again\n`);
  return 1;
}

if (import.meta.main) await main(seed);
