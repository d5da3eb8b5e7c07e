import { valueAt } from '../../handler/textAt.ts';
import { allowsBucket } from './allowsBucket.ts';
import { type Answer, errorAnswer } from './answer.ts';
import type { Services } from './askServices.ts';
import {
  announces,
  type Notification,
  readNotifications,
  unsupportedIn,
} from './notificationConfiguration.ts';
import { bucketArn, s3Event, s3TestEvent } from './s3Event.ts';
import { elementsOf, textOf } from './xml.ts';

/** S3's notifications, which fauxqs accepts without effect. */
export interface S3Notifications {
  /** PutBucketNotificationConfiguration. */
  put(bucket: string, xml: string): Promise<Answer>;
  /** GetBucketNotificationConfiguration. */
  get(bucket: string): Answer;
  /** Tells those who want to know of an object that an action has just made. */
  announce(action: string, bucket: string, key: string): Promise<void>;
}

export interface S3NotificationOptions {
  readonly region: string;
  readonly accountId: string;
  readonly services: Services;
  readonly publish: (input: Readonly<Record<string, string>>) => Promise<Answer>;
}

const EVENTS: Readonly<Record<string, string>> = {
  PutObject: 'ObjectCreated:Put',
  CopyObject: 'ObjectCreated:Copy',
  CompleteMultipartUpload: 'ObjectCreated:CompleteMultipartUpload',
};
const NONE = '<NotificationConfiguration/>';

export function s3Notifications(options: S3NotificationOptions): S3Notifications {
  const configurations = new Map<string, { xml: string; notifications: Notification[] }>();
  return {
    put: async (bucket, xml) => {
      const notifications = readNotifications(xml);
      const refusal = await refusalOf(options, bucket, xml, notifications);
      if (refusal !== undefined) return refusal;
      configurations.set(bucket, { xml, notifications });
      for (const { destination } of notifications) {
        await send(options, destination, s3TestEvent(bucket));
      }
      return answered('');
    },
    get: (bucket) => answered(configurations.get(bucket)?.xml ?? NONE),
    announce: async (action, bucket, key) => {
      const eventName = EVENTS[action];
      if (eventName === undefined) return;
      const wanted = (configurations.get(bucket)?.notifications ?? []).filter((notification) =>
        announces(notification, eventName, key),
      );
      const path = ['', bucket, ...key.split('/').map(encodeURIComponent)].join('/');
      const object = wanted.length === 0 ? undefined : await options.services.head(path);
      if (object === undefined) return; // or removed meanwhile
      const { region } = options;
      for (const { id: configurationId, destination } of wanted) {
        const event = { eventName, region, bucket, key, ...object, configurationId };
        await send(options, destination, s3Event(event));
      }
    },
  };
}

async function refusalOf(
  options: S3NotificationOptions,
  bucket: string,
  xml: string,
  notifications: readonly Notification[],
): Promise<Answer | undefined> {
  const refuse = (status: number, code: string, message: string) =>
    errorAnswer('s3', status, code, message);
  if ((await options.services.head(`/${bucket}`)) === undefined) {
    return refuse(404, 'NoSuchBucket', 'The specified bucket does not exist');
  }
  const unsupported = unsupportedIn(xml);
  if (unsupported !== undefined) {
    return refuse(501, 'NotImplemented', `Not emulated here: ${unsupported}`);
  }
  for (const { destination } of notifications) {
    if (await accepts(options, destination, bucketArn(bucket))) continue;
    const message = 'Unable to validate the following destination configurations';
    return refuse(400, 'InvalidArgument', message);
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
  const policy = String(valueAt(attributes, 'Policy') ?? '');
  return allowsBucket(policy, { ...request, action: 'sqs:SendMessage' });
}

async function send(
  { services, publish }: S3NotificationOptions,
  destination: string,
  event: object,
): Promise<void> {
  const message = JSON.stringify(event);
  await (isTopic(destination)
    ? publish({ TopicArn: destination, Subject: 'Amazon S3 Notification', Message: message })
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

function answered(body: string): Answer {
  return { status: 200, contentType: 'application/xml', body };
}
