import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { constants, tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { listenLocally } from '../../scripts/local/listenLocally.ts';

const SETTINGS = {
  BIND_HOST: '127.0.0.1', // by default it would listen to every network
  IOT_MTLS_ENABLED: '0', // and to MQTT
  AUTH: 'true', // policies of roles, buckets, queues and topics are enforced
};

/** A CloudFormation emulator on 127.0.0.1 that also runs the packaged function, without Docker. */
export interface Ministack {
  readonly endpoint: string; // http://127.0.0.1:PORT
  readonly folder: string; // for temporary files; removed in the end
  /** All variables of a shell from which AWS CLI, SDK, make and npm reach the emulator, and nothing else. */
  readonly environment: Readonly<Record<string, string>>;
  readonly ended: AbortSignal; // by `stop` or with this process
  log(): string; // what emulator and function have written
  stop(): Promise<void>;
}

/** Starts the emulator in .venv. It ends with this process at the latest, also by Ctrl-C. */
export async function startMinistack(): Promise<Ministack> {
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const folder = await mkdtemp(join(tmpdir(), 'trailwatch-deploy-'));
  const environment = environmentOf(endpoint, folder);
  const env = { ...environment, ...SETTINGS, GATEWAY_PORT: String(port) };
  const child = spawn('.venv/bin/python', ['test/deploy/emulator.py'], { detached: true, env });
  let log = '';
  const exited = new Promise<void>((exit) => {
    child.once('close', () => exit());
    child.once('error', (error) => exit(void (log += error))); // could not be started
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => void (log += text));
  }
  const ended = new AbortController();
  const end = () => {
    if (ended.signal.aborted) return;
    ended.abort();
    killGroup(child);
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  };
  atTheLatest(end);
  const stop = async () => {
    end();
    await exited;
  };
  try {
    await answering(endpoint, exited);
  } catch (cause) {
    await stop();
    throw new Error(`ministack does not answer on ${endpoint}:\n${log}`, { cause });
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
function environmentOf(endpoint: string, folder: string) {
  // The emulator runs the function with the first `node`: this one, of the function's own major.
  const path = [resolve('.venv/bin'), dirname(process.execPath), process.env['PATH'] ?? ''];
  return {
    PATH: path.join(delimiter),
    HOME: folder,
    TMPDIR: folder,
    AWS_ENDPOINT_URL: endpoint,
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    npm_config_update_notifier: 'false',
  };
}

async function answering(endpoint: string, exited: Promise<void>): Promise<void> {
  const ended = exited.then(() => true);
  for (let tries = 0; tries < 300; tries += 1) {
    const response = await fetch(`${endpoint}/_ministack/health`).catch(() => undefined);
    if (response?.ok) return;
    if (await Promise.race([ended, setTimeout(100, false)])) throw new Error('it ended');
  }
  throw new Error('waited for 30 seconds');
}

/** Ends the emulator together with the function's processes. */
function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return; // could not be started
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // had ended by itself
  }
}

function atTheLatest(end: () => void): void {
  process.once('exit', end);
  for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => process.exit(128 + constants.signals[signal]));
  }
}
