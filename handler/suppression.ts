import * as v from 'valibot';
import { patternSchema } from './entry.ts';
import { isoTime } from './isoTime.ts';
import { type Parsed, parseBy } from './parseBy.ts';
import type { NamedLists } from './pattern/namedLists.ts';
import { patternCompiler } from './pattern/patternCompiler.ts';
import type { Subject } from './pattern/subject.ts';
import { printable } from './printable.ts';
import { knowsOriginator } from './subjectOf.ts';
import { textAt } from './textAt.ts';

const text = v.pipe(v.string(), v.nonEmpty(), v.maxLength(500));
const id = v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,80}$/, 'must match ^[a-z0-9-]{1,80}$'));

const fields = {
  id,
  reason: text,
  owner: text, // whom to ask
  from: v.exactOptional(isoTime),
  entries: v.exactOptional(v.pipe(v.array(id), v.minLength(1), v.maxLength(100))),
  pattern: v.exactOptional(patternSchema),
};

/** A suppression as its seed file holds it: a dated exception with a reason and an owner. */
export const suppressionSchema = v.strictObject({
  ...fields,
  expiresAt: isoTime,
});

/** A row of the Suppression table: the same, but `expiresAt` is in epoch seconds. */
export const suppressionRowSchema = v.strictObject({
  ...fields,
  expiresAt: v.pipe(v.number(), v.integer()),
});

export type Suppression = v.InferOutput<typeof suppressionSchema>;
export type SuppressionRow = v.InferOutput<typeof suppressionRowSchema>;

/** A suppression, ready to be compared with matches. */
export interface CompiledSuppression {
  readonly id: string;
  readonly asksOriginator: boolean; // then it applies only once that is known
  readonly applies: (entryId: string, subject: Subject, seconds: number) => boolean; // epoch
}

const LONGEST = 366 * 86_400; // a year; whoever still needs it then decides again

/**
 * A row of the Suppression table, ready; or what is wrong with it.
 * @param now epoch seconds
 */
export function compileSuppression(
  row: unknown,
  lists: NamedLists,
  now: number,
): Parsed<CompiledSuppression> {
  const parsed = parseBy(suppressionRowSchema, row);
  if ('problems' in parsed) return parsed;
  const { id: name, entries, pattern, from, expiresAt } = parsed.value;
  if (entries === undefined && pattern === undefined) {
    return { problems: ['entries or pattern is needed: nothing may suppress everything'] };
  }
  if (expiresAt > now + LONGEST) return { problems: ['expiresAt: at most a year ahead'] };
  const condition =
    pattern === undefined ? { value: undefined } : patternCompiler(lists).exception(pattern);
  if ('problems' in condition) {
    return { problems: condition.problems.map((problem) => `pattern: ${problem}`) };
  }
  const { matches, asksOriginator = false } = condition.value ?? {};
  const ids = entries && new Set(entries);
  const start = from === undefined ? Number.NEGATIVE_INFINITY : Date.parse(from) / 1000;
  return {
    value: {
      id: name,
      asksOriginator,
      applies: (entryId, subject, seconds) =>
        (!asksOriginator || knowsOriginator(subject)) &&
        start <= seconds &&
        seconds < expiresAt &&
        (ids === undefined || ids.has(entryId)) &&
        (matches === undefined || matches(subject)),
    },
  };
}

/** The row that a suppression of a seed file becomes. */
export function suppressionRowOf({ expiresAt, ...rest }: Suppression): SuppressionRow {
  return { ...rest, expiresAt: Math.floor(Date.parse(expiresAt) / 1000) };
}

/** All that are usable, sorted by id, and what is wrong with the others: those suppress nothing. */
export function compileSuppressions(
  rows: readonly unknown[],
  lists: NamedLists,
  now: number,
): { readonly suppressions: readonly CompiledSuppression[]; readonly refused: readonly string[] } {
  const results = rows.map((row) => ({ row, result: compileSuppression(row, lists, now) }));
  return {
    suppressions: results
      .flatMap(({ result }) => ('value' in result ? [result.value] : []))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
    refused: results.flatMap(({ row, result }) =>
      'problems' in result
        ? [
            `${printable(textAt(row, 'id') ?? 'a row without id', 80)}: ${result.problems.join('; ')}`,
          ]
        : [],
    ),
  };
}
