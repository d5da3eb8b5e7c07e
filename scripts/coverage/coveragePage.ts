import { type Entry, SEVERITIES, type Severity } from '../../handler/entry.ts';
import { UsageError } from '../cli.ts';
import { AREAS } from './areas.ts';
import { ATTACK_TECHNIQUES, ATTACK_VERSION } from './attackTechniques.ts';
import { CIS_CONTROLS, CIS_VERSION } from './cisControls.ts';
import { covering, tagged, tagProblems } from './tags.ts';

/**
 * The page that docs/watchlist-coverage.md is.
 * @throws UsageError for a tag that names nothing known, or an entry without an area
 */
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
