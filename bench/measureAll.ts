import { join } from 'node:path';
import type { Terminal } from '../scripts/cli.ts';
import { type Bench, measure } from './measure.ts';
import { measureCounting } from './measureCounting.ts';
import { measureMatching } from './measureMatching.ts';
import { MEMORIES, measureMemory, refusalOf } from './measureMemory.ts';
import {
  type MeasuredWorkload,
  measureWorkload,
  stepsIn,
  writeLogFiles,
} from './measureWorkload.ts';
import type { Findings } from './renderReport.ts';
import { targetsOf } from './targetsOf.ts';
import { workloads } from './workloads.ts';

const MEMORY = 1024; // MB, the function's default
const LESS_MEMORY = 512;

/** Everything that the bench measures, one after another. */
export async function measureAll(
  { records, rounds }: { readonly records: number; readonly rounds: number },
  context: Bench,
  progress: Terminal['progress'],
): Promise<Findings> {
  const planned = await workloads(records);
  const others = MEMORIES.length + 1; // and the idle process
  const total = planned.reduce((sum, workload) => sum + stepsIn(workload, rounds), others);
  let done = 0;
  const bench = { ...context, onStep: () => progress((done += 1), total) };
  const measured: MeasuredWorkload[] = [];
  for (const workload of planned) {
    measured.push(await measureWorkload(workload, { rounds, memoryMegabytes: MEMORY }, bench));
  }
  // The last workload is the one large log file, and it still lies there.
  const folder = join(bench.folder, 'timed');
  const refusal = await refusalOf(folder, LESS_MEMORY, bench);
  const memories = await measureMemory(bench);
  const idleBytes = await idle(join(bench.folder, 'nothing'), bench);
  return {
    rounds,
    idleBytes,
    workloads: measured,
    memories,
    targets: [...targetsOf(measured, refusal), ...(await measureMatching())],
    counting: await measureCounting(),
  };
}

/** The peak memory of a process that has loaded the function's code and does nothing. */
async function idle(folder: string, bench: Bench): Promise<number> {
  await writeLogFiles(folder, []);
  const job = { folder, rounds: 1, warmUp: false, memoryMegabytes: MEMORY };
  return (await measure({ ...job, steps: ['nothing'] }, bench)).peakBytes;
}
