import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LambdaOptions } from './lambda/lambdaOptions.ts';
import type { InvocationResult } from './lambda/runtimeApi.ts';
import { type Sandbox, startSandbox } from './lambda/sandbox.ts';
import { unzip } from './lambda/unzip.ts';

export type { InvocationResult, LambdaOptions };

/** A packaged function under AWS's own Lambda runtime client, in a process of its own. */
export interface LocalLambda {
  /**
   * Invokes the function, in the process of the last invocation or, where there is none, in a fresh one.
   * One at a time: a second call waits for the first. What the function throws is a result; so is its
   * process's death (errorType `Runtime.ExitError`) and its timeout (`Sandbox.Timedout`, process killed).
   * Its log lines have been passed on before its result is. Rejects after `stop`.
   */
  invoke(event: unknown): Promise<InvocationResult>;
  /** Sends the running process a signal, SIGKILL by default. The next invocation gets a fresh process. */
  kill(signal?: NodeJS.Signals): void;
  /** The process id; undefined while none is running, as before the first invocation. */
  readonly pid: number | undefined;
  /** Ends the process and removes the unpacked zip; an invocation under way fails. May be called again. */
  stop(): Promise<void>;
}

/** Unpacks the zip; rejects if that fails. The process is started by the first invocation, as in Lambda. */
export async function startLambda(options: LambdaOptions): Promise<LocalLambda> {
  const taskRoot = await unpacked(options.zip);
  let sandbox: Sandbox | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let stopped: Promise<void> | undefined;

  const refuseIfStopped = (): void => {
    if (stopped) throw new Error(`${options.functionName} has been stopped`);
  };
  const run = async (event: unknown): Promise<InvocationResult> => {
    refuseIfStopped();
    if (sandbox?.spent) {
      await sandbox.end();
      sandbox = undefined;
    }
    sandbox ??= await startSandbox(options, taskRoot);
    refuseIfStopped(); // it may have been while the process was starting
    return sandbox.invoke(event);
  };
  const stop = async (): Promise<void> => {
    sandbox?.kill('SIGKILL');
    await last;
    await sandbox?.end();
    await rm(taskRoot, { recursive: true, force: true });
  };

  return {
    invoke: (event) => {
      const result = last.then(() => run(event));
      last = result.catch(() => undefined);
      return result;
    },
    kill: (signal = 'SIGKILL') => sandbox?.kill(signal),
    get pid() {
      return sandbox?.pid;
    },
    stop: () => (stopped ??= stop()),
  };
}

async function unpacked(zip: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'trailwatch-lambda-'));
  try {
    await unzip(zip, folder);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw new Error(`Cannot unpack ${zip}`, { cause: error });
  }
  return folder;
}
