import { join } from 'node:path';
import { maxLogFileBytes } from '../handler/maxLogFileBytes.ts';
import { type Bench, type Job, measure } from './measure.ts';
import { writeLogFiles } from './measureWorkload.ts';
import { largestLogFile } from './workloads.ts';

/** The largest log file that a function of some memory takes, and what that took. */
export interface MeasuredMemory {
  readonly memoryMegabytes: number;
  readonly limitBytes: number; // uncompressed
  readonly peakBytes: number;
}

export const MEMORIES = [256, 512, 1024] as const; // the least, half the default, the default

/** The peak memory of the line for the largest log file that is not refused, by memory. */
export async function measureMemory(bench: Bench): Promise<readonly MeasuredMemory[]> {
  const measured: MeasuredMemory[] = [];
  for (const memoryMegabytes of MEMORIES) {
    const folder = join(bench.folder, 'largest');
    await writeLogFiles(folder, (await largestLogFile(memoryMegabytes)).files);
    const { peakBytes } = await measure(lineOnce(folder, memoryMegabytes), bench);
    measured.push({ memoryMegabytes, limitBytes: maxLogFileBytes(memoryMegabytes), peakBytes });
  }
  return measured;
}

/** Why a function of such memory refuses the log file in a folder; undefined if it takes it. */
export async function refusalOf(
  folder: string,
  memoryMegabytes: number,
  bench: Bench,
): Promise<string | undefined> {
  try {
    await measure(lineOnce(folder, memoryMegabytes), bench);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function lineOnce(folder: string, memoryMegabytes: number): Job {
  return { folder, steps: [{ line: 'shipped' }], rounds: 1, warmUp: false, memoryMegabytes };
}
