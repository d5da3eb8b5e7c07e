import type { Parsed } from '../parseBy.ts';
import { factProblem } from './factProblem.ts';

/** The names along a path such as `userIdentity.arn`. A name that holds a dot cannot be written. */
export function parsePath(text: string): Parsed<readonly string[]> {
  const path = text.split('.');
  if (path.includes('')) return { problems: [`${text}: a name is empty, expected NAME.NAME...`] };
  const problem = factProblem(path);
  return problem === undefined ? { value: path } : { problems: [`${text}: ${problem}`] };
}
