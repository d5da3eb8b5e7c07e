import { buildApp } from 'fauxqs';
import { textAt } from '../../handler/textAt.ts';
import { type Answer, errorAnswer } from './answer.ts';
import { askServices } from './askServices.ts';
import { type Call, callOf, type HttpRequest } from './callOf.ts';
import { type S3Notifications, s3Notifications } from './s3Notifications.ts';
import type { SnsInput } from './snsMessage.ts';
import { type Mail, type SnsTopics, snsTopics } from './snsTopics.ts';

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
  const { publish } = topics;
  const notifications = s3Notifications({ region, accountId, services, publish });

  app.addHook('preHandler', async (request, reply) => {
    if (services.areCalling(request)) return;
    const call = callOf(request);
    const answer = observe(call)
      ? errorAnswer(call.service, 500, 'InternalError', 'Told to fail')
      : await answerOf(call, request, topics, notifications);
    if (answer === undefined) return;
    await reply.code(answer.status).type(answer.contentType).send(answer.body);
  });
  // Before the reply leaves, so that who has put an object finds its message in the queue.
  app.addHook('onSend', async (request, reply, payload) => {
    if (services.areCalling(request)) return payload;
    const { service, action } = callOf(request);
    if (service === 's3' && reply.statusCode === 200) {
      await notifications.announce(action, bucketOf(request), textAt(request.params, '*') ?? '');
    }
    return service === 'sqs' ? withLocalUrls(payload, request.headers.host) : payload;
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return { url, stop: () => app.close() };
}

/** The answer to a call, or undefined where fauxqs answers it well. */
async function answerOf(
  { service, action }: Call,
  request: HttpRequest,
  topics: SnsTopics,
  notifications: S3Notifications,
): Promise<Answer | undefined> {
  if (service === 'sns') return topics.answer(action, request.body as SnsInput);
  if (action === 'PutBucketNotificationConfiguration') {
    return notifications.put(bucketOf(request), String(request.body));
  }
  return action === 'GetBucketNotificationConfiguration'
    ? notifications.get(bucketOf(request))
    : undefined;
}

function bucketOf({ params }: HttpRequest): string {
  return textAt(params, 'bucket') ?? '';
}

/** fauxqs writes queue URLs with a host name that not every machine can resolve. */
function withLocalUrls(payload: unknown, host = ''): unknown {
  return typeof payload === 'string'
    ? payload.replaceAll(/http:\/\/sqs\.[a-z0-9-]+\.localhost(:\d+)?\//g, `http://${host}/`)
    : payload;
}
