import { readFileSync } from 'node:fs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { expect } from 'chai';
import sinon from 'sinon';
import { claims, TTL_ATTRIBUTE } from '../../handler/aws/claims.ts';
import { sessions } from '../../handler/aws/sessions.ts';
import { SEVERITIES } from '../../handler/entry.ts';
import { LOG_FILE_SUFFIX, logFileKind } from '../../handler/logFileKind.ts';
import { maxLogFileBytes } from '../../handler/maxLogFileBytes.ts';
import { textAt, valueAt } from '../../handler/textAt.ts';
import { validTimeZone } from '../../handler/validTimeZone.ts';
import { type Resource, resourcesOfType } from '../../scripts/local/resolveTemplate.ts';
import { MEMORY_MEGABYTES } from '../../scripts/replayLogFiles.ts';
import { SEED_KINDS } from '../../scripts/seedKinds.ts';
import { keyOf } from '../factories.ts';
import { DECLARED, EVERYTHING, REQUIRED, resolved, TEXT, the } from './template.ts';

const template = resolved();
const handler = the(template, 'Handler').properties;
const queue = the(template, 'LogFileQueue');
const variables = valueAt(handler, 'Environment', 'Variables') as Record<string, string>;
const makefile = readFileSync('Makefile', 'utf8');

function table(physicalId: string | undefined) {
  const found = resourcesOfType(template, 'AWS::DynamoDB::Table').filter(
    (resource) => resource.physicalId === physicalId,
  );
  expect(found, `a table named ${physicalId}`).to.have.length(1);
  const { properties } = found[0] as Resource;
  const keys = properties['KeySchema'] as { AttributeName: string; KeyType: string }[];
  const attributes = properties['AttributeDefinitions'] as { AttributeName: string }[];
  expect(attributes.map((a) => a.AttributeName)).to.have.members(keys.map((k) => k.AttributeName));
  expect(keys.map(({ KeyType }) => KeyType)).to.deep.equal(['HASH', 'RANGE'].slice(0, keys.length));
  return { properties, keyNames: keys.map(({ AttributeName }) => AttributeName) };
}

describe('template.yaml: the function', () => {
  it('is given the variables that it reads, and no others', () => {
    const source = readFileSync('handler/index.ts', 'utf8');
    const read = [...source.matchAll(/required\('([A-Z_]+)'\)/g)].map(([, name]) => name);
    const own = read.filter((name) => !name?.startsWith('AWS_'));
    expect(own).to.not.be.empty;
    expect(Object.keys(variables)).to.have.members(own);
  });

  it('runs on the Node major that built and tested it, as the packaged module exports it', () => {
    expect(handler['Runtime']).to.equal(`nodejs${process.versions.node.split('.')[0]}.x`);
    expect(readFileSync('scripts/build.ts', 'utf8')).to.include(
      `target: 'node${process.versions.node.split('.')[0]}'`,
    );
    const [module, name] = String(handler['Handler']).split('.');
    const index = readFileSync('scripts/build.ts', 'utf8');
    expect(index).to.include(`zipped('${module}.js'`);
    expect(readFileSync('handler/index.ts', 'utf8')).to.include(`export const ${name} =`);
    expect(handler['Code']).to.deep.equal({ S3Bucket: 'artifacts', S3Key: 'trailwatch/abc.zip' });
  });

  it('has time and a cheap processor for its log files', () => {
    expect(handler['Architectures']).to.deep.equal(['arm64']); // a fifth cheaper
    expect(Number(handler['Timeout'])).to.be.at.least(120);
    const memory = Number(resolved().parameters['HandlerMemory']);
    expect(maxLogFileBytes(memory), 'a log file of 105 MB').to.be.above(105_000_000);
    expect(memory, 'what replay assumes').to.equal(MEMORY_MEGABYTES);
  });

  it('reads the tables that the seed script fills', () => {
    const watchlist = table(variables['WATCHLIST_TABLE']);
    expect(watchlist.keyNames).to.deep.equal(SEED_KINDS['watchlist']?.keyNames);
    expect(watchlist.keyNames).to.deep.equal(SEED_KINDS['lists']?.keyNames);
    const aliases = table(variables['ACCOUNT_ALIAS_TABLE']);
    expect(aliases.keyNames).to.deep.equal(SEED_KINDS['aliases']?.keyNames);
    const suppressions = table(variables['SUPPRESSION_TABLE']);
    expect(suppressions.keyNames).to.deep.equal(SEED_KINDS['suppressions']?.keyNames);
  });

  it('keeps its claims under the keys and the time to live of the state table', async () => {
    const client = new DynamoDBClient({ region: 'eu-central-1' });
    const send = sinon.stub(client, 'send').resolves({});
    await claims(client, 'state', Date.now).claim(
      { id: 'id', part: 'alert' },
      { owner: 'o', endsAt: 1 },
    );
    client.destroy();
    const input: unknown = send.firstCall.args[0].input;
    const { properties, keyNames } = table(variables['STATE_TABLE']);
    expect(Object.keys(valueAt(input, 'Key') as object)).to.have.members(keyNames);
    const names = Object.values(valueAt(input, 'ExpressionAttributeNames') as object);
    const ttl = properties['TimeToLiveSpecification'];
    expect(ttl).to.deep.equal({ AttributeName: TTL_ATTRIBUTE, Enabled: true });
    expect(names).to.include(TTL_ATTRIBUTE);
  });

  it('remembers sessions under the key and the time to live of their table', async () => {
    const client = new DynamoDBClient({ region: 'eu-central-1' });
    const send = sinon.stub(client, 'send').resolves({});
    await sessions(client, 'session', Date.now).addToSession('ASIA', { waiter: 'id' }, 1);
    client.destroy();
    const input: unknown = send.firstCall.args[0].input;
    const { properties, keyNames } = table(variables['SESSION_TABLE']);
    expect(Object.keys(valueAt(input, 'Key') as object)).to.deep.equal(keyNames);
    const ttl = properties['TimeToLiveSpecification'];
    expect(ttl).to.deep.equal({ AttributeName: TTL_ATTRIBUTE, Enabled: true });
    expect(textAt(input, 'UpdateExpression')).to.include(TTL_ATTRIBUTE);
  });

  it('publishes to the topic that people subscribe to, in the time zone they asked for', () => {
    const all = resolved(EVERYTHING);
    const given = valueAt(the(all, 'Handler').properties, 'Environment', 'Variables');
    expect(textAt(given, 'ALERT_TOPIC_ARN')).to.equal(the(all, 'AlertTopic').physicalId);
    expect(textAt(given, 'TIME_ZONE')).to.equal(EVERYTHING.TimeZone);
    expect(the(all, 'Handler').properties['MemorySize']).to.equal(EVERYTHING.HandlerMemory);
    expect(the(all, 'AlertEmailSubscription').properties).to.deep.equal({
      TopicArn: the(all, 'AlertTopic').physicalId,
      Protocol: 'email',
      Endpoint: EVERYTHING.AlertEmail,
      FilterPolicy: { severity: ['critical', 'high', 'medium'] },
    });
    // By the attribute that publish gives each message; the names must be those of entries.
    expect(SEVERITIES).to.include.members(['critical', 'high', 'medium']);
    expect(the(all, 'OperationsEmailSubscription').properties).to.deep.equal({
      TopicArn: the(all, 'OperationsTopic').physicalId,
      Protocol: 'email',
      Endpoint: EVERYTHING.OperationsEmail,
    });
    expect(resourcesOfType(template, 'AWS::SNS::Subscription')).to.deep.equal([]);
    const usual = template.parameters['TimeZone'] ?? '';
    expect(validTimeZone(usual, () => expect.fail('not a time zone'))).to.equal(usual);
  });

  it('writes to its own log group, as JSON, which expires', () => {
    const group = the(template, 'HandlerLogGroup');
    expect(handler['LoggingConfig']).to.deep.equal({
      LogGroup: group.physicalId,
      LogFormat: 'JSON',
    });
    expect(Number(group.properties['RetentionInDays'])).to.be.at.least(30); // alarms are read later
  });

  it('has a role that the landing zone may bound and place', () => {
    const role = the(resolved(EVERYTHING), 'HandlerRole');
    expect(role.properties['PermissionsBoundary']).to.equal(EVERYTHING.PermissionsBoundaryArn);
    expect(role.properties['Path']).to.equal(EVERYTHING.RolePath);
    expect(the(template, 'HandlerRole').properties).to.not.have.property('PermissionsBoundary');
    expect(the(template, 'HandlerRole').properties['Path']).to.equal('/');
    expect(handler['Role']).to.equal(the(template, 'HandlerRole').attributes['Arn']);
  });
});

describe('template.yaml: the way of a log file', () => {
  const bucket = the(template, 'TrailBucket');
  const trigger = the(template, 'HandlerTrigger').properties;

  it('leads from the trail to its bucket', () => {
    expect(the(template, 'Trail').properties).to.include({
      S3BucketName: bucket.physicalId,
      IsLogging: true,
      IsMultiRegionTrail: true,
      IncludeGlobalServiceEvents: true,
      EnableLogFileValidation: true,
    });
    expect(the(template, 'TrailBucketPolicy').properties['Bucket']).to.equal(bucket.physicalId);
    expect(the(template, 'Trail').dependsOn).to.include('TrailBucketPolicy');
    // What it writes would keep a bucket alive that a failed creation has to remove.
    expect(the(template, 'Trail').dependsOn).to.include('HandlerTrigger');
  });

  it('leads from the bucket to the queue for every log file, and for digests', () => {
    const configurations = valueAt(bucket.properties, 'NotificationConfiguration');
    expect(configurations).to.have.all.keys('QueueConfigurations');
    const all = valueAt(configurations, 'QueueConfigurations') as unknown[];
    expect(all).to.have.length(1);
    const [{ Event, Queue, Filter }] = all as [Record<string, unknown>];
    expect(Event).to.equal('s3:ObjectCreated:*');
    expect(Queue).to.equal(queue.attributes['Arn']);
    const rules = valueAt(Filter, 'S3Key', 'Rules') as { Name: string; Value: string }[];
    const announced = (key: string) =>
      rules.every(({ Name, Value }) =>
        Name === 'suffix' ? key.endsWith(Value) : key.startsWith(Value),
      );
    for (const folder of ['CloudTrail', 'CloudTrail-NetworkActivity']) {
      const key = keyOf('AAAAAAAAAAAAAAAA', folder);
      expect(logFileKind(key).kind).to.equal('log file');
      expect(announced(key), key).to.equal(true);
    }
    // Hourly digests are what tells a quiet account from a broken line.
    expect(announced(keyOf('AAAAAAAAAAAAAAAA', 'CloudTrail-Digest'))).to.equal(true);
    expect(announced('AWSLogs/111122223333/readme.txt')).to.equal(false);
    expect(rules).to.deep.include({ Name: 'suffix', Value: LOG_FILE_SUFFIX });
  });

  it('waits for the queue’s policy, because S3 sends a test message', () => {
    expect(the(template, 'LogFileQueuePolicy').properties['Queues']).to.deep.equal([
      queue.physicalId,
    ]);
    expect(bucket.dependsOn).to.include('LogFileQueuePolicy');
  });

  it('leads from the queue to the function, which answers message by message', () => {
    expect(trigger['EventSourceArn']).to.equal(queue.attributes['Arn']);
    expect(trigger['FunctionName']).to.equal(the(template, 'Handler').physicalId);
    expect(trigger['FunctionResponseTypes']).to.deep.equal(['ReportBatchItemFailures']);
    expect(trigger['Enabled']).to.be.oneOf([undefined, true]);
    expect(Number(valueAt(trigger, 'ScalingConfig', 'MaximumConcurrency'))).to.be.within(2, 1000);
    expect(Number(trigger['BatchSize'])).to.be.within(1, 10); // more needs a longer window
    expect(Number(trigger['MaximumBatchingWindowInSeconds'])).to.be.at.most(60); // alerts wait for it
    expect(handler).to.not.have.property('ReservedConcurrentExecutions');
  });

  it('gives a failed message time, and then a dead-letter queue', () => {
    const visibility = Number(queue.properties['VisibilityTimeout']);
    const timeout = Number(handler['Timeout']);
    expect(visibility).to.be.at.least(6 * timeout);
    expect(visibility, 'every lease has ended').to.be.greaterThan(timeout + 30);
    const deadLetters = the(template, 'DeadLetterQueue');
    expect(queue.properties['RedrivePolicy']).to.deep.equal({
      deadLetterTargetArn: deadLetters.attributes['Arn'],
      maxReceiveCount: 5,
    });
    const fourteenDays = 14 * 24 * 60 * 60; // the longest that SQS keeps a message
    expect(queue.properties['MessageRetentionPeriod']).to.equal(fourteenDays);
    expect(deadLetters.properties['MessageRetentionPeriod']).to.equal(fourteenDays);
  });
});

describe('template.yaml: what it keeps', () => {
  const stateful = [
    ...resourcesOfType(template, 'AWS::S3::Bucket'),
    ...resourcesOfType(template, 'AWS::DynamoDB::Table'),
  ];

  it('survives the stack, and a failed creation leaves nothing behind', () => {
    for (const { logicalId, deletionPolicy, updateReplacePolicy } of stateful) {
      expect(deletionPolicy, logicalId).to.equal('RetainExceptOnCreate');
      expect(updateReplacePolicy, logicalId).to.equal('Retain');
    }
  });

  it('is encrypted, and private', () => {
    const bucket = the(template, 'TrailBucket').properties;
    const [encryption] = valueAt(
      bucket,
      'BucketEncryption',
      'ServerSideEncryptionConfiguration',
    ) as unknown[];
    const algorithm = textAt(encryption, 'ServerSideEncryptionByDefault', 'SSEAlgorithm');
    expect(algorithm).to.be.oneOf(['AES256', 'aws:kms']);
    expect(bucket['PublicAccessBlockConfiguration']).to.deep.equal({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
    const [ownership] = valueAt(bucket, 'OwnershipControls', 'Rules') as unknown[];
    expect(textAt(ownership, 'ObjectOwnership')).to.equal('BucketOwnerEnforced');
    for (const { logicalId, properties } of resourcesOfType(template, 'AWS::SQS::Queue')) {
      expect(properties['SqsManagedSseEnabled'], logicalId).to.equal(true);
    }
    expect(the(template, 'AlertTopic').properties['KmsMasterKeyId']).to.equal('alias/aws/sns');
    // CloudWatch cannot publish to that key.
    expect(the(template, 'OperationsTopic').properties).to.not.have.property('KmsMasterKeyId');
  });

  it('can be taken back to an earlier moment, and costs by use', () => {
    expect(
      valueAt(the(template, 'TrailBucket').properties, 'VersioningConfiguration'),
    ).to.deep.equal({ Status: 'Enabled' });
    for (const { logicalId, properties } of resourcesOfType(template, 'AWS::DynamoDB::Table')) {
      expect(properties['BillingMode'], logicalId).to.equal('PAY_PER_REQUEST');
      const recovery = properties['PointInTimeRecoverySpecification'];
      expect(recovery, logicalId).to.deep.equal({ PointInTimeRecoveryEnabled: true });
    }
  });

  it('expires when it is told to', () => {
    const bucket = the(resolved(EVERYTHING), 'TrailBucket').properties;
    const [rule] = valueAt(bucket, 'LifecycleConfiguration', 'Rules') as Record<string, unknown>[];
    expect(rule).to.include({ Status: 'Enabled', ExpirationInDays: EVERYTHING.RetentionDays });
    expect(rule).to.not.have.any.keys('Prefix', 'TagFilters');
    // A deleted version is kept for a while, not for another such time.
    const undo = Number(valueAt(rule, 'NoncurrentVersionExpiration', 'NoncurrentDays'));
    expect(undo).to.be.within(1, 30);
    const abandoned = valueAt(rule, 'AbortIncompleteMultipartUpload', 'DaysAfterInitiation');
    expect(Number(abandoned)).to.be.within(1, 30);
  });
});

describe('template.yaml: its outputs and those who use them', () => {
  it('name the resource that they are called after', () => {
    const endings = ['Name', 'Table', 'Url', 'Arn'];
    for (const [output, value] of Object.entries(template.outputs)) {
      const ending = endings.find((candidate) => output.endsWith(candidate)) ?? '';
      const { physicalId, attributes } = the(template, output.slice(0, -ending.length));
      const expected =
        ending === 'Arn' ? (attributes['Arn'] ?? attributes['TopicArn']) : physicalId;
      expect(value, output).to.equal(expected);
    }
    expect(Object.keys(template.outputs)).to.include.members(['TrailBucketName', 'AlertTopicArn']);
  });

  it('agree with the Makefile: parameters, logical ids, key', () => {
    const passed = [...makefile.matchAll(/\b([A-Z][A-Za-z]+)=\$\(/g)].map(([, name]) => name ?? '');
    expect(passed).to.include.members(Object.keys(REQUIRED));
    for (const name of passed) expect(template.parameters, name).to.have.property(name);
    const tables = [...makefile.matchAll(/call TABLE,(\w+)/g)].map(([, name]) => name ?? '');
    expect(tables).to.deep.equal(['AccountAlias', 'Watchlist', 'Watchlist', 'Suppression']);
    for (const name of tables) expect(the(template, name).type).to.equal('AWS::DynamoDB::Table');
    const kinds = [...makefile.matchAll(/call TABLE,(\w+)\) --kind (\w+)/g)];
    for (const [, name = '', kind = ''] of kinds) {
      expect(table(the(template, name).physicalId).keyNames).to.deep.equal(
        SEED_KINDS[kind]?.keyNames,
      );
    }
  });
});

describe('template.yaml: its form', () => {
  it('passes a service-managed stack set as it is', () => {
    expect(Buffer.byteLength(TEXT)).to.be.below(51_200);
    expect(TEXT).to.not.match(
      /^Transform|Fn::Transform|AWS::Include|AWS::CloudFormation::(Stack|Macro)/m,
    );
  });

  it('names no partition, region or account, and no domain but those of service principals', () => {
    expect(TEXT).to.not.match(/arn:aws:(?!\[)/);
    expect(TEXT).to.not.match(/\b\d{12}\b/);
    expect(TEXT).to.not.match(/\b(us|eu|ap|sa|ca|me|af|cn)-(north|south|east|west|central)\w*-\d/);
    const domains = TEXT.match(/[^\s]*amazonaws\.com[^\s]*/g) ?? [];
    for (const domain of domains) expect(domain).to.match(/^[a-z0-9]+\.amazonaws\.com$/);
  });

  it('describes and bounds every parameter', () => {
    const { parameters } = template;
    expect(Object.keys(DECLARED.Parameters)).to.have.members(Object.keys(parameters));
    for (const [name, parameter] of Object.entries(DECLARED.Parameters)) {
      expect(parameter.Description, name).to.be.a('string');
      const bounded =
        'AllowedPattern' in parameter || ('MinValue' in parameter && 'MaxValue' in parameter);
      expect(bounded, name).to.equal(true);
      expect('Default' in parameter, name).to.equal(!Object.hasOwn(REQUIRED, name));
    }
  });
});
