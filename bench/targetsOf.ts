import type { MeasuredWorkload } from './measureWorkload.ts';
import type { Target } from './renderReport.ts';
import { resultOf } from './resultOf.ts';
import { LINE, PARSE } from './workloads.ts';

const RATIO = 1.3; // of the line to gunzip + JSON.parse
const MEMORY_BYTES = 1024 * 1024 * 1024; // the function's default

/**
 * What the first and the last workload should show.
 * @param refusal what half the memory says to the last one
 */
export function targetsOf(
  workloads: readonly MeasuredWorkload[],
  refusal: string | undefined,
): readonly Target[] {
  const ratio =
    resultOf(workloads[0], LINE).milliseconds / resultOf(workloads[0], PARSE).milliseconds;
  const { peakBytes } = resultOf(workloads.at(-1), LINE);
  return [
    {
      wanted: `the line within ${RATIO} times ${PARSE}`,
      found: ratio.toFixed(2),
      met: ratio <= RATIO,
    },
    {
      wanted: "one log file of 105 MB within the function's default memory of 1024 MiB",
      found: `${(peakBytes / 1024 ** 2).toFixed(0)} MiB`,
      met: peakBytes <= MEMORY_BYTES,
    },
    {
      wanted: 'the same file refused where the memory is 512 MiB, naming size and parameter',
      found: refusal ?? 'it was taken',
      met: /\d bytes.*HandlerMemory/.test(refusal ?? ''),
    },
  ];
}
