import { randomUUID } from 'node:crypto';
import type { buildApp } from 'fauxqs';
import type { Answer } from './answer.ts';
import type { HttpRequest } from './httpRequest.ts';

type Fauxqs = ReturnType<typeof buildApp>;

/** Calls that one service makes to another, over their protocols but inside the process. */
export interface Services {
  sqs(action: string, input: object): Promise<Answer>;
  sns(input: Readonly<Record<string, string>>): Promise<Answer>;
  /** Size in bytes and ETag of an object (of a bucket: nothing); undefined if there is none. */
  head(path: string): Promise<{ size: number; eTag: string } | undefined>;
  /** What fauxqs itself answers to a client's request. */
  forward(request: HttpRequest): Promise<Answer>;
  /** Whether a request is one of these calls: they are nobody's, so not recorded. */
  areCalling(request: { readonly headers: Readonly<Record<string, unknown>> }): boolean;
}

const MARK = 'x-service-call';

export function askServices(app: Fauxqs): Services {
  const mark = { [MARK]: randomUUID() };
  const ask = async (
    method: 'HEAD' | 'POST' | 'PUT',
    url: string,
    headers: HttpRequest['headers'] = {},
    body?: string | Buffer,
  ): Promise<Answer> => {
    const payload = body === undefined ? {} : { payload: body };
    const reply = await app.inject({ method, url, headers: { ...headers, ...mark }, ...payload });
    const kept = Object.entries(reply.headers).map(([name, value]) => [name, String(value)]);
    return { status: reply.statusCode, headers: Object.fromEntries(kept), body: reply.payload };
  };
  return {
    sqs: (action, input) => {
      const type = { 'content-type': 'application/x-amz-json-1.0' };
      const headers = { ...type, 'x-amz-target': `AmazonSQS.${action}` };
      return ask('POST', '/', headers, JSON.stringify(input));
    },
    sns: (input) => {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      return ask('POST', '/', headers, new URLSearchParams(input).toString());
    },
    head: async (url) => {
      const { status, headers } = await ask('HEAD', url);
      if (status !== 200) return undefined;
      const eTag = (headers['etag'] ?? '').replaceAll('"', '');
      return { size: Number(headers['content-length'] ?? 0), eTag };
    },
    forward: ({ method, url, headers, body }) =>
      ask(method as 'POST' | 'PUT', url, headers, Buffer.isBuffer(body) ? body : undefined),
    areCalling: ({ headers }) => headers[MARK] === mark[MARK],
  };
}
