// Preloaded (`node --import`) before AWS's runtime client, aws-lambda-ric, and standing for its native
// module `rapid-client.node`, which does nothing but three calls of the Lambda Runtime API and takes a
// C++ toolchain and most of a minute to build. Everything else of the runtime client runs unmodified.
//
// A resolve hook answers the runtime client's `require('./rapid-client.node')` with this very module.
// Nothing is written into node_modules, so a fresh `npm ci` cannot undo it, and `registerHooks` is
// Node's documented interface, unlike `Module._resolveFilename`, which would be the alternative.
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { registerHooks } from 'node:module';
import { Socket } from 'node:net';
import { text } from 'node:stream/consumers';

registerHooks({
  resolve: (specifier, context, nextResolve) =>
    specifier === './rapid-client.node'
      ? { url: import.meta.url, shortCircuit: true }
      : nextResolve(specifier, context),
});

// Descriptor 3 is a pipe that the parent holds open and never writes to. It ends when the parent ends,
// however that happens, and then nobody is left to hand out work or to stop this process.
new Socket({ fd: 3 })
  .on('close', () => process.exit(1))
  .resume()
  .unref();

let posted: Promise<unknown> = Promise.resolve();

/** Waits for an invocation. As in the native module, the answer to the last one has been taken by then. */
export async function next(): Promise<{ bodyJson: string; headers: IncomingHttpHeaders }> {
  await posted;
  const response = await call('GET', 'invocation/next');
  return { bodyJson: await text(response), headers: response.headers };
}

/** Posts what the handler returned, as JSON. */
export function done(requestId: string, body: string): void {
  posted = post(`invocation/${requestId}/response`, body);
}

/** Posts what the handler threw: errorType, errorMessage and trace, as JSON. */
export function error(requestId: string, body: string): void {
  posted = post(`invocation/${requestId}/error`, body);
}

async function post(path: string, body: string): Promise<void> {
  // What the handler logged must not come after its answer. More than fits a pipe still waits in here; the
  // rest lies in the pipe, which the parent reads by the time it has accepted a new connection.
  for (const output of [process.stdout, process.stderr])
    await new Promise((resolve) => output.write('', resolve));
  (await call('POST', path, body)).resume(); // an answer that nobody reads would keep its socket
}

function call(method: string, path: string, body?: string): Promise<IncomingMessage> {
  const url = `http://${process.env['AWS_LAMBDA_RUNTIME_API']}/2018-06-01/runtime/${path}`;
  // No agent: a connection kept alive while the handler works may be closed as it is used again. And
  // not fetch, which gives up after five minutes without an invocation.
  return new Promise((resolve, reject) => {
    request(url, { method, agent: false }, resolve).on('error', reject).end(body);
  });
}
