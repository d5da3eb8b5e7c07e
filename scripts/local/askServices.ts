import { randomUUID } from 'node:crypto';
import type { buildApp } from 'fauxqs';
import type { Answer } from './answer.ts';

export type Fauxqs = ReturnType<typeof buildApp>;

/** Calls that one service makes to another, over their protocols but inside the process. */
export interface Services {
  sqs(action: string, input: object): Promise<Answer>;
  sns(input: Readonly<Record<string, string>>): Promise<Answer>;
  /** Size in bytes and ETag of an object or an empty size for a bucket; undefined if there is none. */
  head(path: string): Promise<{ size: number; eTag: string } | undefined>;
  /** Whether a request is one of these calls: they are nobody's, so not recorded. */
  areCalling(request: { readonly headers: Readonly<Record<string, unknown>> }): boolean;
}

const MARK = 'x-service-call';

export function askServices(app: Fauxqs): Services {
  const mark = { [MARK]: randomUUID() };
  const post = async (contentType: string, payload: string, headers = {}): Promise<Answer> => {
    const request = { 'content-type': contentType, ...headers, ...mark };
    const reply = await app.inject({ method: 'POST', url: '/', headers: request, payload });
    const type = String(reply.headers['content-type']);
    return { status: reply.statusCode, contentType: type, body: reply.payload };
  };
  return {
    sqs: (action, input) =>
      post('application/x-amz-json-1.0', JSON.stringify(input), {
        'x-amz-target': `AmazonSQS.${action}`,
      }),
    sns: (input) =>
      post('application/x-www-form-urlencoded', new URLSearchParams(input).toString()),
    head: async (url) => {
      const { statusCode, headers } = await app.inject({ method: 'HEAD', url, headers: mark });
      if (statusCode !== 200) return undefined;
      const eTag = String(headers['etag'] ?? '').replaceAll('"', '');
      return { size: Number(headers['content-length'] ?? 0), eTag };
    },
    areCalling: ({ headers }) => headers[MARK] === mark[MARK],
  };
}
