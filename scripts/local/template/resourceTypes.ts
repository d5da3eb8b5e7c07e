/** Where a stack lies. */
export interface Place {
  readonly accountId: string;
  readonly region: string;
  readonly stackName: string;
  readonly partition?: string; // default aws
  readonly urlSuffix?: string; // default amazonaws.com
}

/** What Ref and GetAtt give for a resource. */
export interface Identity {
  readonly physicalId: string;
  readonly attributes: Readonly<Record<string, string>>;
}

interface ResourceType {
  readonly nameProperty?: string; // the property that names the resource, where one does
  readonly identity: (name: string, arn: (path: string) => string, place: Place) => Identity;
}

const named: ResourceType['identity'] = (name) => ({ physicalId: name, attributes: {} });
const withArn =
  (path: (name: string) => string): ResourceType['identity'] =>
  (name, arn) => ({ physicalId: name, attributes: { Arn: arn(path(name)) } });

/** What is known of a resource before it is created, by type; the rest are only named. */
export const RESOURCE_TYPES: Readonly<Record<string, ResourceType>> = {
  'AWS::CloudTrail::Trail': {
    nameProperty: 'TrailName',
    identity: withArn((name) => `cloudtrail:REGION:ACCOUNT:trail/${name}`),
  },
  'AWS::CloudWatch::Alarm': {
    nameProperty: 'AlarmName',
    identity: withArn((name) => `cloudwatch:REGION:ACCOUNT:alarm:${name}`),
  },
  'AWS::DynamoDB::Table': {
    nameProperty: 'TableName',
    identity: withArn((name) => `dynamodb:REGION:ACCOUNT:table/${name}`),
  },
  'AWS::IAM::Role': {
    nameProperty: 'RoleName',
    identity: withArn((name) => `iam::ACCOUNT:role/${name}`),
  },
  'AWS::Lambda::EventSourceMapping': { identity: named },
  'AWS::Lambda::Function': {
    nameProperty: 'FunctionName',
    identity: withArn((name) => `lambda:REGION:ACCOUNT:function:${name}`),
  },
  'AWS::Logs::LogGroup': {
    nameProperty: 'LogGroupName',
    identity: withArn((name) => `logs:REGION:ACCOUNT:log-group:${name}:*`),
  },
  'AWS::S3::Bucket': { nameProperty: 'BucketName', identity: withArn((name) => `s3:::${name}`) },
  'AWS::S3::BucketPolicy': { identity: named },
  'AWS::SNS::Subscription': { identity: named },
  'AWS::SNS::Topic': {
    nameProperty: 'TopicName',
    identity: (name, arn) => ({
      physicalId: arn(`sns:REGION:ACCOUNT:${name}`),
      attributes: { TopicArn: arn(`sns:REGION:ACCOUNT:${name}`), TopicName: name },
    }),
  },
  'AWS::SNS::TopicPolicy': { identity: named },
  'AWS::SQS::Queue': {
    nameProperty: 'QueueName',
    identity: (name, arn, { accountId, region, urlSuffix = 'amazonaws.com' }) => {
      const url = `https://sqs.${region}.${urlSuffix}/${accountId}/${name}`;
      return {
        physicalId: url,
        attributes: { Arn: arn(`sqs:REGION:ACCOUNT:${name}`), QueueName: name, QueueUrl: url },
      };
    },
  },
  'AWS::SQS::QueuePolicy': { identity: named },
};
