import { type AccountAlias, parseAccountAlias } from '../handler/accountAlias.ts';
import { type Entry, parseEntry, type WatchlistRow } from '../handler/entry.ts';
import type { Parsed } from '../handler/parseBy.ts';
import { textAt } from '../handler/textAt.ts';
import { UsageError } from './cli.ts';
import { readJsonFile } from './readJsonFile.ts';

/** The rows that a watchlist file stands for: each entry once for each of its event names. */
export async function readWatchlistFile(path: string): Promise<WatchlistRow[]> {
  const entries = await readElements(path, parseEntry, 'id');
  return entries.flatMap(rowsOf);
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
