import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { lambdaEnvironment } from './lambdaEnvironment.ts';
import type { LambdaOptions } from './lambdaOptions.ts';
import {
  type InvocationFailure,
  type InvocationResult,
  type RuntimeApi,
  serveRuntimeApi,
} from './runtimeApi.ts';

const runtimeClient = fileURLToPath(import.meta.resolve('aws-lambda-ric'));
const rapidClient = import.meta.resolve('./rapidClient.ts');
const initMilliseconds = 10_000; // Lambda's own limit for starting a function

/** One process of the function, with a Runtime API of its own: a dead process's late calls reach nobody. */
export interface Sandbox {
  /** The child's process id while it lives. */
  readonly pid: number | undefined;
  /** Killed or ended, so of no use for another invocation. */
  readonly spent: boolean;
  /** Not to be called again before it has settled. */
  invoke(event: unknown): Promise<InvocationResult>;
  kill(signal: NodeJS.Signals): void;
  /** Kills the child and waits until it is gone. */
  end(): Promise<void>;
}

export async function startSandbox(options: LambdaOptions, taskRoot: string): Promise<Sandbox> {
  const api = await serveRuntimeApi();
  const child = spawnRuntimeClient(options, taskRoot, api.address);
  for (const input of [child.stdout, child.stderr])
    if (input) createInterface({ input }).on('line', (line) => options.onLog?.(line));
  const closed = once(child, 'close').finally(() => api.close());
  const ended = closed.then(howItEnded, String);
  const alive = (): boolean => child.exitCode === null && child.signalCode === null;
  return {
    get pid() {
      return alive() ? child.pid : undefined;
    },
    get spent() {
      return child.killed || !alive();
    },
    invoke: (event) => invoke(options, api, child, ended, event),
    kill: (signal) => void child.kill(signal),
    end: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function spawnRuntimeClient(options: LambdaOptions, cwd: string, api: string): ChildProcess {
  // The share of memory that AWS's own start script gives to V8's two generations.
  const young = Math.floor(options.memoryMegabytes / 10);
  const flags = [
    `--max-semi-space-size=${Math.floor(young / 2)}`,
    `--max-old-space-size=${options.memoryMegabytes - young}`,
  ];
  return spawn(process.execPath, [...flags, '--import', rapidClient, runtimeClient], {
    cwd,
    env: lambdaEnvironment(options, cwd, runtimeClient, api),
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'], // the fourth tells the child when this process ends
  });
}

async function invoke(
  options: LambdaOptions,
  api: RuntimeApi,
  child: ChildProcess,
  ended: Promise<string>,
  event: unknown,
): Promise<InvocationResult> {
  const requestId = randomUUID();
  const body = JSON.stringify(event ?? null);
  let timedOut = false;
  const timeUp = (): void => {
    timedOut = true;
    child.kill('SIGKILL');
  };
  let timer = setTimeout(timeUp, initMilliseconds);
  const answer = async (): Promise<InvocationResult> => {
    await api.ready();
    clearTimeout(timer);
    timer = setTimeout(timeUp, options.timeoutSeconds * 1000);
    return api.run(requestId, headersOf(options), body);
  };
  const death = async (): Promise<InvocationFailure> => {
    const how = await ended;
    if (api.initError) return api.initError;
    const [errorType, why] = timedOut
      ? ['Sandbox.Timedout', `Task timed out after ${options.timeoutSeconds.toFixed(2)} seconds`]
      : ['Runtime.ExitError', `Runtime exited with error: ${how}`];
    return { ok: false, errorType, errorMessage: `RequestId: ${requestId} Error: ${why}` };
  };
  return Promise.race([answer(), death()]).finally(() => clearTimeout(timer));
}

function headersOf({ region, accountId, functionName, timeoutSeconds }: LambdaOptions) {
  const root = `1-${Math.floor(Date.now() / 1000).toString(16)}-${randomBytes(12).toString('hex')}`;
  return {
    'Lambda-Runtime-Deadline-Ms': String(Date.now() + timeoutSeconds * 1000),
    'Lambda-Runtime-Invoked-Function-Arn': `arn:aws:lambda:${region}:${accountId}:function:${functionName}`,
    'Lambda-Runtime-Trace-Id': `Root=${root};Parent=${randomBytes(8).toString('hex')};Sampled=0`,
  };
}

function howItEnded([code, signal]: (number | string | null)[]): string {
  return signal === null ? `exit status ${code}` : `signal: ${signal}`;
}
