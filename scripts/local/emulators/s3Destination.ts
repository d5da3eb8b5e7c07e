import { textAt, valueAt } from '../../../handler/textAt.ts';
import { allowsBucket } from './allowsBucket.ts';
import type { Services } from './askServices.ts';
import type { SnsTopics } from './snsTopics.ts';
import { elementsOf, textOf } from './xml.ts';

/** What reaches the queues and topics that a bucket may announce to. */
export interface Delivery {
  readonly region: string;
  readonly accountId: string;
  readonly services: Services;
  readonly topics: SnsTopics;
}

/** Whether a destination exists and its policy lets the bucket send to it. */
export async function acceptsBucket(
  { services, accountId }: Delivery,
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

/** Sends a message of S3. Like S3 it does not tell where that fails. */
export async function deliver(
  { services, topics }: Delivery,
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
