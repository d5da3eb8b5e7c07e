import type { Accounts } from './accountAlias.ts';
import type { CompiledEntry } from './compileEntry.ts';
import type { AnyName, LiteralIndex, Watchlist } from './compileWatchlist.ts';
import type { Subject } from './pattern/subject.ts';
import type { CloudTrailRecord } from './readLogFile.ts';
import { entriesOfSource } from './sourceIndex.ts';
import { subjectOf } from './subjectOf.ts';
import { unversioned } from './unversioned.ts';
import { flat, valueAtPath } from './valueAtPath.ts';

/** A record and an entry that watches for it; at most one per record and entry id. */
export interface Match {
  readonly record: CloudTrailRecord;
  readonly subject: Subject; // of the record
  readonly compiled: CompiledEntry;
}

/** Every match of some records, in the order of the records, then of the entry ids. */
export function matchRecords(
  watchlist: Watchlist,
  records: readonly CloudTrailRecord[],
  accounts: Accounts,
): readonly Match[] {
  const matches: Match[] = [];
  for (const record of records) {
    // Most records are watched by nobody: for them these look-ups are all there is (bench/).
    const candidates = candidatesFor(watchlist, record);
    if (candidates.length === 0) continue;
    const subject = subjectOf(record, accounts, watchlist.isTrusted);
    for (const compiled of uniqueById(candidates.filter((one) => one.watches(record, subject)))) {
      matches.push({ record, subject, compiled });
    }
  }
  return matches;
}

const NONE: readonly CompiledEntry[] = [];

/** The entries whose name or literal is a record's; the same one twice where it has several. */
function candidatesFor(
  { byEventName, ofAnyName }: Watchlist,
  record: CloudTrailRecord,
): readonly CompiledEntry[] {
  const { eventName, eventSource } = record;
  const named = (name: string) => {
    const index = byEventName.get(name);
    return index === undefined ? NONE : entriesOfSource(index, eventSource);
  };
  const exact = named(eventName);
  const names = unversioned(eventName);
  const versioned = names.length === 0 ? NONE : names.flatMap(named);
  const ofAny = candidatesOfAnyName(ofAnyName, record);
  return versioned.length + ofAny.length === 0 ? exact : [...exact, ...versioned, ...ofAny];
}

function candidatesOfAnyName(
  { byLiteral, others }: AnyName,
  record: CloudTrailRecord,
): readonly CompiledEntry[] {
  let found = others;
  for (const index of byLiteral) {
    const entries = entriesAt(index, record);
    if (entries.length > 0) found = [...found, ...entries];
  }
  return found;
}

function entriesAt({ path, byValue }: LiteralIndex, record: CloudTrailRecord) {
  const value = valueAtPath(record, path);
  const having = (text: unknown) => {
    const index = typeof text === 'string' ? byValue.get(text) : undefined;
    return index === undefined ? NONE : entriesOfSource(index, record.eventSource);
  };
  return Array.isArray(value) ? flat(value).flatMap(having) : having(value);
}

/** Of the rows of one entry that match, one stands for all; sorted by id. */
function uniqueById(entries: readonly CompiledEntry[]): readonly CompiledEntry[] {
  if (entries.length < 2) return entries;
  const byId = new Map(entries.map((compiled) => [compiled.entry.id, compiled]));
  return [...byId.values()].sort((a, b) => (a.entry.id < b.entry.id ? -1 : 1));
}
