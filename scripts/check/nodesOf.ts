import type { NamedLists } from '../../handler/pattern/namedLists.ts';
import { parsePattern } from '../../handler/pattern/parsePattern.ts';
import type { PatternNode } from '../../handler/pattern/pattern.ts';

/** The nodes of a pattern that is known to be one; none where there is no pattern. */
export function nodesOf(
  pattern: Readonly<Record<string, unknown>> | undefined,
  lists: NamedLists,
): readonly PatternNode[] {
  if (pattern === undefined) return [];
  const parsed = parsePattern(pattern, lists);
  if ('problems' in parsed) throw new Error(parsed.problems.join('; '));
  return parsed.value.nodes;
}
