import { asksOriginator } from '../../handler/pattern/asksOriginator.ts';
import type { NamedLists } from '../../handler/pattern/namedLists.ts';
import type { Subject } from '../../handler/pattern/subject.ts';
import { knowsOriginator } from '../../handler/subjectOf.ts';
import { nodesOf } from '../check/nodesOf.ts';
import { patternLines } from './explainLines.ts';

/** A line for each condition of an exception, and whether it holds: not while nobody is known. */
export function exceptionLinesOf(
  place: string,
  pattern: Readonly<Record<string, unknown>>,
  subject: Subject,
  lists: NamedLists,
): ReturnType<typeof patternLines> {
  const nodes = nodesOf(pattern, lists);
  const told = patternLines(place, { nodes }, subject);
  if (!asksOriginator({ nodes }) || knowsOriginator(subject)) return told;
  const why = ': this record alone does not tell who is behind it (replay follows sessions)';
  return { ...told, holds: false, why };
}
