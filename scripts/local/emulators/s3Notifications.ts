import { textAt } from '../../../handler/textAt.ts';
import { type Answer, errorAnswer, s3Answer } from './answer.ts';
import type { HttpRequest } from './httpRequest.ts';
import {
  announces,
  type Notification,
  readNotifications,
  unsupportedIn,
} from './notificationConfiguration.ts';
import { acceptsBucket, type Delivery, deliver } from './s3Destination.ts';
import { bucketArn, type ObjectEvent, s3Event, s3TestEvent } from './s3Event.ts';

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
export function s3Notifications(options: Delivery) {
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
  options: Delivery,
  bucket: string,
  { notifications }: Configuration,
): Promise<void> {
  for (const { destination } of notifications) {
    await deliver(options, destination, s3TestEvent(bucket));
  }
}

async function announce(
  options: Delivery,
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
    await deliver(options, destination, s3Event(event));
  }
}

async function refusalOf(
  options: Delivery,
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
    if (await acceptsBucket(options, destination, bucketArn(bucket))) continue;
    const message = 'Unable to validate the following destination configurations';
    return errorAnswer('s3', 400, 'InvalidArgument', message);
  }
  return undefined;
}
