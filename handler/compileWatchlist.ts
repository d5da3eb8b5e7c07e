import { parseRow, type WatchlistRow } from './entry.ts';
import { printable } from './printable.ts';
import { textAt } from './textAt.ts';

/** A row, ready to be matched. */
export interface CompiledEntry {
  readonly entry: WatchlistRow;
  readonly eventSources: ReadonlySet<string> | undefined; // undefined: any
}

/** The watchlist as the line uses it: built once, then only looked up. */
export interface Watchlist {
  readonly byEventName: ReadonlyMap<string, readonly CompiledEntry[]>; // each list sorted by id
  readonly size: number; // rows compiled
  readonly refused: readonly string[]; // `ENTRY-ID: problem`, for each row left out
}

/** Builds the index from the rows of the Watchlist table; a malformed row costs only itself. */
export function compileWatchlist(rows: readonly unknown[]): Watchlist {
  const byEventName = new Map<string, CompiledEntry[]>();
  const refused: string[] = [];
  let size = 0;
  for (const row of rows) {
    const parsed = parseRow(row);
    if ('problems' in parsed) {
      const id = printable(textAt(row, 'id') ?? 'a row without id', 80);
      refused.push(`${id}: ${parsed.problems.join('; ')}`);
      continue;
    }
    size += 1;
    const { eventName } = parsed.value;
    const named = byEventName.get(eventName);
    if (named === undefined) byEventName.set(eventName, [compile(parsed.value)]);
    else named.push(compile(parsed.value));
  }
  for (const named of byEventName.values()) named.sort(byId);
  return { byEventName, size, refused };
}

function compile(entry: WatchlistRow): CompiledEntry {
  const { eventSource } = entry;
  return {
    entry,
    eventSources: eventSource === undefined ? undefined : new Set([eventSource].flat()),
  };
}

function byId(a: CompiledEntry, b: CompiledEntry): number {
  return a.entry.id < b.entry.id ? -1 : 1;
}
