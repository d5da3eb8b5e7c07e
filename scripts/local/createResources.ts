import {
  CreateTableCommand,
  type CreateTableCommandInput,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import {
  CreateBucketCommand,
  type Event,
  type FilterRule,
  PutBucketNotificationConfigurationCommand,
  type QueueConfiguration,
  type S3Client,
} from '@aws-sdk/client-s3';
import {
  CreateTopicCommand,
  type SNSClient,
  SubscribeCommand,
  type SubscribeCommandInput,
} from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  GetQueueUrlCommand,
  SetQueueAttributesCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { textAt, valueAt } from '../../handler/textAt.ts';
import { type ResolvedTemplate, type Resource, resourcesOfType } from './resolveTemplate.ts';

/** The services' clients, for endpoints on this machine. */
export interface LocalClients {
  readonly s3: S3Client;
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
  readonly dynamodb: DynamoDBClient;
}

type Create = (clients: LocalClients, resource: Resource) => Promise<unknown>;

// In the order of creation. A queue's policy comes before the bucket that announces to it.
const CREATE: Readonly<Record<string, Create>> = {
  'AWS::SQS::Queue': createQueue,
  'AWS::SQS::QueuePolicy': setQueuePolicy,
  'AWS::SNS::Topic': ({ sns }, { attributes }) =>
    sns.send(new CreateTopicCommand({ Name: attributes['TopicName'] })),
  'AWS::SNS::Subscription': ({ sns }, { properties }) =>
    sns.send(new SubscribeCommand(properties as unknown as SubscribeCommandInput)),
  'AWS::DynamoDB::Table': createTable,
  'AWS::S3::Bucket': createBucket,
};

// What nothing here enforces or runs; the wiring test and the permission audit read these.
const LEFT_OUT = new Set([
  'AWS::CloudTrail::Trail', // the caller uploads log files
  'AWS::CloudWatch::Alarm',
  'AWS::IAM::Role',
  'AWS::Lambda::EventSourceMapping', // pollQueue
  'AWS::Lambda::Function', // startLambda
  'AWS::Logs::LogGroup',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::TopicPolicy',
]);

/** Creates a template's resources on local endpoints, as it declares them. */
export async function createResources(
  template: ResolvedTemplate,
  clients: LocalClients,
): Promise<void> {
  for (const { logicalId, type } of Object.values(template.resources)) {
    if (!Object.hasOwn(CREATE, type) && !LEFT_OUT.has(type)) {
      throw new Error(`${logicalId}: nothing here can create a ${type}`);
    }
  }
  for (const [type, create] of Object.entries(CREATE)) {
    // SQS wants a dead-letter queue to exist before it is named.
    const resources = resourcesOfType(template, type).sort((a, b) => redrives(a) - redrives(b));
    for (const resource of resources) await create(clients, resource);
  }
}

function redrives({ properties }: Resource): number {
  return 'RedrivePolicy' in properties ? 1 : 0;
}

async function createQueue({ sqs }: LocalClients, { attributes, properties }: Resource) {
  const { VisibilityTimeout, MessageRetentionPeriod, RedrivePolicy } = properties;
  const settings = { VisibilityTimeout, MessageRetentionPeriod, RedrivePolicy };
  const given = Object.entries(settings).filter(([, value]) => value !== undefined);
  const Attributes = Object.fromEntries(
    given.map(([name, value]) => [name, JSON.stringify(value)]),
  );
  await sqs.send(new CreateQueueCommand({ QueueName: attributes['QueueName'], Attributes }));
}

async function setQueuePolicy({ sqs }: LocalClients, { properties }: Resource) {
  const Policy = JSON.stringify(properties['PolicyDocument']);
  for (const url of properties['Queues'] as string[]) {
    const QueueUrl = await localQueueUrl(sqs, url);
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
  }
}

/** The URL under which a queue of the template is reached here. */
export async function localQueueUrl(sqs: SQSClient, url: string): Promise<string> {
  const QueueName = url.slice(url.lastIndexOf('/') + 1);
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName }));
  if (QueueUrl === undefined) throw new Error(`no queue ${QueueName}`);
  return QueueUrl;
}

async function createTable({ dynamodb }: LocalClients, { physicalId, properties }: Resource) {
  const { BillingMode, AttributeDefinitions, KeySchema } =
    properties as unknown as CreateTableCommandInput;
  await dynamodb.send(
    new CreateTableCommand({ TableName: physicalId, BillingMode, AttributeDefinitions, KeySchema }),
  );
}

async function createBucket({ s3 }: LocalClients, { physicalId, properties }: Resource) {
  await s3.send(new CreateBucketCommand({ Bucket: physicalId }));
  const queues = valueAt(properties, 'NotificationConfiguration', 'QueueConfigurations');
  if (!Array.isArray(queues)) return;
  await s3.send(
    new PutBucketNotificationConfigurationCommand({
      Bucket: physicalId,
      NotificationConfiguration: { QueueConfigurations: queues.map(queueConfigurationOf) },
    }),
  );
}

/** CloudFormation's spelling to the S3 API's. */
function queueConfigurationOf(configuration: unknown): QueueConfiguration {
  const rules = valueAt(configuration, 'Filter', 'S3Key', 'Rules');
  return {
    Events: [valueAt(configuration, 'Event') as Event],
    QueueArn: textAt(configuration, 'Queue'),
    ...(Array.isArray(rules) && { Filter: { Key: { FilterRules: rules as FilterRule[] } } }),
  };
}
