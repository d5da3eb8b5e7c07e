import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
} from '@aws-sdk/client-sqs';
import type { Alert } from '../handler/alert.ts';
import { buildZip } from '../scripts/build.ts';
import { resource } from '../scripts/local/resolveTemplate.ts';
import { seedTables } from '../scripts/local/seedTables.ts';
import { type Pipeline, startPipeline } from '../scripts/local/startPipeline.ts';
import { expectAlert } from './alertShape.ts';

/** The pipeline with a queue that receives alerts, seeded with what ships. */
export interface TestPipeline extends Pipeline {
  /** The alerts that came since the last time, each checked against the schema. */
  alerts(): Promise<Alert[]>;
  /** Polls until nothing is waiting or `rounds` are over; returns how many messages failed last. */
  drain(rounds?: number): Promise<number>;
  /** Ends the lease of a run that died, as time would. */
  endLease(alertId: string): Promise<void>;
  readonly log: string[]; // the function's lines
}

export async function startTestPipeline(): Promise<TestPipeline> {
  const log: string[] = [];
  const pipeline = await startPipeline({
    zip: await buildZip('dist'),
    parameters: { AlertEmail: 'alerts@example.com' },
    onLog: (line) => void log.push(line),
  });
  const { clients, template } = pipeline;
  await seedTables(pipeline, {
    watchlist: 'seed-data/watchlist.json',
    aliases: 'test/data/logs/aliases.json',
  });
  const { QueueUrl } = await clients.sqs.send(new CreateQueueCommand({ QueueName: 'subscriber' }));
  await clients.sns.send(
    new SubscribeCommand({
      TopicArn: resource(template, 'AlertTopic').physicalId,
      Protocol: 'sqs',
      Endpoint: `arn:aws:sqs:${pipeline.emulators.region}:${pipeline.emulators.accountId}:subscriber`,
      Attributes: { RawMessageDelivery: 'true' },
    }),
  );
  return {
    ...pipeline,
    log,
    alerts: async () => {
      const alerts: Alert[] = [];
      for (;;) {
        const { Messages = [] } = await clients.sqs.send(
          new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
        );
        if (Messages.length === 0) return alerts;
        for (const { Body = '', ReceiptHandle } of Messages) {
          alerts.push(expectAlert(Body));
          await clients.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
        }
      }
    },
    drain: async (rounds = 10) => {
      let result = { received: 1, failed: 0 };
      for (let round = 0; round < rounds && result.received > 0; round += 1) {
        const last = await pipeline.poll();
        if (last.received === 0) break;
        result = last;
      }
      return result.failed;
    },
    endLease: async (alertId) => {
      await clients.dynamodb.send(
        new UpdateItemCommand({
          TableName: resource(template, 'State').physicalId,
          Key: { key: { S: `alert#${alertId}` }, part: { S: 'alert' } },
          UpdateExpression: 'SET leaseEndsAt = :past',
          ConditionExpression: '#state = :claimed',
          ExpressionAttributeNames: { '#state': 'state' },
          ExpressionAttributeValues: { ':past': { N: '1' }, ':claimed': { S: 'claimed' } },
        }),
      );
    },
  };
}
