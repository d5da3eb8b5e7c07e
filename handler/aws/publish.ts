import { PublishBatchCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { Ports } from '../ports.ts';
import type { AlertMessage } from '../renderMessage.ts';

/** Publishes to the alert topic. HTTP 200 may carry failures: they are the answer. */
export function publish(client: SNSClient, topicArn: string): Ports['publish'] {
  return async (messages) => {
    const { Failed = [], Successful = [] } = await client.send(
      new PublishBatchCommand({
        TopicArn: topicArn,
        PublishBatchRequestEntries: messages.map(entryOf),
      }),
    );
    const failed = new Map(Failed.map((failure) => [failure.Id, failure]));
    const successful = new Set(Successful.map(({ Id }) => Id));
    return messages.flatMap(({ id }, index) => {
      const failure = failed.get(String(index));
      // An entry in neither list was not published as far as anyone can tell.
      if (failure === undefined && successful.has(String(index))) return [];
      const { Code: code = 'unanswered', SenderFault: senderFault = false } = failure ?? {};
      return [{ id, code, senderFault }];
    });
  };
}

/** SNS wants entry ids of at most 80 of [A-Za-z0-9-_], so an entry's is its place in the batch. */
function entryOf({ subject, body, attributes }: AlertMessage, index: number) {
  return {
    Id: String(index),
    Subject: subject,
    Message: body,
    MessageStructure: 'json',
    MessageAttributes: Object.fromEntries(
      Object.entries(attributes).map(([name, StringValue]) => [
        name,
        { DataType: 'String', StringValue },
      ]),
    ),
  };
}
