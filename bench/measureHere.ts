import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { awsPorts } from '../handler/aws/awsPorts.ts';
import { readJsonFile } from '../scripts/readJsonFile.ts';
import type { Job, Measured, Told } from './measure.ts';
import { readBundled } from './readBundled.ts';
import { gunzip, gunzipSized, lineOf, parse, type Step } from './steps.ts';
import { watchlistOf } from './watchlists.ts';

// The program of a child process: measure.ts sends one job and hears what came of it.
// Never called; they are here because they take memory in the function too.
const NAMES = {
  watchlistTable: '',
  accountAliasTable: '',
  sessionTable: 'Session',
  suppressionTable: '',
  stateTable: '',
  alertTopicArn: '',
};
awsPorts(NAMES, () => {});

process.once('message', (job: Job) => {
  void run(job)
    .then(tell, (error: unknown) => tell({ error: String(error) }))
    .then(() => process.disconnect());
});

function tell(told: Told): void {
  process.send?.(told);
}

async function run(job: Job): Promise<Measured> {
  const names = (await readdir(job.folder)).sort();
  const files = await Promise.all(names.map((name) => readFile(`${job.folder}/${name}`)));
  const steps = await Promise.all(job.steps.map((step) => stepOf(step, job)));
  const milliseconds = steps.map((): number[] => []);
  const first = job.warmUp ? -1 : 0;
  for (let round = first; round < job.rounds; round += 1) {
    for (const [index, step] of steps.entries()) {
      const taken = await timeOf(step, files);
      if (round >= 0) milliseconds[index]?.push(taken);
      tell({ done: 1 });
    }
  }
  return { milliseconds, peakBytes: peakBytes() };
}

async function stepOf(step: Job['steps'][number], { memoryMegabytes }: Job): Promise<Step> {
  if (step === 'nothing') return async () => {};
  if (step === 'gunzip') return gunzip;
  if (step === 'gunzip sized') return gunzipSized;
  if (step === 'parse') return parse;
  const bundled = step.line === 'shipped' ? [] : (await readBundled()).flat();
  const watchlist = await watchlistOf(step.line, bundled);
  const aliases = (await readJsonFile('test/data/logs/aliases.json')) as unknown[];
  return lineOf({ watchlist, aliases, memoryMegabytes });
}

async function timeOf(step: Step, files: readonly Uint8Array[]): Promise<number> {
  globalThis.gc?.(); // nobody pays for the garbage of the one before
  const start = performance.now();
  await step(files);
  return performance.now() - start;
}

/** Resident memory at its highest. */
function peakBytes(): number {
  try {
    // On Linux maxRSS starts at the peak of the process that started this one; VmHWM does not.
    const kilobytes = /VmHWM:\s*(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
    if (kilobytes !== undefined) return Number(kilobytes) * 1024;
  } catch {
    // not Linux
  }
  return process.resourceUsage().maxRSS * 1024;
}
