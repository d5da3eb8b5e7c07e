import { type AccountAlias, parseAccountAlias } from '../handler/accountAlias.ts';
import { compileEntry } from '../handler/compileEntry.ts';
import { type Entry, parseEntry, type WatchlistRow } from '../handler/entry.ts';
import { compileLists, LIST_ROWS, type ListRow, listsSchema } from '../handler/namedList.ts';
import { type Parsed, parseBy } from '../handler/parseBy.ts';
import type { NamedLists } from '../handler/pattern/namedLists.ts';
import { type PatternCompiler, patternCompiler } from '../handler/pattern/patternCompiler.ts';
import {
  compileSuppression,
  type SuppressionRow,
  suppressionRowOf,
  suppressionSchema,
} from '../handler/suppression.ts';
import { textAt } from '../handler/textAt.ts';
import { UsageError } from './cli.ts';
import { readJsonFile } from './readJsonFile.ts';
import { rowProblems } from './rowProblems.ts';

/** The rows that a watchlist file stands for: each entry once for each of its event names. */
export async function readWatchlistFile(path: string, lists: NamedLists): Promise<WatchlistRow[]> {
  return (await readEntryFile(path, lists)).flatMap(rowsOf);
}

/** The entries of a watchlist file. */
export async function readEntryFile(path: string, lists: NamedLists): Promise<readonly Entry[]> {
  const patterns = patternCompiler(lists);
  return readElements(path, (value) => parseWhole(value, patterns), 'id');
}

/** An entry with all its conditions. */
function parseWhole(value: unknown, patterns: PatternCompiler): Parsed<Entry> {
  const parsed = parseEntry(value);
  if ('problems' in parsed) return parsed;
  const rows = rowsOf(parsed.value);
  const [row] = rows.toSorted((a, b) => b.eventName.length - a.eventName.length);
  if (row === undefined) return parsed;
  const problems = rowProblems(row);
  if (problems.length > 0) return { problems };
  const compiled = compileEntry(row, patterns);
  return 'problems' in compiled ? compiled : parsed;
}

/** The rows of a file of named lists. */
export async function readListsFile(path: string): Promise<ListRow[]> {
  const parsed = parseBy(listsSchema, await readJsonFile(path));
  if ('problems' in parsed) throw refusal(path, parsed.problems);
  const rows = Object.entries(parsed.value).map(([id, conditions]) => {
    return { eventName: LIST_ROWS, id, conditions } as const;
  });
  const { refused: malformed } = compileLists(rows);
  const unfit = rows.flatMap((row) => rowProblems(row).map((text) => `list ${row.id}: ${text}`));
  const refused = [...malformed, ...unfit];
  if (refused.length > 0) throw refusal(path, refused);
  return rows;
}

/** The same lists, to be looked up. */
export function namedListsOf(rows: readonly ListRow[]): NamedLists {
  return compileLists(rows).lists;
}

/**
 * The rows of a file of suppressions.
 * @param now epoch seconds
 */
export async function readSuppressionFile(
  path: string,
  lists: NamedLists,
  now: number,
): Promise<SuppressionRow[]> {
  const parse = (value: unknown): Parsed<SuppressionRow> => {
    const parsed = parseBy(suppressionSchema, value);
    if ('problems' in parsed) return parsed;
    const row = suppressionRowOf(parsed.value);
    const problems = rowProblems(row);
    if (problems.length > 0) return { problems };
    const compiled = compileSuppression(row, lists, now);
    return 'problems' in compiled ? compiled : { value: row };
  };
  return readElements(path, parse, 'id');
}

function refusal(path: string, problems: readonly string[]): UsageError {
  return new UsageError(`${path} is refused:\n  ${problems.join('\n  ')}`);
}

/** The rows of an alias file. */
export async function readAliasFile(path: string): Promise<AccountAlias[]> {
  return readElements(path, parseAccountAlias, 'accountId');
}

function rowsOf({ eventName, ...entry }: Entry): WatchlistRow[] {
  return [...new Set([eventName].flat())].map((name) => ({ ...entry, eventName: name }));
}

/** @throws UsageError that names every element refused, and why */
async function readElements<T>(
  path: string,
  parse: (value: unknown) => Parsed<T>,
  id: string,
): Promise<T[]> {
  const elements = await readJsonFile(path);
  if (!Array.isArray(elements)) throw new UsageError(`${path}: expected an array`);
  const parsed = elements.map((element) => parse(element));
  const problems = [
    ...parsed.flatMap((result, index) =>
      'problems' in result ? result.problems.map((text) => at(elements, index, id, text)) : [],
    ),
    ...repeated(elements, id).map((index) => at(elements, index, id, `${id}: stands here twice`)),
  ];
  if (problems.length > 0) throw new UsageError(`${path} is refused:\n${problems.join('\n')}`);
  return parsed.flatMap((result) => ('value' in result ? [result.value] : []));
}

/** `  entry 3 (stop-logging): severity: ...`, counted from 1 as people do. */
function at(elements: readonly unknown[], index: number, id: string, problem: string): string {
  return `  entry ${index + 1} (${textAt(elements[index], id) ?? `no ${id}`}): ${problem}`;
}

/** Where an id stands for the second time or later. */
function repeated(elements: readonly unknown[], id: string): number[] {
  const seen = new Set<string>();
  return elements.flatMap((element, index) => {
    const value = textAt(element, id);
    if (value === undefined) return [];
    if (seen.has(value)) return [index];
    seen.add(value);
    return [];
  });
}
