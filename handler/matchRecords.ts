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
    for (const { entry } of candidates(watchlist, record)) matches.push({ record, entry });
  }
  return matches;
}

const NONE: readonly CompiledEntry[] = [];

function candidates(watchlist: Watchlist, record: CloudTrailRecord): readonly CompiledEntry[] {
  const names = namesOf(record.eventName);
  const found = names.flatMap((name) => watchlist.byEventName.get(name) ?? NONE);
  const watching = found.filter(
    ({ eventSources }) => eventSources === undefined || eventSources.has(record.eventSource),
  );
  // An entry whose names are `UpdateCode` and `UpdateCode20150331v2` has a row for each.
  return names.length === 1 ? watching : uniqueById(watching);
}

const VERSIONS = [/\d{4}_?\d{2}_?\d{2}$/, /\d{4}_?\d{2}_?\d{2}v\d+$/];
const ENDS_IN_DIGIT = /\d$/;

/** The event names an entry may use for this one: itself, and itself without its API version. */
function namesOf(eventName: string): string[] {
  if (!ENDS_IN_DIGIT.test(eventName)) return [eventName];
  const unversioned = VERSIONS.filter((version) => version.test(eventName)).map((version) =>
    eventName.replace(version, ''),
  );
  return [eventName, ...unversioned];
}

function uniqueById(entries: readonly CompiledEntry[]): CompiledEntry[] {
  const byId = new Map(entries.map((compiled) => [compiled.entry.id, compiled]));
  return [...byId.values()].sort((a, b) => (a.entry.id < b.entry.id ? -1 : 1));
}
