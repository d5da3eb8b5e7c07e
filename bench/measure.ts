import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { WatchlistName } from './watchlists.ts';

export type StepName =
  | 'nothing'
  | 'gunzip'
  | 'gunzip sized'
  | 'parse'
  | { readonly line: WatchlistName };

/** What a child process measures. */
export interface Job {
  readonly folder: string; // of log files
  readonly steps: readonly StepName[];
  readonly rounds: number; // of all steps in turn, so that a busy moment hits each alike
  readonly warmUp: boolean; // one more round that does not count
  readonly memoryMegabytes: number; // of the function
}

export interface Measured {
  readonly milliseconds: readonly (readonly number[])[]; // by step, then round
  readonly peakBytes: number; // resident memory of the process, Node included
}

export type Told = Measured | { readonly done: number } | { readonly error: string };

/** What stays the same in a run of the bench. */
export interface Bench {
  readonly folder: string; // for the program and its log files
  readonly program: string; // measureHere.ts, bundled
  readonly signal: AbortSignal; // ends the measuring process
  readonly onStep?: () => void;
}

/**
 * Measures in a process of its own, whose heap is limited as Lambda limits that of a function of
 * such memory.
 * @throws Error with the reason, if a step fails
 */
export async function measure(job: Job, { program, signal, onStep }: Bench): Promise<Measured> {
  const child = fork(program, { execArgv: flagsFor(job), signal });
  const exited = once(child, 'exit');
  let told: Told | undefined;
  child.on('message', (message: Told) => {
    if ('done' in message) onStep?.();
    else told = message;
  });
  child.send(job, () => {}); // where it did not start, `exited` says why
  const [code, killedBy] = await exited;
  if (told === undefined) throw new Error(`the measuring process ended (${killedBy ?? code})`);
  if ('error' in told) throw new Error(told.error.replace(/^Error: /, ''));
  return told as Measured;
}

/** The V8 options that Lambda's Node runtime sets: 90 % and 5 % of the function's memory. */
function flagsFor({ memoryMegabytes }: Job): string[] {
  const share = (percent: number) => Math.floor((memoryMegabytes * percent) / 100);
  return [
    '--expose-gc', // so does Lambda
    `--max-old-space-size=${share(90)}`,
    `--max-semi-space-size=${share(5)}`,
  ];
}
