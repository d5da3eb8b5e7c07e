import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { expect } from 'chai';
import { ZipFile } from 'yazl';
import {
  type LambdaOptions,
  type LocalLambda,
  startLambda,
} from '../../../scripts/local/lambda.ts';
import { listenLocally } from '../../../scripts/local/listenLocally.ts';

const moduleUrl = import.meta.resolve('../../../scripts/local/lambda.ts');

describe('startLambda', () => {
  let folder: string;
  let lambda: LocalLambda | undefined;
  let logged: string[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lambda-test-'));
    logged = [];
  });
  afterEach(async () => {
    await lambda?.stop();
    lambda = undefined;
    await rm(folder, { recursive: true });
  });

  /** Options for a zip with this code as its index.js. */
  async function packed(code: string, more: Partial<LambdaOptions> = {}): Promise<LambdaOptions> {
    const zip = join(folder, 'function.zip');
    const file = new ZipFile();
    file.addBuffer(Buffer.from(code), 'index.js');
    file.addBuffer(Buffer.from('exports.word = "neighbour";'), 'lib/neighbour.js');
    file.end();
    await pipeline(file.outputStream, createWriteStream(zip));
    return {
      zip,
      handler: 'index.handler',
      environment: { WATCHLIST_TABLE: 'watchlist-table' },
      functionName: 'trailwatch-handler',
      memoryMegabytes: 512,
      timeoutSeconds: 5,
      region: 'eu-west-1',
      accountId: '123456789012',
      onLog: (line) => logged.push(line),
      ...more,
    };
  }
  async function started(code: string, more: Partial<LambdaOptions> = {}): Promise<LocalLambda> {
    lambda = await startLambda(await packed(code, more));
    return lambda;
  }

  it('returns what the handler returns, from one process for invocations in a row', async () => {
    const running = await started(`
      const { word } = require('./lib/neighbour.js');
      let invocations = 0;
      exports.handler = async (event) => ({ word, event, invocations: ++invocations, pid: process.pid });`);
    const event = { Records: [{ body: 'é' }] };

    const first = await payloadOf(running, event);
    expect(first).to.deep.equal({ word: 'neighbour', event, invocations: 1, pid: running.pid });
    expect(await payloadOf(running)).to.include({ invocations: 2, pid: running.pid });
  });

  it('passes on a return value of nothing, and payloads larger than a socket buffer', async () => {
    const running = await started('exports.handler = async (event) => event.back;');

    expect(await payloadOf(running, {})).to.equal(null);
    const back = 'x'.repeat(4_000_000);
    expect(await payloadOf(running, { back })).to.equal(back);
  });

  it('hands over one invocation at a time', async () => {
    const running = await started(`
      const { setTimeout } = require('node:timers/promises');
      let open = 0;
      exports.handler = async () => { const others = open++; await setTimeout(50); open--; return others; };`);

    const others = await Promise.all([1, 2, 3].map(() => payloadOf(running)));
    expect(others).to.deep.equal([0, 0, 0]);
  });

  it('gives what the handler throws, and goes on in the same process', async () => {
    const running = await started(`
      exports.handler = async (event) => { if (event.bad) throw new TypeError('no such bucket'); return process.pid; };`);

    const result = await running.invoke({ bad: true });
    expect(result).to.deep.equal({
      ok: false,
      errorType: 'TypeError',
      errorMessage: 'no such bucket',
    });
    const { pid } = running;
    expect(await payloadOf(running)).to.equal(pid);
  });

  it('gives the handler the context that Lambda gives', async () => {
    const running = await started(
      `exports.handler = async (event, context) => {
        const { functionName, functionVersion, memoryLimitInMB, invokedFunctionArn, awsRequestId } = context;
        const left = context.getRemainingTimeInMillis();
        return { functionName, functionVersion, memoryLimitInMB, invokedFunctionArn, awsRequestId, left };
      };`,
      { timeoutSeconds: 90 },
    );

    const { left, awsRequestId, ...rest } = Object(await payloadOf(running));
    expect(left).to.be.within(80_000, 90_000);
    expect(awsRequestId).to.match(/^[0-9a-f-]{36}$/);
    expect(rest).to.deep.equal({
      functionName: 'trailwatch-handler',
      functionVersion: '$LATEST',
      memoryLimitInMB: '512',
      invokedFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:trailwatch-handler',
    });
  });

  it('counts the time from the invocation on, not from the start of the process', async () => {
    const running = await started(
      'exports.handler = async (event, context) => context.getRemainingTimeInMillis();',
      { timeoutSeconds: 2 },
    );
    await payloadOf(running);
    await new Promise((resolve) => setTimeout(resolve, 1000));

    expect(await payloadOf(running)).to.be.within(1500, 2000);
  });

  it('gives the function its own variables, those of Lambda, and no others', async () => {
    process.env['TRAILWATCH_TEST_SECRET'] = 'inherited';
    const coverage = process.env['NODE_V8_COVERAGE'];
    process.env['NODE_V8_COVERAGE'] = folder;
    const running = await started(
      'exports.handler = async () => ({ env: process.env, cwd: process.cwd(), file: __filename });',
      { environment: { WATCHLIST_TABLE: 'watchlist-table', AWS_REGION: 'us-east-1' } },
    );
    const { env, cwd, file } = Object(await payloadOf(running));
    delete process.env['TRAILWATCH_TEST_SECRET'];
    if (coverage === undefined) delete process.env['NODE_V8_COVERAGE'];
    else process.env['NODE_V8_COVERAGE'] = coverage;

    expect(env).to.include({
      WATCHLIST_TABLE: 'watchlist-table',
      AWS_REGION: 'eu-west-1',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
      LAMBDA_TASK_ROOT: cwd,
      _HANDLER: 'index.handler',
    });
    expect(file).to.equal(join(cwd, 'index.js'));
    const others = Object.keys(env).filter((name) => !/^_?(AWS|LAMBDA|X_AMZN)_/.test(name));
    expect(others.sort()).to.deep.equal([
      'HOME',
      'LANG',
      'PATH',
      'TZ',
      'WATCHLIST_TABLE',
      '_HANDLER',
    ]);
  });

  it("limits the function's heap to nine tenths of its memory", async () => {
    const running = await started(
      "exports.handler = async () => require('node:v8').getHeapStatistics().heap_size_limit / 2 ** 20;",
      { memoryMegabytes: 256 },
    );

    // old space 231 MB, and three semi-spaces of 12 MB, rounded to a power of two
    expect(await payloadOf(running)).to.be.within(231, 290);
  });

  it('has passed on every line the function wrote before the answer is there', async () => {
    const running = await started(`
      console.log('while loading');
      exports.handler = async (event) => {
        for (let line = 0; line < event.lines; line++) console.log('x'.repeat(10_000));
        process.stderr.write('bare\\n');
        console.log('last', event.lines);
      };`);

    for (const lines of [0, 1, 5, 20, 100]) {
      logged = [];
      await running.invoke({ lines });
      expect(logged.filter((line) => line.endsWith('xxx'))).to.have.length(lines);
      expect(logged).to.include('bare');
      expect(logged.filter((line) => line.endsWith(`\tINFO\tlast ${lines}`))).to.have.length(1);
      expect(logged.some((line) => line.endsWith('\tINFO\twhile loading'))).to.equal(lines === 0);
    }
  });

  it('reports a process killed during an invocation, and invokes in a fresh one', async () => {
    const running = await started(`
      exports.handler = async (event) => { if (event.hang) { console.log('hanging'); await new Promise(() => setInterval(() => {}, 1000)); } return process.pid; };`);
    const first = await payloadOf(running);
    const hanging = running.invoke({ hang: true });
    const next = running.invoke({});
    await until(() => logged.some((line) => line.endsWith('hanging')));
    running.kill();

    const result = await hanging;
    expect(result).to.include({ ok: false, errorType: 'Runtime.ExitError' });
    expect(result).to.have.property('errorMessage').that.includes('signal: SIGKILL');
    expect(await next).to.deep.equal({ ok: true, payload: running.pid });
    expect(running.pid).to.not.equal(first);
  });

  it('invokes in a fresh process when the last one was killed between invocations', async () => {
    const running = await started('exports.handler = async () => process.pid;');
    const pids = new Set<unknown>();
    for (let times = 0; times < 4; times++) {
      pids.add(await payloadOf(running));
      running.kill();
    }

    expect(pids).to.have.length(4);
    await until(() => running.pid === undefined);
  });

  it('reports a handler that ends its own process', async () => {
    const running = await started('exports.handler = async () => process.exit(7);');

    const result = await running.invoke({});
    expect(result).to.include({ ok: false, errorType: 'Runtime.ExitError' });
    expect(result).to.have.property('errorMessage').that.includes('exit status 7');
  });

  it('kills a handler over its time, busy or idle, and invokes in a fresh process', async () => {
    const running = await started(
      `exports.handler = async (event) => {
        if (event.idle) await new Promise(() => setInterval(() => {}, 1000));
        while (event.busy);
        return process.pid;
      };`,
      { timeoutSeconds: 1 },
    );
    for (const event of [{ idle: true }, { busy: true }]) {
      const before = await payloadOf(running);
      const result = await running.invoke(event);

      expect(result).to.include({ ok: false, errorType: 'Sandbox.Timedout' });
      expect(result).to.have.property('errorMessage').that.includes('timed out after 1.00 seconds');
      expect(running.pid).to.equal(undefined);
      expect(await payloadOf(running)).to.not.equal(before);
    }
  });

  it('reports a module that cannot be loaded, and tries again with the next invocation', async () => {
    const running = await started(`throw new RangeError('WATCHLIST_TABLE is not set');`);

    for (let times = 0; times < 2; times++)
      expect(await running.invoke({})).to.deep.equal({
        ok: false,
        errorType: 'RangeError',
        errorMessage: 'WATCHLIST_TABLE is not set',
      });
    expect(logged.filter((line) => line.includes('Init Error'))).to.have.length(2);
  });

  it('reports a handler that is not exported, and a dependency that was not packed', async () => {
    const unexported = await started('exports.other = async () => 1;');
    expect(await unexported.invoke({})).to.include({ errorType: 'Runtime.HandlerNotFound' });
    await unexported.stop();

    const unpacked = await started(`require('valibot'); exports.handler = async () => 1;`);
    expect(await unpacked.invoke({})).to.include({ errorType: 'Runtime.ImportModuleError' });
  });

  it('refuses what is not a zip', async () => {
    const options = await packed('');
    await writeFile(options.zip, 'not a zip');

    const error: unknown = await startLambda(options).catch((reason: unknown) => reason);
    expect(error).to.be.an('error').with.property('message', `Cannot unpack ${options.zip}`);
  });

  describe('stop', () => {
    it('ends the process and removes the unpacked zip, once or twice', async () => {
      const running = await started(
        'exports.handler = async () => ({ pid: process.pid, cwd: __dirname });',
      );
      const { pid, cwd } = Object(await payloadOf(running));
      await Promise.all([running.stop(), running.stop()]);
      await running.stop();

      expect(() => process.kill(pid, 0)).to.throw('ESRCH');
      expect(running.pid).to.equal(undefined);
      expect(existsSync(cwd)).to.equal(false);
    });

    it('fails the invocation under way and refuses those that wait', async () => {
      const running = await started(`
        exports.handler = async () => { console.log('hanging'); await new Promise(() => setInterval(() => {}, 1000)); };`);
      const hanging = running.invoke({});
      const waiting = running.invoke({}).catch((reason: Error) => reason.message);
      await until(() => logged.length > 0);
      await running.stop();

      expect(await hanging).to.include({ ok: false, errorType: 'Runtime.ExitError' });
      expect(await waiting).to.equal('trailwatch-handler has been stopped');
    });

    it('leaves no process when it is called while one is being started', async () => {
      const { server, port, connections } = await listening();
      const running = await started(callingHome('async () => 1'), { environment: { PORT: port } });
      const invoked = running.invoke({}).catch((reason: Error) => reason.message);
      await Promise.resolve(); // the invocation has begun, its process has not
      await running.stop();

      expect(await invoked).to.equal('trailwatch-handler has been stopped');
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect(connections).to.have.length(0);
      server.close();
    });
  });

  describe('when the process that started it is killed', () => {
    // The function holds a connection to this test, which ends when its process ends: to ask for its
    // process id would find the orphan's remains as well where nobody reaps them.
    for (const [name, handler, sign] of [
      ['between invocations', 'async () => 1', 'ok: true'],
      [
        'during an invocation',
        "() => { console.log('in hand'); return new Promise(() => setInterval(() => {}, 1000)); }",
        'in hand',
      ],
    ] as const)
      it(`ends the function ${name}`, async () => {
        const { server, port, connections } = await listening();
        const options = await packed(callingHome(handler), { environment: { PORT: port } });
        const code = `
          import { startLambda } from '${moduleUrl}';
          const lambda = await startLambda({ ...${JSON.stringify(options)}, onLog: console.log });
          console.log(await lambda.invoke({}));
          setInterval(() => {}, 1000);`;
        const parent = spawn(process.execPath, ['--input-type=module', '--eval', code], {
          env: { ...process.env, TMPDIR: folder }, // where nobody is left to remove the unpacked zip
          stdio: ['ignore', 'pipe', 'inherit'],
        });
        for await (const line of createInterface({ input: parent.stdout }))
          if (line.includes(sign)) break;
        await until(() => connections.length === 1);
        const gone = Promise.all(connections.map((socket) => once(socket, 'close')));
        parent.kill('SIGKILL');

        await gone;
        server.close();
      });
  });
});

/** What the handler returns; fails the test if it does not return. */
async function payloadOf(running: LocalLambda, event: unknown = {}): Promise<unknown> {
  const result = await running.invoke(event);
  if (!result.ok) throw new Error(`${result.errorType}: ${result.errorMessage}`);
  return result.payload;
}

/** A function that connects to PORT while it is loaded and stays connected. */
function callingHome(handler: string): string {
  return `require('node:net').connect(Number(process.env.PORT), '127.0.0.1'); exports.handler = ${handler};`;
}

async function listening(): Promise<{ server: Server; port: string; connections: Socket[] }> {
  const connections: Socket[] = [];
  const server = createServer((socket) => connections.push(socket.on('error', () => {}).resume()));
  return { server, port: String(await listenLocally(server)), connections };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
}
