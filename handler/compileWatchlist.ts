import { type CompiledEntry, compileEntry } from './compileEntry.ts';
import { compileTrusted } from './compileTrusted.ts';
import { parseRow } from './entry.ts';
import { compileLists, isListRow } from './namedList.ts';
import type { Parsed } from './parseBy.ts';
import type { NamedLists } from './pattern/namedLists.ts';
import { type PatternCompiler, patternCompiler } from './pattern/patternCompiler.ts';
import { printable } from './printable.ts';
import { indexBySource, type SourceIndex } from './sourceIndex.ts';
import { textAt } from './textAt.ts';

/** The watchlist as the line uses it: built once, then only looked up. */
export interface Watchlist {
  readonly byEventName: ReadonlyMap<string, SourceIndex>; // by names in patterns too
  readonly ofAnyName: AnyName;
  readonly lists: NamedLists;
  readonly isTrusted: (accountId: string) => boolean; // by the list trusted-accounts
  readonly excusing: ReadonlyMap<string, CompiledEntry>; // by id: those with exceptions on the originator
  readonly size: number; // rows compiled; those that are off are not
  readonly refused: readonly string[]; // `ENTRY-ID: problem`, for each row left out
}

/** Other entries with `eventName: "*"`, by a literal that a record needs for them. */
export interface AnyName {
  readonly byLiteral: readonly LiteralIndex[];
  readonly others: readonly CompiledEntry[]; // compared with every record
}

export interface LiteralIndex {
  readonly path: readonly string[];
  readonly byValue: ReadonlyMap<string, SourceIndex>;
}

/** Builds the index from the rows of the Watchlist table; a malformed row costs only itself. */
export function compileWatchlist(rows: readonly unknown[]): Watchlist {
  const { lists, refused: refusedLists } = compileLists(rows.filter(isListRow));
  const patterns = patternCompiler(lists);
  const refused = [...refusedLists];
  const compiled: CompiledEntry[] = [];
  for (const row of rows) {
    if (isListRow(row)) continue;
    const result = compileRow(row, patterns);
    if ('problems' in result) refused.push(`${idOf(row)}: ${result.problems.join('; ')}`);
    else if (result.value !== undefined) compiled.push(result.value);
  }
  const named = compiled.flatMap((one) => namesOf(one).map((name) => ({ name, one })));
  return {
    byEventName: indexed(valuesOf(Map.groupBy(named, ({ name }) => name))),
    ofAnyName: indexByLiteral(compiled.filter((one) => namesOf(one).length === 0)),
    lists,
    isTrusted: compileTrusted(lists),
    excusing: new Map(
      compiled.flatMap((one) => (one.excused === undefined ? [] : [[one.entry.id, one] as const])),
    ),
    size: compiled.length,
    refused,
  };
}

/** Undefined if it is off. */
function compileRow(row: unknown, patterns: PatternCompiler): Parsed<CompiledEntry | undefined> {
  const parsed = parseRow(row);
  if ('problems' in parsed) return parsed;
  return parsed.value.mode === 'off' ? { value: undefined } : compileEntry(parsed.value, patterns);
}

function idOf(row: unknown): string {
  return printable(textAt(row, 'id') ?? 'a row without id', 80);
}

/** Event names that a record needs for an entry, its own or those of its pattern; none: any name. */
function namesOf(compiled: CompiledEntry): readonly string[] {
  const { eventName } = compiled.entry;
  if (eventName !== '*') return [eventName];
  const literal = bestLiteral(compiled);
  return literal?.path.join('.') === 'eventName' ? [...new Set(literal.values)] : [];
}

function valuesOf(
  groups: ReadonlyMap<string, readonly { readonly one: CompiledEntry }[]>,
): ReadonlyMap<string, readonly CompiledEntry[]> {
  return new Map([...groups].map(([name, those]) => [name, those.map(({ one }) => one)]));
}

function indexed(groups: ReadonlyMap<string, readonly CompiledEntry[]>) {
  return new Map([...groups].map(([name, entries]) => [name, indexBySource(entries)] as const));
}

// Rare values first: the fewer records have one, the fewer are compared.
const PREFERRED = ['errorCode', 'eventName', 'eventSource', 'userIdentity.type'];

function indexByLiteral(entries: readonly CompiledEntry[]): AnyName {
  const indexes = new Map<
    string,
    { path: readonly string[]; byValue: Map<string, CompiledEntry[]> }
  >();
  const others: CompiledEntry[] = [];
  for (const entry of entries) {
    const literal = bestLiteral(entry);
    if (literal === undefined) {
      others.push(entry);
      continue;
    }
    const name = JSON.stringify(literal.path);
    const index = indexes.get(name) ?? { path: literal.path, byValue: new Map() };
    indexes.set(name, index);
    for (const value of new Set(literal.values)) {
      const same = index.byValue.get(value);
      if (same === undefined) index.byValue.set(value, [entry]);
      else same.push(entry);
    }
  }
  const byLiteral = [...indexes.values()].map(({ path, byValue }) => ({
    path,
    byValue: indexed(byValue),
  }));
  return { byLiteral, others };
}

/** The entry's eventSource is as good as one that its pattern requires. */
function bestLiteral({ entry, literals }: CompiledEntry) {
  const { eventSource } = entry;
  const sources =
    eventSource === undefined ? [] : [{ path: ['eventSource'], values: [eventSource].flat() }];
  const rank = ({ path }: { path: readonly string[] }) => {
    const place = PREFERRED.indexOf(path.join('.'));
    return place < 0 ? PREFERRED.length : place;
  };
  return [...sources, ...literals].toSorted((a, b) => rank(a) - rank(b))[0];
}
