import { createHash } from 'node:crypto';

/** Where a stack lies. */
export interface Place {
  accountId: string;
  region: string;
  stackName: string;
  partition?: string; // default aws
  urlSuffix?: string; // default amazonaws.com
}

/** A resource whose name is known. */
export interface Named extends Required<Place> {
  readonly name: string;
  readonly property: (name: string) => string | undefined;
}

type Form = (resource: Named) => string;

export interface ResourceType {
  readonly nameProperty?: string; // the property that names the resource, where one does
  readonly generatedName?: Form; // default STACK-LOGICALID
  readonly ref?: Form; // default: the name
  readonly attributes: Readonly<Record<string, Form>>;
}

const regional =
  (service: string, path = ''): Form =>
  ({ partition, region, accountId, name }) =>
    `arn:${partition}:${service}:${region}:${accountId}:${path}${name}`;

const queueUrl: Form = ({ region, urlSuffix, accountId, name }) =>
  `https://sqs.${region}.${urlSuffix}/${accountId}/${name}`;

const ruleBus = ({ property }: Named): string => {
  const bus = property('EventBusName');
  return bus === undefined || bus === 'default' ? '' : bus;
};

const TYPES: Readonly<Record<string, ResourceType>> = {
  'AWS::CloudTrail::Trail': {
    nameProperty: 'TrailName',
    attributes: { Arn: regional('cloudtrail', 'trail/') },
  },
  'AWS::CloudWatch::Alarm': {
    nameProperty: 'AlarmName',
    attributes: { Arn: regional('cloudwatch', 'alarm:') },
  },
  'AWS::DynamoDB::Table': {
    nameProperty: 'TableName',
    attributes: { Arn: regional('dynamodb', 'table/') },
  },
  'AWS::Events::Rule': {
    nameProperty: 'Name',
    ref: (rule) => (ruleBus(rule) === '' ? rule.name : `${ruleBus(rule)}|${rule.name}`),
    attributes: {
      Arn: (rule) => regional('events', ruleBus(rule) ? `rule/${ruleBus(rule)}/` : 'rule/')(rule),
    },
  },
  'AWS::IAM::Role': {
    nameProperty: 'RoleName',
    attributes: {
      Arn: ({ partition, accountId, name, property }) =>
        `arn:${partition}:iam::${accountId}:role${property('Path') ?? '/'}${name}`,
      RoleId: ({ accountId, name }) => `AROA${digits(`${accountId}/${name}`)}`,
    },
  },
  'AWS::KMS::Key': { attributes: { Arn: regional('kms', 'key/') } },
  'AWS::Lambda::Function': {
    nameProperty: 'FunctionName',
    attributes: { Arn: regional('lambda', 'function:') },
  },
  'AWS::Logs::LogGroup': {
    nameProperty: 'LogGroupName',
    attributes: { Arn: (group) => `${regional('logs', 'log-group:')(group)}:*` },
  },
  'AWS::S3::Bucket': {
    nameProperty: 'BucketName',
    generatedName: ({ name }) => name.toLowerCase(),
    attributes: {
      Arn: ({ partition, name }) => `arn:${partition}:s3:::${name}`,
      DomainName: ({ name, urlSuffix }) => `${name}.s3.${urlSuffix}`,
      RegionalDomainName: ({ name, region, urlSuffix }) => `${name}.s3.${region}.${urlSuffix}`,
    },
  },
  'AWS::SNS::Topic': {
    nameProperty: 'TopicName',
    ref: regional('sns'),
    attributes: { TopicArn: regional('sns'), TopicName: ({ name }) => name },
  },
  'AWS::SQS::Queue': {
    nameProperty: 'QueueName',
    ref: queueUrl,
    attributes: { Arn: regional('sqs'), QueueName: ({ name }) => name, QueueUrl: queueUrl },
  },
};

/** How a type's resources are named, and their attributes; a type not listed has none. */
export function resourceTypeOf(type: string): ResourceType {
  return (Object.hasOwn(TYPES, type) && TYPES[type]) || { attributes: {} };
}

/** 17 characters as IAM's ids have them, the same for the same text. */
function digits(text: string): string {
  return createHash('sha256').update(text).digest('hex').toUpperCase().slice(0, 17);
}
