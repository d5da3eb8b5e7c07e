import { FACTS } from './facts.ts';

/** What is wrong with a path into the reserved name `trailwatch`; undefined for any other path. */
export function factProblem(path: readonly string[]): string | undefined {
  if (path[0] !== 'trailwatch') return undefined;
  const isFact = FACTS.some((fact) => {
    const names = fact.split('.');
    return names.length === path.length && names.every((name, index) => name === path[index]);
  });
  return isFact ? undefined : `not a derived fact of this version; known: ${FACTS.join(', ')}`;
}
