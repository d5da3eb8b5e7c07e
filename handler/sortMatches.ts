import { eventSeconds } from './eventSeconds.ts';
import type { FirstSeen, Grouping } from './grouping/grouping.ts';
import type { Match } from './matchRecords.ts';
import type { CompiledSuppression } from './suppression.ts';

/** Matches by what becomes of them. */
export interface SortedMatches {
  readonly suppressed: ReadonlyMap<string, readonly Match[]>; // by the id of the suppression
  readonly alone: readonly Match[]; // each alerts for itself
  readonly silent: readonly Match[]; // each alone, but nothing is published
  readonly counted: readonly Together<Grouping>[]; // of entries with threshold or repeat
  readonly firstSeen: readonly Together<FirstSeen>[]; // of entries with firstSeen
}

/** The matches of one entry, and the rule by which they are told together. */
export interface Together<Rule> {
  readonly entryId: string;
  readonly rule: Rule;
  readonly matches: readonly Match[]; // one at least
}

const DAY = 86_400;

/**
 * Decides about each match on its own. A record without a readable time, or one of days to come,
 * can be neither suppressed, which is a matter of time, nor counted: it alerts for itself.
 * @param now epoch milliseconds
 */
export function sortMatches(
  matches: readonly Match[],
  suppressions: readonly CompiledSuppression[],
  now: number,
): SortedMatches {
  const latest = now / 1000 + DAY;
  const suppressed = new Map<string, Match[]>();
  const counted = new Map<string, Together<Grouping> & { matches: Match[] }>();
  const firstSeen = new Map<string, Together<FirstSeen> & { matches: Match[] }>();
  const alone: Match[] = [];
  const silent: Match[] = [];
  for (const match of matches) {
    const { entry, grouping, firstSeen: rule } = match.compiled;
    const seconds = timeOf(match, latest);
    const suppression = suppressionOf(match, seconds, suppressions);
    if (suppression !== undefined) {
      const others = suppressed.get(suppression) ?? [];
      others.push(match);
      suppressed.set(suppression, others);
    } else if (seconds !== undefined && grouping !== undefined) join(counted, match, grouping);
    else if (seconds !== undefined && rule !== undefined) join(firstSeen, match, rule);
    else if (entry.mode === 'silent') silent.push(match);
    else alone.push(match);
  }
  return {
    suppressed,
    alone,
    silent,
    counted: [...counted.values()],
    firstSeen: [...firstSeen.values()],
  };
}

function timeOf({ record }: Match, latest: number): number | undefined {
  const seconds = eventSeconds(record);
  return seconds !== undefined && seconds <= latest ? seconds : undefined;
}

/** Adds a match to those of its entry, whatever event name each has. */
function join<Rule>(
  together: Map<string, Together<Rule> & { readonly matches: Match[] }>,
  match: Match,
  rule: Rule,
): void {
  const entryId = match.compiled.entry.id;
  const found = together.get(entryId) ?? { entryId, rule, matches: [] };
  found.matches.push(match);
  together.set(entryId, found);
}

/** The id of the first suppression that applies. An entry about Trailwatch itself has none. */
function suppressionOf(
  { compiled, subject }: Match,
  seconds: number | undefined,
  suppressions: readonly CompiledSuppression[],
): string | undefined {
  if (seconds === undefined || compiled.entry.self === true) return undefined;
  return suppressions.find(({ applies }) => applies(compiled.entry.id, subject, seconds))?.id;
}
