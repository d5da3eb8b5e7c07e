import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { textAt, valueAt } from '../../handler/textAt.ts';
import type { InvocationResult, LocalLambda } from './lambda.ts';

/** A queue whose messages invoke a function, as an event source mapping declares it. */
export interface QueueTrigger {
  readonly queueUrl: string; // as reached here
  readonly queueArn: string;
  readonly batchSize: number;
  readonly reportsFailures: boolean; // FunctionResponseTypes has ReportBatchItemFailures
}

/**
 * Stands for Lambda's poller: receives one batch, invokes the function, deletes what succeeded.
 * Unlike Lambda's it makes failed messages visible again at once.
 * @returns how many messages were received, and how many of them failed
 */
export async function pollQueue(
  sqs: SQSClient,
  lambda: LocalLambda,
  { queueUrl, queueArn, batchSize, reportsFailures }: QueueTrigger,
): Promise<{ received: number; failed: number }> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: batchSize,
      MessageSystemAttributeNames: ['All'],
    }),
  );
  if (Messages.length === 0) return { received: 0, failed: 0 };
  const records = Messages.map((message) => recordOf(message, queueArn));
  const failed = failedIn(await lambda.invoke({ Records: records }), Messages, reportsFailures);
  for (const { MessageId, ReceiptHandle } of Messages) {
    const handle = { QueueUrl: queueUrl, ReceiptHandle };
    await (failed.has(MessageId)
      ? sqs.send(new ChangeMessageVisibilityCommand({ ...handle, VisibilityTimeout: 0 }))
      : sqs.send(new DeleteMessageCommand(handle)));
  }
  return { received: Messages.length, failed: failed.size };
}

function recordOf({ MessageId, ReceiptHandle, Body, Attributes, MD5OfBody }: Message, arn: string) {
  return {
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    body: Body,
    attributes: Attributes,
    messageAttributes: {},
    md5OfBody: MD5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: arn,
    awsRegion: arn.split(':')[3],
  };
}

/** As Lambda does: a function that failed, or answers what is no answer, fails the whole batch. */
function failedIn(
  result: InvocationResult,
  messages: readonly Message[],
  reportsFailures: boolean,
): Set<string | undefined> {
  const all = new Set(messages.map(({ MessageId }) => MessageId));
  if (!result.ok) return all;
  if (!reportsFailures) return new Set();
  const failures = valueAt(result.payload, 'batchItemFailures');
  if (!Array.isArray(failures)) return new Set();
  const ids = failures.map((failure) => textAt(failure, 'itemIdentifier'));
  return ids.every((id) => all.has(id)) ? new Set(ids) : all;
}
