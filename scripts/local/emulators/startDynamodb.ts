import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import dynalite from 'dynalite';
import { textAt, valueAt } from '../../../handler/textAt.ts';
import { listenLocally } from '../listenLocally.ts';
import { errorAnswer } from './answer.ts';
import { accessKeyIdOf, type Call } from './callOf.ts';

/**
 * Starts DynamoDB with its tables in memory.
 * @param observe - learns of a call before it has an effect; answers whether it has to fail
 */
export async function startDynamodb(observe: (call: Call) => boolean) {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  const [serve] = server.listeners('request') as RequestListener[];
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    handle(request, response).catch(() => response.destroy()); // the client has gone
  });
  const port = await listenLocally(server);
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}`, stop };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const failing = callsOf(request, body).filter((call) => observe(call));
    if (failing.length > 0) {
      const answer = errorAnswer('dynamodb', 500, 'InternalServerError', 'Told to fail');
      response.writeHead(answer.status, answer.headers).end(answer.body);
      return;
    }
    // A copy of the request: dynalite throws out of the process where a client goes away.
    const { method, url, headers } = request;
    const copy = Object.assign(Readable.from(body === '' ? [] : [Buffer.from(body)]), {
      method,
      url,
      headers,
    });
    serve?.(copy as unknown as IncomingMessage, response);
  }
}

/** One for each table that a request is about. */
function callsOf({ headers }: IncomingMessage, body: string): Call[] {
  const action = textAt(headers, 'x-amz-target')?.split('.').at(-1);
  if (action === undefined) return [];
  const call = { service: 'dynamodb', action, accessKeyId: accessKeyIdOf(headers) };
  return tablesOf(body).map((resource) => ({ ...call, resource }));
}

function tablesOf(body: string): string[] {
  const input: unknown = JSON.parse(body || '{}');
  const tables = Object.keys(valueAt(input, 'RequestItems') ?? {});
  return tables.length > 0 ? tables : [textAt(input, 'TableName') ?? ''];
}
