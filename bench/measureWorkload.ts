import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { GrownLogFiles } from './growLogFiles.ts';
import { type Bench, type Measured, measure, type StepName } from './measure.ts';
import type { Workload } from './workloads.ts';

/** What one step took. */
export interface Result {
  readonly label: string;
  readonly milliseconds: number; // the median
  readonly peakBytes: number; // of a process that does nothing else, once
}

export interface MeasuredWorkload {
  readonly title: string;
  readonly grown: Omit<GrownLogFiles, 'files'> & { readonly files: number; readonly bytes: number };
  readonly results: readonly Result[];
}

/** Steps told to `onStep` in all. */
export function stepsIn({ steps }: Workload, rounds: number): number {
  return Object.keys(steps).length * (rounds + 2); // warm-up and peak memory
}

/** Times the steps of a workload in turn, then has each alone for its peak memory. */
export async function measureWorkload(
  { title, grow, steps }: Workload,
  { rounds, memoryMegabytes }: { readonly rounds: number; readonly memoryMegabytes: number },
  bench: Bench,
): Promise<MeasuredWorkload> {
  const { files, records, jsonBytes } = grow();
  const folder = join(bench.folder, 'timed');
  await writeLogFiles(folder, files);
  const names = Object.values(steps);
  const job = { folder, steps: names, rounds, warmUp: true, memoryMegabytes };
  const { milliseconds } = await measure(job, bench);
  const alone = (step: StepName): Promise<Measured> =>
    measure({ ...job, steps: [step], rounds: 1, warmUp: false }, bench);
  const results: Result[] = [];
  for (const [index, [label, step]] of Object.entries(steps).entries()) {
    const { peakBytes } = await alone(step);
    results.push({ label, milliseconds: medianOf(milliseconds[index] ?? []), peakBytes });
  }
  const bytes = files.reduce((sum, file) => sum + file.length, 0);
  return { title, grown: { files: files.length, bytes, records, jsonBytes }, results };
}

/** A folder that holds these log files and nothing else. */
export async function writeLogFiles(folder: string, files: readonly Uint8Array[]): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const [index, bytes] of files.entries()) {
    await writeFile(join(folder, `${String(index).padStart(6, '0')}.json.gz`), bytes);
  }
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}
