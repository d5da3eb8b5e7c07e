import { eventSeconds } from '../../handler/eventSeconds.ts';
import type { NamedLists } from '../../handler/pattern/namedLists.ts';
import type { Subject } from '../../handler/pattern/subject.ts';
import type { SuppressionRow } from '../../handler/suppression.ts';
import { exceptionLinesOf } from './exceptionLinesOf.ts';
import { verdictLine } from './explainLines.ts';

/** Whether a suppression that names an entry, or all of them, applies to a record of it, and why. */
export function explainSuppression(
  { id, pattern, from, expiresAt }: SuppressionRow,
  subject: Subject,
  lists: NamedLists,
): { readonly applies: boolean; readonly lines: readonly string[] } {
  const place = `suppression ${id}`;
  const start = from === undefined ? Number.NEGATIVE_INFINITY : Date.parse(from) / 1000;
  const seconds = eventSeconds(subject.record) ?? Number.NaN;
  const isInTime = start <= seconds && seconds < expiresAt;
  const part =
    pattern === undefined
      ? { holds: true, lines: [], why: '' }
      : exceptionLinesOf(place, pattern, subject, lists);
  const span = `${from === undefined ? '' : `from ${from} `}until ${isoOf(expiresAt)}`;
  const applies = isInTime && part.holds;
  const reasons = [
    ...(isInTime ? [] : [`it is for events ${span}`]),
    ...(part.holds ? [] : [`its pattern does not match${part.why}`]),
  ];
  const verdict = applies
    ? `applies, ${span}: the match is suppressed`
    : `does not apply: ${reasons.join('; ')}`;
  return { applies, lines: [...part.lines, verdictLine(place, verdict)] };
}

function isoOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
