import type { WatchlistRow } from './entry.ts';
import {
  type FirstSeen,
  type Grouping,
  parseFirstSeen,
  parseGrouping,
} from './grouping/grouping.ts';
import { outcomeOf } from './outcomeOf.ts';
import type { Parsed } from './parseBy.ts';
import { parsePath } from './pattern/parsePath.ts';
import type { PatternCompiler } from './pattern/patternCompiler.ts';
import type { Literal } from './pattern/requiredLiterals.ts';
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
export function compileEntry(
  entry: WatchlistRow,
  patterns: PatternCompiler,
): Parsed<CompiledEntry> {
  const problems: string[] = [];
  const take = <T>(field: string, parsed: Parsed<T>): T | undefined => {
    if ('value' in parsed) return parsed.value;
    problems.push(...parsed.problems.map((problem) => `${field}${problem}`));
    return undefined;
  };
  const pattern = entry.pattern && take('pattern: ', patterns.pattern(entry.pattern));
  const unless = (entry.unless ?? []).flatMap(
    (one, index) => take(`unless[${index}]: `, patterns.exception(one)) ?? [],
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
  const exceptions = unless.filter((one) => !one.asksOriginator);
  const onOriginator = unless.filter((one) => one.asksOriginator);
  const { isOfSource, hasOutcome } = simpleConditions(entry);
  return {
    value: {
      entry,
      watches: (record, subject) =>
        isOfSource(record) &&
        hasOutcome(record) &&
        (pattern === undefined || pattern.matches(subject)) &&
        !exceptions.some((one) => one.matches(subject)),
      excused:
        onOriginator.length === 0
          ? undefined
          : (subject) => onOriginator.some((one) => one.matches(subject)),
      literals: pattern?.literals ?? [],
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
