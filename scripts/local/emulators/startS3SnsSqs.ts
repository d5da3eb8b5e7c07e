import { buildApp } from 'fauxqs';
import { type Answer, errorAnswer } from './answer.ts';
import { askServices } from './askServices.ts';
import { type Call, callOf } from './callOf.ts';
import type { HttpRequest } from './httpRequest.ts';
import { s3Notifications } from './s3Notifications.ts';
import type { SnsInput } from './snsMessage.ts';
import { type Mail, snsTopics } from './snsTopics.ts';

export interface S3SnsSqsOptions {
  readonly region: string;
  readonly accountId: string;
  readonly mails: Mail[]; // takes what is sent by e-mail
  /** Learns of a call before it has an effect; answers whether it has to fail. */
  readonly observe: (call: Call) => boolean;
}

/** Starts S3, SNS and SQS on one port, with what fauxqs lacks added by hooks. */
export async function startS3SnsSqs({ region, accountId, mails, observe }: S3SnsSqsOptions) {
  const app = buildApp({ logger: false, defaultRegion: region });
  const services = askServices(app);
  const topics = snsTopics(services, mails);
  const notifications = s3Notifications({ region, accountId, services, topics });

  const answerOf = ({ service, action }: Call, request: HttpRequest) => {
    if (service === 's3') return notifications(action, request);
    return service === 'sns' ? topics.answer(action, request.body as SnsInput) : undefined;
  };

  app.addHook('preHandler', async (request, reply) => {
    if (services.areCalling(request)) return;
    const call = callOf(request);
    const answer = observe(call)
      ? errorAnswer(call.service, 500, 'InternalError', 'Told to fail')
      : await answerOf(call, request);
    if (answer === undefined) return;
    await reply.code(answer.status).headers(withoutLength(answer)).send(answer.body);
  });
  // Must not wait for anything: meanwhile the handlers of fauxqs would send their reply once more.
  app.addHook('onSend', ({ headers }, _reply, payload, done) => {
    done(
      null,
      headers['x-amz-target'] === undefined ? payload : withLocalUrls(payload, headers.host),
    );
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return { url, stop: () => app.close() };
}

/** The server counts for itself. */
function withoutLength({ headers }: Answer): Record<string, string> {
  const { 'content-length': _, ...others } = headers;
  return others;
}

/** fauxqs writes queue URLs with a host name that not every machine can resolve. */
function withLocalUrls(payload: unknown, host = ''): unknown {
  return typeof payload === 'string'
    ? payload.replaceAll(/http:\/\/sqs\.[a-z0-9-]+\.localhost(:\d+)?\//g, `http://${host}/`)
    : payload;
}
