import { compileEntry } from '../../handler/compileEntry.ts';
import type { WatchlistRow } from '../../handler/entry.ts';
import { outcomeOf } from '../../handler/outcomeOf.ts';
import type { NamedLists } from '../../handler/pattern/namedLists.ts';
import { patternCompiler } from '../../handler/pattern/patternCompiler.ts';
import type { Subject } from '../../handler/pattern/subject.ts';
import type { CloudTrailRecord } from '../../handler/readLogFile.ts';
import { knowsOriginator } from '../../handler/subjectOf.ts';
import type { SuppressionRow } from '../../handler/suppression.ts';
import { unversioned } from '../../handler/unversioned.ts';
import { nodesOf } from '../check/nodesOf.ts';
import { exceptionLinesOf } from './exceptionLinesOf.ts';
import { countingLines } from './explainCounting.ts';
import { conditionLine, patternLines, verdictLine } from './explainLines.ts';
import { explainSuppression } from './explainSuppression.ts';

/**
 * Why an entry matches a record, or does not, and what becomes of the match: a line for each
 * condition with what the record holds there, and what follows from them.
 * @param rows of one entry, one for each of its event names
 */
export function explainEntry(
  rows: readonly WatchlistRow[],
  subject: Subject,
  lists: NamedLists,
  suppressions: readonly SuppressionRow[],
): string {
  const [row] = rows;
  if (row === undefined) return '';
  const record = subject.record as CloudTrailRecord; // a field that is missing shows as absent
  const matches = rows.some((one) => isNamed(one, record) && watches(one, subject, lists));
  const tried = suppressionsOf(row, suppressions).map((one) => ({
    id: one.id,
    ...explainSuppression(one, subject, lists),
  }));
  const lines = [
    ...simpleLines(rows, row, record),
    ...patternAndVerdict(row, subject, lists),
    ...exceptionLines(row, subject, lists),
    ...(matches ? tried.flatMap((one) => one.lines) : []),
    ...(matches ? countingLines(row) : []),
  ];
  const suppressed = tried.find(({ applies }) => applies)?.id;
  return `${[...lines, lastLine(row, matches, suppressed)].join('\n')}\n`;
}

function lastLine({ id, mode }: WatchlistRow, matches: boolean, suppressed: string | undefined) {
  if (!matches) return `${id} does not match.`;
  if (mode === 'off') return `${id} would match, but is off.`;
  if (suppressed !== undefined) return `${id} matches, but ${suppressed} suppresses it.`;
  return mode === 'silent' ? `${id} matches, but is silent: nothing is told.` : `${id} matches.`;
}

function isNamed({ eventName }: WatchlistRow, record: CloudTrailRecord): boolean {
  const name: unknown = record.eventName; // of any JSON
  if (typeof name !== 'string') return false;
  return eventName === '*' || name === eventName || unversioned(name).includes(eventName);
}

function watches(row: WatchlistRow, subject: Subject, lists: NamedLists): boolean {
  const compiled = compileEntry(row, patternCompiler(lists));
  if (!('value' in compiled)) return false;
  const { watches: holds, excused } = compiled.value;
  const isExcused = knowsOriginator(subject) && excused?.(subject) === true;
  return holds(subject.record as CloudTrailRecord, subject) && !isExcused;
}

function suppressionsOf({ id, self }: WatchlistRow, all: readonly SuppressionRow[]) {
  if (self === true) return []; // cannot be suppressed
  return all.filter(({ entries }) => entries === undefined || entries.includes(id));
}

function simpleLines(
  rows: readonly WatchlistRow[],
  { eventSource, outcome }: WatchlistRow,
  record: CloudTrailRecord,
): string[] {
  const names = rows.map(({ eventName }) => eventName);
  const isNamedRight = rows.some((row) => isNamed(row, record));
  const lines = [conditionLine(isNamedRight, 'eventName', names, record.eventName)];
  if (eventSource !== undefined) {
    const sources = [eventSource].flat();
    const isOfSource = sources.includes(record.eventSource);
    lines.push(conditionLine(isOfSource, 'eventSource', sources, record.eventSource));
  }
  if (outcome !== undefined && outcome !== 'any') {
    const found = outcomeOf(record);
    lines.push(conditionLine(found === outcome, 'outcome', outcome, found));
  }
  return lines;
}

function patternAndVerdict({ pattern }: WatchlistRow, subject: Subject, lists: NamedLists) {
  if (pattern === undefined) return [];
  const { holds, lines, why } = patternLines(
    'pattern',
    { nodes: nodesOf(pattern, lists) },
    subject,
  );
  return [...lines, verdictLine('pattern', holds ? 'matches' : `does not match${why}`)];
}

function exceptionLines({ unless = [] }: WatchlistRow, subject: Subject, lists: NamedLists) {
  return unless.flatMap((pattern, index) => {
    const place = `unless[${index}]`;
    const { holds, lines, why } = exceptionLinesOf(place, pattern, subject, lists);
    const verdict = holds ? 'matches: the record is passed over' : `does not match${why}`;
    return [...lines, verdictLine(place, verdict)];
  });
}
