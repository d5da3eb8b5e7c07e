import type { CompiledEntry, Watchlist } from './compileWatchlist.ts';
import type { WatchlistRow } from './entry.ts';
import type { CloudTrailRecord } from './readLogFile.ts';

/** A record and an entry that watches for it; at most one per record and entry id. */
export interface Match {
  readonly record: CloudTrailRecord;
  readonly entry: WatchlistRow;
}

/** Every match of some records, in the order of the records, then of the entry ids. */
export function matchRecords(
  watchlist: Watchlist,
  records: readonly CloudTrailRecord[],
): readonly Match[] {
  const matches: Match[] = [];
  for (const record of records) {
    // Most records are watched by nobody: for them this look-up is all there is (bench/).
    for (const compiled of candidates(watchlist, record)) {
      if (isWatching(compiled, record)) matches.push({ record, entry: compiled.entry });
    }
  }
  return matches;
}

const NONE: readonly CompiledEntry[] = [];
const ENDS_IN_DIGIT = /\d$/;

/** The entries whose event name is a record's, sorted by id. */
function candidates(
  { byEventName }: Watchlist,
  record: CloudTrailRecord,
): readonly CompiledEntry[] {
  const { eventName } = record;
  const exact = byEventName.get(eventName) ?? NONE;
  if (!ENDS_IN_DIGIT.test(eventName)) return exact;
  const versioned = unversioned(eventName).flatMap((name) => byEventName.get(name) ?? NONE);
  if (versioned.length === 0) return exact;
  // Rows of one entry may differ, so that only those that match may stand for it.
  return uniqueById([...exact, ...versioned].filter((compiled) => isWatching(compiled, record)));
}

function isWatching({ eventSources }: CompiledEntry, { eventSource }: CloudTrailRecord): boolean {
  return eventSources === undefined || eventSources.has(eventSource);
}

const VERSIONS = [/\d{4}_?\d{2}_?\d{2}$/, /\d{4}_?\d{2}_?\d{2}v\d+$/];

/** An event name without the API version that it may end in; there may be two ways to see one. */
function unversioned(eventName: string): string[] {
  return VERSIONS.filter((version) => version.test(eventName)).map((version) =>
    eventName.replace(version, ''),
  );
}

/** An entry whose names are `UpdateCode` and `UpdateCode20150331v2` has a row for each. */
function uniqueById(entries: readonly CompiledEntry[]): CompiledEntry[] {
  const byId = new Map(entries.map((compiled) => [compiled.entry.id, compiled]));
  return [...byId.values()].sort((a, b) => (a.entry.id < b.entry.id ? -1 : 1));
}
