import { randomUUID } from 'node:crypto';
import { elementsOf, textOf } from './xml.ts';

/** One destination of a bucket's notifications. */
export interface Notification {
  readonly id: string;
  readonly destination: string; // ARN of a queue or a topic
  readonly events: readonly string[]; // ObjectCreated:* or ObjectCreated:Put, without s3:
  readonly prefix: string;
  readonly suffix: string;
}

/** Reads the XML of PutBucketNotificationConfiguration. */
export function readNotifications(xml: string): Notification[] {
  return [
    ...elementsOf(xml, 'QueueConfiguration').map((part) => notificationOf(part, 'Queue')),
    ...elementsOf(xml, 'TopicConfiguration').map((part) => notificationOf(part, 'Topic')),
  ];
}

function notificationOf(xml: string, destination: string): Notification {
  const rules = elementsOf(xml, 'FilterRule').map((rule): [string | undefined, string] => [
    textOf(rule, 'Name')?.toLowerCase(),
    textOf(rule, 'Value') ?? '',
  ]);
  const valueOf = (name: string) => rules.find(([ruleName]) => ruleName === name)?.[1] ?? '';
  return {
    id: textOf(xml, 'Id') ?? randomUUID(),
    destination: textOf(xml, destination) ?? '',
    events: elementsOf(xml, 'Event').map((event) => event.trim().replace(/^s3:/, '')),
    prefix: valueOf('prefix'),
    suffix: valueOf('suffix'),
  };
}

const EMULATED = /^ObjectCreated:(\*|Put|Copy|CompleteMultipartUpload)$/;

/** What of a configuration would be accepted here without having an effect. */
export function unsupportedIn(xml: string): string | undefined {
  const part = /<(EventBridge|CloudFunction|LambdaFunction)Configuration/.exec(xml)?.[1];
  if (part !== undefined) return part;
  return readNotifications(xml)
    .flatMap(({ events }) => events)
    .find((event) => !EMULATED.test(event));
}

/** Whether an event of an object, such as ObjectCreated:Put, goes to a destination. */
export function announces(
  { events, prefix, suffix }: Notification,
  eventName: string,
  key: string,
): boolean {
  const [type] = eventName.split(':');
  const wanted = events.includes(eventName) || events.includes(`${type}:*`);
  return wanted && key.startsWith(prefix) && key.endsWith(suffix);
}
