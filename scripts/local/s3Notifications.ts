import { textAt, valueAt } from '../../handler/textAt.ts';
import { allowsBucket } from './allowsBucket.ts';
import { type Answer, errorAnswer, s3Answer } from './answer.ts';
import type { Services } from './askServices.ts';
import type { HttpRequest } from './callOf.ts';
import {
  announces,
  type Notification,
  readNotifications,
  unsupportedIn,
} from './notificationConfiguration.ts';
import { bucketArn, type ObjectEvent, s3Event, s3TestEvent } from './s3Event.ts';
import type { SnsTopics } from './snsTopics.ts';
import { elementsOf, textOf } from './xml.ts';

export interface S3NotificationOptions {
  readonly region: string;
  readonly accountId: string;
  readonly services: Services;
  readonly topics: SnsTopics;
}

interface Configuration {
  readonly xml: string;
  readonly notifications: readonly Notification[];
}

const EVENTS: Readonly<Record<string, string>> = {
  PutObject: 'ObjectCreated:Put',
  CopyObject: 'ObjectCreated:Copy',
  CompleteMultipartUpload: 'ObjectCreated:CompleteMultipartUpload',
};
const NO_CONFIGURATION = { xml: '<NotificationConfiguration/>', notifications: [] };

/**
 * S3's notifications, which fauxqs accepts without effect.
 * @returns a function that gives the answer to a call, or undefined where fauxqs answers it well
 */
export function s3Notifications(options: S3NotificationOptions) {
  const configurations = new Map<string, Configuration>();
  return async (action: string, request: HttpRequest): Promise<Answer | undefined> => {
    const bucket = textAt(request.params, 'bucket') ?? '';
    const { xml, notifications } = configurations.get(bucket) ?? NO_CONFIGURATION;
    const eventName = EVENTS[action];
    if (action === 'GetBucketNotificationConfiguration') return s3Answer(xml);
    if (action === 'PutBucketNotificationConfiguration') {
      const configuration = configurationOf(String(request.body));
      const refusal = await refusalOf(options, bucket, configuration);
      if (refusal !== undefined) return refusal;
      configurations.set(bucket, configuration);
      await sendTestEvents(options, bucket, configuration);
      return s3Answer('');
    }
    if (eventName === undefined || notifications.length === 0) return undefined;
    // Announced before it is answered, so that who has put an object finds its message in the queue.
    const answer = await options.services.forward(request);
    const object = { eventName, bucket, key: textAt(request.params, '*') ?? '' };
    if (answer.status === 200) await announce(options, notifications, object);
    return answer;
  };
}

function configurationOf(xml: string): Configuration {
  return { xml, notifications: readNotifications(xml) };
}

async function sendTestEvents(
  options: S3NotificationOptions,
  bucket: string,
  { notifications }: Configuration,
): Promise<void> {
  for (const { destination } of notifications) {
    await send(options, destination, s3TestEvent(bucket));
  }
}

async function announce(
  options: S3NotificationOptions,
  notifications: readonly Notification[],
  object: Pick<ObjectEvent, 'eventName' | 'bucket' | 'key'>,
): Promise<void> {
  const { eventName, bucket, key } = object;
  const path = [bucket, ...key.split('/')].map(encodeURIComponent).join('/');
  const state = await options.services.head(`/${path}`);
  if (state === undefined) return; // removed meanwhile
  for (const notification of notifications) {
    if (!announces(notification, eventName, key)) continue;
    const { id: configurationId, destination } = notification;
    const event = { ...object, ...state, region: options.region, configurationId };
    await send(options, destination, s3Event(event));
  }
}

async function refusalOf(
  options: S3NotificationOptions,
  bucket: string,
  { xml, notifications }: Configuration,
): Promise<Answer | undefined> {
  if ((await options.services.head(`/${bucket}`)) === undefined) {
    return errorAnswer('s3', 404, 'NoSuchBucket', 'The specified bucket does not exist');
  }
  const unsupported = unsupportedIn(xml);
  if (unsupported !== undefined) {
    return errorAnswer('s3', 501, 'NotImplemented', `Not emulated here: ${unsupported}`);
  }
  for (const { destination } of notifications) {
    if (await accepts(options, destination, bucketArn(bucket))) continue;
    const message = 'Unable to validate the following destination configurations';
    return errorAnswer('s3', 400, 'InvalidArgument', message);
  }
  return undefined;
}

/** Whether a destination exists and its policy lets the bucket send to it. */
async function accepts(
  { services, accountId }: S3NotificationOptions,
  destination: string,
  sourceArn: string,
): Promise<boolean> {
  const request = { resource: destination, sourceArn, sourceAccount: accountId };
  if (isTopic(destination)) {
    const { body } = await services.sns({ Action: 'GetTopicAttributes', TopicArn: destination });
    const policy = elementsOf(body, 'entry').find((entry) => textOf(entry, 'key') === 'Policy');
    const text = policy === undefined ? undefined : textOf(policy, 'value');
    return allowsBucket(text, { ...request, action: 'sns:Publish' });
  }
  const QueueUrl = queueUrlOf(destination);
  const AttributeNames = ['QueueArn', 'Policy'];
  const { body } = await services.sqs('GetQueueAttributes', { QueueUrl, AttributeNames });
  const attributes = valueAt(JSON.parse(body), 'Attributes');
  if (valueAt(attributes, 'QueueArn') !== destination) return false;
  return allowsBucket(textAt(attributes, 'Policy'), { ...request, action: 'sqs:SendMessage' });
}

async function send(
  { services, topics }: S3NotificationOptions,
  destination: string,
  event: object,
): Promise<void> {
  const message = JSON.stringify(event);
  await (isTopic(destination)
    ? topics.publish({ TopicArn: destination, Subject: 'Amazon S3 Notification', Message: message })
    : services.sqs('SendMessage', { QueueUrl: queueUrlOf(destination), MessageBody: message }));
}

function isTopic(arn: string): boolean {
  return arn.split(':')[2] === 'sns';
}

/** fauxqs looks at the path alone. */
function queueUrlOf(arn: string): string {
  const [accountId, name] = arn.split(':').slice(4);
  return `http://127.0.0.1/${accountId}/${name}`;
}
