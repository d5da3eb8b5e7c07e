import { writeFile } from 'node:fs/promises';
import type { Entry, Severity } from '../handler/entry.ts';
import { SEVERITIES } from '../handler/entry.ts';
import { type Command, main, UsageError } from './cli.ts';
import { ATTACK_TECHNIQUES, ATTACK_VERSION } from './coverage/attackTechniques.ts';
import { CIS_CONTROLS, CIS_VERSION } from './coverage/cisControls.ts';
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

/** The areas of the watchlist, in their order in the file; tags `area:sign-in` name them. */
export const AREAS: Readonly<Record<string, string>> = {
  'sign-in': 'Signing in, and the root user',
  federation: 'Identity Center and other identity providers',
  identity: 'IAM: credentials, policies, trust',
  logging: 'Logs',
  detection: 'Detection',
  trailwatch: 'Trailwatch itself',
  encryption: 'Encryption',
  recovery: 'Backups and other ways back',
  destruction: 'Destruction',
  exposure: 'What is made public or shared outside',
  network: 'Networks and DNS',
  organization: 'Organisation and accounts',
  cost: 'Cost and abuse',
  compute: 'Machines, functions, containers',
  secrets: 'Secrets, and credentials of machines',
  discovery: 'Looking around',
  persistence: 'Staying',
};

/** @throws UsageError for a tag that names nothing known, or an entry without an area */
export function coveragePage(entries: readonly Entry[]): string {
  const problems = entries.flatMap(tagProblems);
  if (problems.length > 0) throw new UsageError(problems.join('\n'));
  return `${[
    introduction(entries),
    areaTables(entries),
    cisTable(entries),
    attackTable(entries),
    serviceTable(entries),
    dataTable(entries),
  ].join('\n\n')}\n`;
}

const KINDS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  area: AREAS,
  cis: CIS_CONTROLS,
  attack: ATTACK_TECHNIQUES,
};

function tagProblems({ id, tags = [] }: Entry): string[] {
  const unknown = tags.filter((tag) => {
    const [kind = '', value = ''] = tag.split(':');
    return !Object.hasOwn(KINDS, kind) || !Object.hasOwn(KINDS[kind] ?? {}, value);
  });
  const areas = tags.filter((tag) => tag.startsWith('area:'));
  return [
    ...unknown.map((tag) => `${id}: the tag ${tag} names nothing that is known`),
    ...(areas.length === 1 ? [] : [`${id}: expected one tag of an area, such as area:logging`]),
  ];
}

function introduction(entries: readonly Entry[]): string {
  const modes = ['alert', 'silent', 'off'] as const;
  const count = (of: (entry: Entry) => boolean) => entries.filter(of).length;
  const rows = SEVERITIES.map((severity) => [
    severity,
    ...modes.map((mode) =>
      count((one) => one.severity === severity && (one.mode ?? 'alert') === mode),
    ),
  ]);
  return `# What the watchlist covers

Written by \`npm run -s coverage\` from \`seed-data/watchlist.json\`; a test fails when it is stale. What severities
mean, and how entries work: [watchlist.md](watchlist.md). The first days: [first-week.md](first-week.md).

${entries.length} entries: ${count(({ threshold }) => threshold !== undefined)} alert on numbers only, ${count(({ firstSeen }) => firstSeen !== undefined)} on what is new, ${count(({ repeat }) => repeat !== undefined)} once an hour or so instead of each time.

${table(['severity', ...modes], rows)}`;
}

function areaTables(entries: readonly Entry[]): string {
  const sections = Object.entries(AREAS).map(([area, title]) => {
    const those = tagged(entries, `area:${area}`);
    const rows = those.map((entry) => [entry.severity, entry.title, howOf(entry), code(entry.id)]);
    return `### ${title}\n\n${table(['severity', 'alert', 'when', 'entry'], rows)}`;
  });
  return `## By area\n\n${sections.join('\n\n')}`;
}

function howOf({ threshold, firstSeen, mode }: Entry): string {
  const silent = mode === 'silent' ? ['silent'] : [];
  if (firstSeen !== undefined) return [...silent, 'new'].join(', ');
  if (threshold === undefined) return silent.join('');
  return [...silent, `${threshold.count} in ${threshold.minutes} min`].join(', ');
}

function cisTable(entries: readonly Entry[]): string {
  const rows = Object.entries(CIS_CONTROLS).map(([control, title]) => [
    control,
    title,
    listOf(tagged(entries, `cis:${control}`)),
  ]);
  return `## CIS AWS Foundations Benchmark ${CIS_VERSION}\n\n${table(['control', 'monitors', 'entries'], rows)}`;
}

function attackTable(entries: readonly Entry[]): string {
  const rows = Object.entries(ATTACK_TECHNIQUES).map(([id, { name, why }]) => [
    id,
    name,
    listOf(covering(entries, id)) || `not: ${why ?? ''}`,
  ]);
  return `## ${ATTACK_VERSION}

Techniques that leave nothing in CloudTrail say so. An entry of a sub-technique covers its technique.

${table(['technique', 'name', 'entries'], rows)}`;
}

/** Entries of a technique, or of one below it. */
export function covering(entries: readonly Entry[], id: string): readonly Entry[] {
  return entries.filter(({ tags = [] }) =>
    tags.some((tag) => tag === `attack:${id}` || tag.startsWith(`attack:${id}.`)),
  );
}

function serviceTable(entries: readonly Entry[]): string {
  const sources = entries.flatMap((entry) =>
    [entry.eventSource ?? 'any'].flat().map((source) => ({ entry, source })),
  );
  const rows = [...Map.groupBy(sources, ({ source }) => source)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([source, those]) => [
      source.replace('.amazonaws.com', ''),
      ...SEVERITIES.map((severity) => countOf(those, severity)),
    ]);
  return `## By service\n\nHow many entries watch the events of a service, by severity.\n\n${table(['service', ...SEVERITIES], rows)}`;
}

function countOf(those: readonly { readonly entry: Entry }[], severity: Severity): number | '' {
  return those.filter(({ entry }) => entry.severity === severity).length || '';
}

function dataTable(entries: readonly Entry[]): string {
  const needing = entries.filter(({ needs = 'management' }) => needs !== 'management');
  const rows = [...Map.groupBy(needing, ({ needs = '' }) => needs)].map(([needs, those]) => [
    code(needs.replace('data:', '')),
    listOf(those),
  ]);
  return `## What needs data events

A trail logs these events only if its event selectors name them, at a price for each. Without them the entries
are quiet; all others need management events alone.

${table(['resource type', 'entries'], rows)}`;
}

function tagged(entries: readonly Entry[], tag: string): readonly Entry[] {
  return entries.filter(({ tags = [] }) => tags.includes(tag));
}

const code = (text: string) => `\`${text}\``;

function listOf(entries: readonly Entry[]): string {
  return entries.map(({ id }) => code(id)).join(', ');
}

type Cell = string | number;

function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const line = (cells: readonly Cell[]) =>
    `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

if (import.meta.main) await main(coverage);
