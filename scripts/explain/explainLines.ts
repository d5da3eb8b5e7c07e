import { jsonOf } from '../../handler/jsonBytes.ts';
import { type Explained, explainPattern } from '../../handler/pattern/explainPattern.ts';
import { parsePath } from '../../handler/pattern/parsePath.ts';
import type { Pattern } from '../../handler/pattern/pattern.ts';
import type { Subject } from '../../handler/pattern/subject.ts';
import { cut, printable } from '../../handler/printable.ts';
import { valueOf } from '../../handler/subjectOf.ts';

/** `yes  PLACE: wanted ..., found ...`, or `no   ...`: whether one condition holds. */
export function conditionLine(
  holds: boolean,
  place: string,
  wanted: unknown,
  found: unknown,
): string {
  const has = found === undefined ? 'absent' : shown(found);
  return `${holds ? 'yes' : 'no '}  ${place}: wanted ${shown(wanted)}, found ${has}`;
}

/** What follows from the lines before it. */
export function verdictLine(place: string, verdict: string): string {
  return `=>   ${place}: ${verdict}`;
}

/** A line for each condition of a pattern, and whether all of it holds. */
export function patternLines(
  place: string,
  pattern: Pattern,
  subject: Subject,
): { readonly holds: boolean; readonly lines: readonly string[]; readonly why: string } {
  const { holds, isApart, leaves } = explainPattern(pattern, subject);
  const lines = leaves.map(({ path, alternative, holds: one, conditions, found }) => {
    const where = [place, alternative, path].filter((part) => part !== undefined).join(' ');
    return conditionLine(one, where, conditions, found);
  });
  const array = isApart ? arrayOf(leaves, subject) : undefined;
  const which = array === undefined ? 'an array' : array;
  const why = isApart
    ? `: each condition holds, but no one element of ${which} meets them all`
    : '';
  return { holds, lines, why };
}

/** The outermost array that several leaves look into. */
function arrayOf(leaves: readonly Explained[], subject: Subject): string | undefined {
  const paths = leaves.map(({ path }) => path);
  const around = paths.flatMap((path) => beginningsOf(path));
  return around.find((beginning) => {
    const parsed = parsePath(beginning);
    const isShared = paths.filter((path) => path.startsWith(`${beginning}.`)).length > 1;
    return isShared && 'value' in parsed && Array.isArray(valueOf(subject, parsed.value));
  });
}

/** `a` and `a.b` of `a.b.c`. */
function beginningsOf(path: string): readonly string[] {
  const names = path.split('.');
  return names.slice(1).map((_, index) => names.slice(0, index + 1).join('.'));
}

function shown(value: unknown): string {
  return printable(cut(jsonOf(value) ?? '(nested too deeply)', 400), 400);
}
