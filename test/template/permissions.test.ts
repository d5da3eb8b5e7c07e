import { expect } from 'chai';
import { textAt } from '../../handler/textAt.ts';
import type { Call } from '../../scripts/local/emulators.ts';
import type { ResolvedTemplate, Resource } from '../../scripts/local/resolveTemplate.ts';
import { keyOf, logFileOf, recordOf, roleRecordOf } from '../factories.ts';
import { startTestPipeline, type TestPipeline } from '../startTestPipeline.ts';
import { isAllowed, type Request } from './isAllowed.ts';
import { PLACE, resolved, the } from './template.ts';

interface Statement {
  readonly Sid: string;
  readonly Action: string | string[];
  readonly Resource: string | string[];
}

function policiesOf(template: ResolvedTemplate) {
  const policies = the(template, 'HandlerRole').properties['Policies'] as {
    PolicyName: string;
    PolicyDocument: { Statement: Statement[] };
  }[];
  return policies.map(({ PolicyName, PolicyDocument }) => ({
    name: PolicyName,
    policy: PolicyDocument,
  }));
}

/** The (action, resource) pairs that the role allows, as written. */
function allowedPairs(template: ResolvedTemplate): string[] {
  return policiesOf(template).flatMap(({ policy }) =>
    policy.Statement.flatMap(({ Action, Resource: resources }) =>
      [Action].flat().flatMap((action) => [resources].flat().map((arn) => `${action} ${arn}`)),
    ),
  );
}

/** What others do with the function's role, which no call recorded here can show. */
function usedByOthers(template: ResolvedTemplate): string[] {
  const queue = the(template, 'LogFileQueue').attributes['Arn'];
  const log = the(template, 'HandlerLogGroup').attributes['Arn'];
  return [
    // Lambda's poller
    `sqs:ReceiveMessage ${queue}`,
    `sqs:DeleteMessage ${queue}`,
    `sqs:GetQueueAttributes ${queue}`,
    // Lambda's log delivery
    `logs:CreateLogStream ${log}`,
    `logs:PutLogEvents ${log}`,
  ];
}

describe('permissions: the function’s role', function () {
  this.timeout(60_000);
  let pipeline: TestPipeline;
  let calls: Call[];

  before(async () => {
    pipeline = await startTestPipeline();
    await pipeline.deliver(
      keyOf('AUDITAUDITAUDIT1'),
      logFileOf([recordOf({ eventID: 'a1' }), ...denied]),
    );
    await pipeline.drain();
    // Delivered again: the claim is refused and read.
    await pipeline.deliver(
      keyOf('AUDITAUDITAUDIT1'),
      logFileOf([recordOf({ eventID: 'a1' }), ...denied]),
    );
    await pipeline.drain();
    // SNS fails: the claim is released.
    await pipeline.deliver(keyOf('AUDITAUDITAUDIT2'), logFileOf([recordOf({ eventID: 'a2' })]));
    pipeline.emulators.failNext('sns', 'PublishBatch', 3);
    await pipeline.drain();
    // A role session whose grant comes after it: an alert waits.
    await pipeline.deliver(keyOf('AUDITAUDITAUDIT3'), logFileOf([use]));
    await pipeline.drain();
    await pipeline.deliver(keyOf('AUDITAUDITAUDIT4'), logFileOf([granted]));
    await pipeline.drain();
    calls = pipeline.emulators.calls.filter(({ accessKeyId }) => accessKeyId.startsWith('ASIA'));
  });
  after(() => pipeline?.stop());

  const use = roleRecordOf({ eventID: 'a3' });
  const granted = recordOf({
    eventID: 'a4',
    eventSource: 'sts.amazonaws.com',
    eventName: 'AssumeRole',
    responseElements: {
      credentials: { accessKeyId: textAt(use, 'userIdentity', 'accessKeyId') },
    },
  });

  // Counted together by an entry of the shipped watchlist.
  const denied = Array.from({ length: 25 }, (_, index) =>
    recordOf({ eventID: `d${index}`, errorCode: 'AccessDenied', eventName: 'ListUsers' }),
  );

  /** A recorded call as IAM names it. */
  const requestOf = ({ service, action, resource }: Call): Request => {
    const { template, emulators } = pipeline;
    const arns: Record<string, string> = {
      s3: `arn:aws:s3:::${resource}`,
      sns: resource,
      dynamodb: `arn:aws:dynamodb:${emulators.region}:${emulators.accountId}:table/${resource}`,
    };
    return {
      principal: the(template, 'HandlerRole').attributes['Arn'] ?? '',
      // PublishBatch has no permission of its own.
      action: `${service}:${action === 'PublishBatch' ? 'Publish' : action}`,
      resource: arns[service] ?? '',
      accountId: emulators.accountId,
    };
  };

  it('allows every call that the function makes', async () => {
    const made = new Set(calls.map(({ service, action }) => `${service} ${action}`));
    expect([...made]).to.include.members([
      's3 GetObject',
      'sns PublishBatch',
      'dynamodb Scan',
      'dynamodb UpdateItem',
      'dynamodb Query',
      'dynamodb PutItem',
      'dynamodb DeleteItem',
    ]);
    for (const call of calls) {
      const request = requestOf(call);
      const allowed = await isAllowed(request, { identity: policiesOf(pipeline.template) });
      expect(allowed, `${request.action} on ${request.resource}`).to.equal(true);
    }
  });

  it('allows nothing that nobody uses', () => {
    const used = new Set(
      calls.map((call) => {
        const { action, resource } = requestOf(call);
        const object = action.startsWith('s3:') ? `${resource.split('/')[0]}/*` : resource;
        return `${action} ${object}`;
      }),
    );
    const known = [...used, ...usedByOthers(pipeline.template)];
    expect(allowedPairs(pipeline.template)).to.have.members(known);
  });

  it('lets Lambda alone assume it', () => {
    const trust = the(pipeline.template, 'HandlerRole').properties['AssumeRolePolicyDocument'];
    expect(trust).to.deep.equal({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'lambda.amazonaws.com' },
          Action: 'sts:AssumeRole',
        },
      ],
    });
  });
});

describe('permissions: what the resources let AWS’s services do', () => {
  const template = resolved();
  const { accountId, region } = PLACE;
  const policy = (logicalId: string) => the(template, logicalId).properties['PolicyDocument'];
  const arn = ({ attributes }: Resource) => attributes['Arn'] ?? attributes['TopicArn'] ?? '';
  const bucket = arn(the(template, 'TrailBucket'));
  const key = `${bucket}/AWSLogs/${accountId}/CloudTrail/${region}/2026/01/01/file.json.gz`;

  const delivery: Request = {
    principal: 'cloudtrail.amazonaws.com',
    action: 's3:PutObject',
    resource: key,
    accountId,
    context: {
      'aws:SourceArn': arn(the(template, 'Trail')),
      's3:x-amz-acl': 'bucket-owner-full-control',
    },
  };
  const announcement: Request = {
    principal: 's3.amazonaws.com',
    action: 'sqs:SendMessage',
    resource: arn(the(template, 'LogFileQueue')),
    accountId,
    context: { 'aws:SourceArn': bucket, 'aws:SourceAccount': accountId },
  };
  const alarm: Request = {
    principal: 'cloudwatch.amazonaws.com',
    action: 'sns:Publish',
    resource: arn(the(template, 'OperationsTopic')),
    accountId,
    context: {
      'aws:SourceArn': arn(the(template, 'HandlerErrorsAlarm')),
      'aws:SourceAccount': accountId,
    },
  };
  const changed = (request: Request, context: Record<string, string>): Request => ({
    ...request,
    context: { ...request.context, ...context },
  });

  it('lets this trail check the bucket and deliver, digests too', async () => {
    const resource = policy('TrailBucketPolicy');
    expect(await isAllowed(delivery, { resource })).to.equal(true);
    const digest = { ...delivery, resource: key.replace('/CloudTrail/', '/CloudTrail-Digest/') };
    expect(await isAllowed(digest, { resource })).to.equal(true);
    const check = {
      ...delivery,
      action: 's3:GetBucketAcl',
      resource: bucket,
      context: { 'aws:SourceArn': arn(the(template, 'Trail')) },
    };
    expect(await isAllowed(check, { resource })).to.equal(true);
  });

  it('lets no other trail deliver, nor this one elsewhere or for others to own', async () => {
    const resource = policy('TrailBucketPolicy');
    const other = arn(the(template, 'Trail')).replace(accountId, '999999999999');
    const refused = [
      changed(delivery, { 'aws:SourceArn': other }),
      changed(delivery, { 's3:x-amz-acl': 'private' }),
      { ...delivery, resource: key.replace(`/AWSLogs/${accountId}/`, '/AWSLogs/999999999999/') },
      { ...delivery, principal: 'config.amazonaws.com' },
      { ...delivery, action: 's3:GetObject' },
    ];
    for (const request of refused) expect(await isAllowed(request, { resource })).to.equal(false);
  });

  it('lets this bucket announce to the queue, and no other', async () => {
    const resource = policy('LogFileQueuePolicy');
    expect(await isAllowed(announcement, { resource })).to.equal(true);
    const refused = [
      changed(announcement, { 'aws:SourceArn': 'arn:aws:s3:::another' }),
      changed(announcement, { 'aws:SourceAccount': '999999999999' }),
      { ...announcement, principal: 'sns.amazonaws.com' },
    ];
    for (const request of refused) expect(await isAllowed(request, { resource })).to.equal(false);
  });

  it('lets this account’s alarms publish to the operations topic, and no others', async () => {
    const resource = policy('OperationsTopicPolicy');
    expect(await isAllowed(alarm, { resource })).to.equal(true);
    const foreign = 'arn:aws:cloudwatch:eu-central-1:999999999999:alarm:x';
    const refused = [
      changed(alarm, { 'aws:SourceArn': foreign }),
      changed(alarm, { 'aws:SourceAccount': '999999999999' }),
      { ...alarm, principal: 'events.amazonaws.com' },
    ];
    for (const request of refused) expect(await isAllowed(request, { resource })).to.equal(false);
  });

  it('refuses everybody without TLS, whatever they may do otherwise', async () => {
    const everything = {
      name: 'everything',
      policy: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
      },
    };
    const guarded = [
      ['TrailBucketPolicy', 's3:GetObject', key],
      ['TrailBucketPolicy', 's3:ListBucket', bucket],
      ['LogFileQueuePolicy', 'sqs:SendMessage', arn(the(template, 'LogFileQueue'))],
      ['DeadLetterQueuePolicy', 'sqs:ReceiveMessage', arn(the(template, 'DeadLetterQueue'))],
      ['AlertTopicPolicy', 'sns:Publish', arn(the(template, 'AlertTopic'))],
      ['OperationsTopicPolicy', 'sns:Publish', arn(the(template, 'OperationsTopic'))],
    ];
    for (const [logicalId = '', action = '', resource = ''] of guarded) {
      const request: Request = {
        principal: `arn:aws:iam::${accountId}:role/Admin`,
        action,
        resource,
        accountId,
      };
      const policies = { identity: [everything], resource: policy(logicalId) };
      expect(await isAllowed(request, policies), `${action} with TLS`).to.equal(true);
      const plain = changed(request, { 'aws:SecureTransport': 'false' });
      expect(await isAllowed(plain, policies), `${action} without TLS`).to.equal(false);
    }
  });

  it('attaches each policy to the resource it speaks of', () => {
    const pairs = [
      ['LogFileQueuePolicy', 'Queues', 'LogFileQueue'],
      ['DeadLetterQueuePolicy', 'Queues', 'DeadLetterQueue'],
      ['AlertTopicPolicy', 'Topics', 'AlertTopic'],
      ['OperationsTopicPolicy', 'Topics', 'OperationsTopic'],
    ];
    for (const [logicalId = '', property = '', target = ''] of pairs) {
      const attached = the(template, logicalId).properties[property];
      expect(attached, logicalId).to.deep.equal([the(template, target).physicalId]);
    }
  });
});
