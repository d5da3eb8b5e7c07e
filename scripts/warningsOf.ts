import { isDeepStrictEqual } from 'node:util';
import { compileEntry } from '../handler/compileEntry.ts';
import type { WatchlistRow } from '../handler/entry.ts';
import type { NamedLists } from '../handler/pattern/namedLists.ts';
import type { SuppressionRow } from '../handler/suppression.ts';
import { restsOnCaller } from './callerChosen.ts';
import { dataEventType } from './dataEvents.ts';
import { expiryWarnings } from './expiryWarnings.ts';
import { listWarnings } from './listWarnings.ts';

/** What is valid but surely not meant, one line each: `ENTRY-ID: ...`. */
export function warningsOf(
  rows: readonly WatchlistRow[],
  suppressions: readonly SuppressionRow[],
  lists: NamedLists,
  { knownAccounts, now }: { readonly knownAccounts: number; readonly now: number }, // epoch milliseconds
): readonly string[] {
  const unique = [...new Map(rows.map((row) => [row.id, row])).values()];
  const warnings = [
    ...unique.flatMap(exceptionWarnings),
    ...unique.flatMap((row) => thresholdWarnings(row, lists)),
    ...rows.flatMap((row) => indexWarnings(row, lists)),
    ...rows.flatMap(dataEventWarnings),
    ...overlapWarnings(rows),
    ...[...unique, ...suppressions].flatMap((row) =>
      listWarnings({ ...row }, lists, knownAccounts),
    ),
    ...suppressions.flatMap(suppressionWarnings),
    ...suppressions.flatMap((row) => expiryWarnings({ ...row }, now)),
  ];
  return [...new Set(warnings)];
}

const CHOSEN =
  'rests only on what the caller chooses (user agent, session name, label): anyone may use it';

function exceptionWarnings({ id, unless = [] }: WatchlistRow): string[] {
  return unless.flatMap((pattern, index) =>
    restsOnCaller(pattern) ? [`${id}: unless[${index}] ${CHOSEN}`] : [],
  );
}

function suppressionWarnings({ id, pattern }: SuppressionRow): string[] {
  return pattern !== undefined && restsOnCaller(pattern) ? [`suppression ${id}: ${CHOSEN}`] : [];
}

const UNIQUE = ['eventID', 'requestID', 'sharedEventID'];

/** Thresholds that no history can cross. */
function thresholdWarnings(row: WatchlistRow, lists: NamedLists): string[] {
  const { id, threshold } = row;
  if (threshold === undefined || threshold.count === 1) return [];
  const { by, count, distinct } = threshold;
  const never = `${id}: threshold can never cross:`;
  const unique = by.filter((path) => UNIQUE.includes(path));
  const compiled = compileEntry(row, lists);
  const literal =
    'value' in compiled
      ? compiled.value.literals.find(({ path }) => path.join('.') === distinct)
      : undefined;
  return [
    ...unique.map((path) => `${never} ${path} in threshold.by is another for each record`),
    ...(distinct !== undefined && by.includes(distinct)
      ? [`${never} ${distinct} stands in threshold.by, so each key has one value of it`]
      : []),
    ...(literal !== undefined && literal.values.length < count
      ? [`${never} the pattern allows ${literal.values.length} values of ${distinct}, not ${count}`]
      : []),
  ];
}

function indexWarnings(row: WatchlistRow, lists: NamedLists): string[] {
  const { id, eventName, eventSource } = row;
  const compiled = compileEntry(row, lists);
  const isIndexed =
    eventName !== '*' ||
    eventSource !== undefined ||
    ('value' in compiled && compiled.value.literals.length > 0);
  return isIndexed
    ? []
    : [
        `${id}: compared with every record: give it an eventSource, or an exact value in its pattern`,
      ];
}

function dataEventWarnings({ id, eventName, eventSource, needs = 'management' }: WatchlistRow) {
  return [eventSource ?? []].flat().flatMap((source) => {
    const type = dataEventType(source, eventName);
    return type === undefined || needs === `data:${type}`
      ? []
      : [
          `${id}: ${eventName} is a data event, which a trail logs only if told to: needs "data:${type}"`,
        ];
  });
}

/** Entries of one event name of which one matches whatever the other does. */
function overlapWarnings(rows: readonly WatchlistRow[]): string[] {
  return [...Map.groupBy(rows, ({ eventName }) => eventName).values()].flatMap((same) =>
    same.flatMap((row, index) =>
      same
        .filter(
          (other, place) =>
            other.id !== row.id && covers(row, other) && !(covers(other, row) && place < index),
        )
        .map(
          (other) => `${other.id}: each of its matches of ${row.eventName} is one of ${row.id} too`,
        ),
    ),
  );
}

function covers(wide: WatchlistRow, narrow: WatchlistRow): boolean {
  const sources = [wide.eventSource ?? []].flat();
  const all = [narrow.eventSource ?? []].flat();
  const { outcome = 'any' } = wide;
  return (
    (sources.length === 0 || (all.length > 0 && all.every((source) => sources.includes(source)))) &&
    (outcome === 'any' || outcome === narrow.outcome) &&
    (wide.pattern === undefined || isDeepStrictEqual(wide.pattern, narrow.pattern)) &&
    (wide.unless === undefined || isDeepStrictEqual(wide.unless, narrow.unless)) &&
    wide.threshold === undefined &&
    wide.mode !== 'off' &&
    wide.mode !== 'silent'
  );
}
