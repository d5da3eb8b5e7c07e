import { compileEntry } from '../handler/compileEntry.ts';
import type { WatchlistRow } from '../handler/entry.ts';
import { jsonOf } from '../handler/jsonBytes.ts';
import { outcomeOf } from '../handler/outcomeOf.ts';
import { type Explained, explainPattern } from '../handler/pattern/explainPattern.ts';
import type { NamedLists } from '../handler/pattern/namedLists.ts';
import { parsePattern } from '../handler/pattern/parsePattern.ts';
import type { Subject } from '../handler/pattern/subject.ts';
import { cut, printable } from '../handler/printable.ts';
import type { CloudTrailRecord } from '../handler/readLogFile.ts';
import { unversioned } from '../handler/unversioned.ts';

/**
 * Why an entry matches a record, or does not: a line for each condition, and what the record holds
 * there.
 * @param rows of one entry, one for each of its event names
 */
export function explainEntry(
  rows: readonly WatchlistRow[],
  subject: Subject,
  lists: NamedLists,
): string {
  const [row] = rows;
  if (row === undefined) return '';
  const record = subject.record as CloudTrailRecord; // a field that is missing shows as absent
  const matches = rows.some((one) => isNamed(one, record) && watches(one, subject, lists));
  const lines = [
    ...simpleLines(rows, row, record),
    ...(row.pattern === undefined ? [] : patternLines('pattern', row.pattern, subject, lists)),
    ...(row.unless ?? []).flatMap((pattern, index) =>
      patternLines(`unless[${index}]`, pattern, subject, lists),
    ),
    `${row.id} ${matches ? 'matches' : 'does not match'}.`,
  ];
  return `${lines.join('\n')}\n`;
}

function isNamed({ eventName }: WatchlistRow, record: CloudTrailRecord): boolean {
  const name: unknown = record.eventName; // of any JSON
  if (typeof name !== 'string') return false;
  return eventName === '*' || name === eventName || unversioned(name).includes(eventName);
}

function watches(row: WatchlistRow, subject: Subject, lists: NamedLists): boolean {
  const compiled = compileEntry(row, lists);
  return 'value' in compiled && compiled.value.watches(subject.record as CloudTrailRecord, subject);
}

function simpleLines(
  rows: readonly WatchlistRow[],
  { eventSource, outcome }: WatchlistRow,
  record: CloudTrailRecord,
): string[] {
  const names = rows.map(({ eventName }) => eventName);
  const lines = [
    line(
      rows.some((row) => isNamed(row, record)),
      'eventName',
      names,
      record.eventName,
    ),
  ];
  if (eventSource !== undefined) {
    const sources = [eventSource].flat();
    lines.push(
      line(sources.includes(record.eventSource), 'eventSource', sources, record.eventSource),
    );
  }
  if (outcome !== undefined && outcome !== 'any') {
    const found = outcomeOf(record);
    lines.push(line(found === outcome, 'outcome', outcome, found));
  }
  return lines;
}

function patternLines(
  field: string,
  pattern: Readonly<Record<string, unknown>>,
  subject: Subject,
  lists: NamedLists,
): string[] {
  const parsed = parsePattern(pattern, lists);
  if ('problems' in parsed) return [...parsed.problems];
  return explainPattern(parsed.value, subject).map((one) => explainedLine(field, one));
}

function explainedLine(field: string, { path, alternative, holds, conditions, found }: Explained) {
  const place = [field, alternative, path].filter((part) => part !== undefined).join(' ');
  return line(holds, place, conditions, found);
}

function line(holds: boolean, place: string, wanted: unknown, found: unknown): string {
  const has = found === undefined ? 'absent' : shown(found);
  return `${holds ? 'yes' : 'no '}  ${place}: wanted ${shown(wanted)}, found ${has}`;
}

function shown(value: unknown): string {
  return printable(cut(jsonOf(value) ?? '(nested too deeply)', 400), 400);
}
