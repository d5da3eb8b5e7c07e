import type { WatchlistRow } from './entry.ts';
import {
  type FirstSeen,
  type Grouping,
  parseFirstSeen,
  parseGrouping,
} from './grouping/grouping.ts';
import { outcomeOf } from './outcomeOf.ts';
import type { Parsed } from './parseBy.ts';
import { asksOriginator } from './pattern/asksOriginator.ts';
import { compilePattern } from './pattern/compilePattern.ts';
import type { NamedLists } from './pattern/namedLists.ts';
import { parsePath } from './pattern/parsePath.ts';
import { parseException, parsePattern } from './pattern/parsePattern.ts';
import { type Literal, requiredLiterals } from './pattern/requiredLiterals.ts';
import type { Subject } from './pattern/subject.ts';
import type { CloudTrailRecord } from './readLogFile.ts';
import { parseTemplate, type Template } from './template.ts';

/** A row, ready to be compared with records of its event name. */
export interface CompiledEntry {
  readonly entry: WatchlistRow;
  readonly watches: (record: CloudTrailRecord, subject: Subject) => boolean;
  /** Whether its exceptions on the originator pass a match over, once that is known; if it has any. */
  readonly excused: ((subject: Subject) => boolean) | undefined;
  readonly literals: readonly Literal[]; // what its pattern cannot do without
  readonly summary: Template | undefined;
  readonly show: readonly { readonly label: string; readonly path: readonly string[] }[];
  readonly grouping: Grouping | undefined;
  readonly firstSeen: FirstSeen | undefined;
}

/** Compiles a row that parseRow has accepted; or says what is wrong with its conditions and paths. */
export function compileEntry(entry: WatchlistRow, lists: NamedLists): Parsed<CompiledEntry> {
  const problems: string[] = [];
  const take = <T>(field: string, parsed: Parsed<T>): T | undefined => {
    if ('value' in parsed) return parsed.value;
    problems.push(...parsed.problems.map((problem) => `${field}${problem}`));
    return undefined;
  };
  const pattern = entry.pattern && take('pattern: ', parsePattern(entry.pattern, lists));
  const unless = (entry.unless ?? []).flatMap(
    (one, index) => take(`unless[${index}]: `, parseException(one, lists)) ?? [],
  );
  const summary =
    entry.summary === undefined ? undefined : take('summary: ', parseTemplate(entry.summary));
  const show = Object.entries(entry.show ?? {}).map(([label, path]) => ({
    label,
    path: take(`show.${label}: `, parsePath(path)) ?? [],
  }));
  const grouping = take('', parseGrouping(entry));
  const firstSeen = take('', parseFirstSeen(entry));
  if (problems.length > 0) return { problems };
  const matches = pattern && compilePattern(pattern);
  const exceptions = unless.filter((one) => !asksOriginator(one)).map(compilePattern);
  const onOriginator = unless.filter(asksOriginator).map(compilePattern);
  const { isOfSource, hasOutcome } = simpleConditions(entry);
  return {
    value: {
      entry,
      watches: (record, subject) =>
        isOfSource(record) &&
        hasOutcome(record) &&
        (matches === undefined || matches(subject)) &&
        !exceptions.some((excepted) => excepted(subject)),
      excused:
        onOriginator.length === 0
          ? undefined
          : (subject) => onOriginator.some((excepted) => excepted(subject)),
      literals: pattern === undefined ? [] : requiredLiterals(pattern),
      summary,
      show,
      grouping,
      firstSeen,
    },
  };
}

function simpleConditions({ eventSource, outcome = 'any' }: WatchlistRow) {
  const sources = eventSource === undefined ? undefined : new Set([eventSource].flat());
  return {
    isOfSource: (record: CloudTrailRecord) =>
      sources === undefined || sources.has(record.eventSource),
    hasOutcome: (record: CloudTrailRecord) => outcome === 'any' || outcomeOf(record) === outcome,
  };
}
