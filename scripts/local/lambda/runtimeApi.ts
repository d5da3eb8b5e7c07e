import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { listenLocally } from '../listenLocally.ts';

export type InvocationFailure = { ok: false; errorType: string; errorMessage: string };
export type InvocationResult = { ok: true; payload: unknown } | InvocationFailure;

/** The Lambda Runtime API, for one runtime client in one process. */
export interface RuntimeApi {
  /** HOST:PORT, the value of AWS_LAMBDA_RUNTIME_API. */
  readonly address: string;
  /** What kept the function's module from loading, if the runtime client reported that. */
  readonly initError: InvocationFailure | undefined;
  /** Waits until the runtime client has asked for its next invocation. */
  ready(): Promise<void>;
  /** Hands an invocation (event: JSON) to the runtime client, once it has asked, and waits for the answer. */
  run(requestId: string, headers: Record<string, string>, event: string): Promise<InvocationResult>;
  close(): void;
}

export async function serveRuntimeApi(): Promise<RuntimeApi> {
  let asked = Promise.withResolvers<ServerResponse>();
  let answered = Promise.withResolvers<InvocationResult>();
  let current = '';
  let initError: InvocationFailure | undefined;

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await text(request);
    const path = request.url?.replace('/2018-06-01/runtime/', '');
    if (path === 'invocation/next') return asked.resolve(response); // held open until there is one
    if (path === 'init/error') initError = failure(body);
    else if (path === `invocation/${current}/response`)
      answered.resolve({ ok: true, payload: JSON.parse(body) });
    else if (path === `invocation/${current}/error`) answered.resolve(failure(body));
    else response.statusCode = 404;
    if (response.statusCode === 200) response.statusCode = 202;
    response.end();
  };

  const server = createServer((request, response) => {
    serve(request, response).catch((error: Error) => response.destroy(error));
  });
  const port = await listenLocally(server);

  return {
    address: `127.0.0.1:${port}`,
    get initError() {
      return initError;
    },
    ready: async () => {
      await asked.promise;
    },
    run: async (requestId, headers, event) => {
      const response = await asked.promise;
      asked = Promise.withResolvers();
      answered = Promise.withResolvers();
      current = requestId;
      const id = { 'Lambda-Runtime-Aws-Request-Id': requestId };
      response.writeHead(200, { ...headers, ...id, 'Content-Type': 'application/json' });
      response.end(event);
      return answered.promise;
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function failure(body: string): InvocationFailure {
  const { errorType, errorMessage }: { errorType?: unknown; errorMessage?: unknown } =
    JSON.parse(body);
  return { ok: false, errorType: String(errorType), errorMessage: String(errorMessage) };
}
