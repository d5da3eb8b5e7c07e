import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { listenLocally } from '../scripts/local/listenLocally.ts';

export const REGION = 'us-east-1';

/** A CloudFormation emulator on 127.0.0.1 that runs the packaged function, without Docker. */
export interface Ministack {
  readonly endpoint: string; // http://127.0.0.1:PORT
  readonly folder: string; // for temporary files; removed by `stop`
  /** A shell's environment in which the AWS CLI, the SDK, make and npm reach the emulator and no one else. */
  readonly environment: Readonly<Record<string, string>>;
  /** Aborted by `stop`, and when this process exits. */
  readonly ended: AbortSignal;
  /** What the emulator and the function have written. */
  log(): string;
  stop(): Promise<void>;
}

/** Starts the emulator of .venv. It ends with this process at the latest, by Ctrl-C too. */
export async function startMinistack(): Promise<Ministack> {
  const folder = await mkdtemp(join(tmpdir(), 'trailwatch-deploy-'));
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const environment = environmentOf(endpoint, folder);
  const child = spawn('ministack', { detached: true, env: { ...environment, ...settings(port) } });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => void (log += text));
  }
  const ended = new AbortController();
  const end = () => {
    ended.abort();
    killGroup(child);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  const forget = endWithProcess(end);
  const stop = async () => {
    const exited = isRunning(child) ? once(child, 'exit') : undefined;
    killGroup(child);
    await exited;
    end();
    forget();
  };
  try {
    await answering(child, endpoint, () => log);
  } catch (error) {
    await stop();
    throw error;
  }
  return { endpoint, folder, environment, ended: ended.signal, log: () => log, stop };
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listenLocally(server);
  await once(server.close(), 'close');
  return port;
}

/** Made from nothing, so that no profile, proxy or make variable of the caller's has a say. */
function environmentOf(endpoint: string, folder: string): Record<string, string> {
  // The emulator runs the function with the first `node`: this one, which is Lambda's major.
  const path = [resolve('.venv/bin'), dirname(process.execPath), process.env['PATH'] ?? ''];
  return {
    PATH: path.join(delimiter),
    HOME: folder,
    TMPDIR: folder,
    AWS_ENDPOINT_URL: endpoint,
    AWS_DEFAULT_REGION: REGION,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    npm_config_update_notifier: 'false',
    NO_COLOR: '1',
  };
}

/** By default it would listen to every network, and to MQTT. */
function settings(port: number): Record<string, string> {
  return { BIND_HOST: '127.0.0.1', GATEWAY_PORT: String(port), IOT_MTLS_ENABLED: '0' };
}

async function answering(child: ChildProcess, endpoint: string, log: () => string): Promise<void> {
  let failure: unknown;
  child.once('error', (error) => void (failure = error)); // could not be started
  for (let tries = 0; tries < 300; tries += 1) {
    const response = await fetch(`${endpoint}/_ministack/health`).catch(() => undefined);
    if (response?.ok) return;
    if (failure !== undefined || !isRunning(child)) break;
    await setTimeout(100);
  }
  throw new Error(`ministack does not answer on ${endpoint}:\n${log()}`, { cause: failure });
}

const isRunning = ({ pid, exitCode, signalCode }: ChildProcess): boolean =>
  pid !== undefined && exitCode === null && signalCode === null;

/** The emulator with the function's processes. */
function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // it has ended
  }
}

const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** @returns a function that calls it off */
function endWithProcess(end: () => void): () => void {
  const listeners = Object.entries(SIGNALS).map(
    ([signal, code]) => [signal, () => process.exit(code)] as const,
  );
  process.on('exit', end);
  for (const [signal, listener] of listeners) process.on(signal, listener);
  return () => {
    process.off('exit', end);
    for (const [signal, listener] of listeners) process.off(signal, listener);
  };
}
