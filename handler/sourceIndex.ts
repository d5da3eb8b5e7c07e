import type { CompiledEntry } from './compileEntry.ts';

/** Entries by eventSource, so that those of other services cost a record nothing. */
export interface SourceIndex {
  readonly bySource: ReadonlyMap<string, readonly CompiledEntry[]>;
  readonly ofAnySource: readonly CompiledEntry[];
}

/** An entry of several sources stands under each. */
export function indexBySource(entries: readonly CompiledEntry[]): SourceIndex {
  const bySource = new Map<string, CompiledEntry[]>();
  for (const compiled of entries) {
    for (const source of new Set([compiled.entry.eventSource ?? []].flat())) {
      const same = bySource.get(source);
      if (same === undefined) bySource.set(source, [compiled]);
      else same.push(compiled);
    }
  }
  return {
    bySource,
    ofAnySource: entries.filter(({ entry }) => entry.eventSource === undefined),
  };
}

/** The entries that may watch for records of a source. */
export function entriesOfSource(index: SourceIndex, source: string): readonly CompiledEntry[] {
  const { bySource, ofAnySource } = index;
  const own = bySource.get(source);
  if (own === undefined) return ofAnySource;
  return ofAnySource.length === 0 ? own : [...own, ...ofAnySource];
}

/** All entries of an index; one of several sources several times. */
export function entriesIn({ bySource, ofAnySource }: SourceIndex): readonly CompiledEntry[] {
  return [...bySource.values(), ofAnySource].flat();
}
