import type { MeasuredWorkload, Result } from './measureWorkload.ts';

/** What a step of a workload took. @throws Error if it was not measured */
export function resultOf(workload: MeasuredWorkload | undefined, label: string): Result {
  const found = workload?.results.find((result) => result.label === label);
  if (found === undefined) throw new Error(`nothing measured for ${label}`);
  return found;
}
