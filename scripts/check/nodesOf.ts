import type { NamedLists } from '../../handler/pattern/namedLists.ts';
import { parseException } from '../../handler/pattern/parsePattern.ts';
import type { PatternNode } from '../../handler/pattern/pattern.ts';

/** The nodes of a pattern, or of one of an exception, that is known to be one; none where there is none. */
export function nodesOf(
  pattern: Readonly<Record<string, unknown>> | undefined,
  lists: NamedLists,
): readonly PatternNode[] {
  if (pattern === undefined) return [];
  const parsed = parseException(pattern, lists);
  if ('problems' in parsed) throw new Error(parsed.problems.join('; '));
  return parsed.value.nodes;
}
