import { FACTS, ORIGINATOR_FACTS } from './facts.ts';

/**
 * What is wrong with a path into the reserved name `trailwatch`; undefined for any other path.
 * @param known facts that may be named there
 */
export function factProblem(
  path: readonly string[],
  known: readonly string[] = FACTS,
): string | undefined {
  if (path[0] !== 'trailwatch') return undefined;
  if (known.some((fact) => isPath(fact, path))) return undefined;
  if (ORIGINATOR_FACTS.some((fact) => isPath(fact, path))) {
    return 'is known only after a pattern has matched: unless and suppressions alone may name it';
  }
  return `not a derived fact of this version; known: ${known.join(', ')}`;
}

/** Facts that exceptions may name. */
export const FACTS_OF_EXCEPTIONS: readonly string[] = [...FACTS, ...ORIGINATOR_FACTS];

function isPath(fact: string, path: readonly string[]): boolean {
  const names = fact.split('.');
  return names.length === path.length && names.every((name, index) => name === path[index]);
}
