import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  CreateBucketCommand,
  type Event,
  GetBucketNotificationConfigurationCommand,
  GetObjectCommand,
  type NotificationConfiguration,
  PutBucketNotificationConfigurationCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  CreateTopicCommand,
  SetTopicAttributesCommand,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { expect } from 'chai';
import { type Emulators, startEmulators } from '../../../../scripts/local/emulators.ts';

const Bucket = 'trail-bucket';
const BUCKET_ARN = `arn:aws:s3:::${Bucket}`;

describe('s3Notifications', () => {
  let emulators: Emulators;
  let s3: S3Client;
  let sns: SNSClient;
  let sqs: SQSClient;
  let QueueUrl: string;
  let QueueArn: string;

  beforeEach(async () => {
    emulators = await startEmulators({ region: 'eu-west-1' });
    const { endpoint, region, accountId } = emulators;
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    s3 = new S3Client({ endpoint: endpoint.s3, region, credentials, forcePathStyle: true });
    sns = new SNSClient({ endpoint: endpoint.sns, region, credentials });
    sqs = new SQSClient({ endpoint: endpoint.sqs, region, credentials });
    await s3.send(new CreateBucketCommand({ Bucket }));
    const created = await sqs.send(new CreateQueueCommand({ QueueName: 'log-files' }));
    QueueUrl = String(created.QueueUrl);
    QueueArn = `arn:aws:sqs:${region}:${accountId}:log-files`;
  });
  afterEach(async () => {
    for (const client of [s3, sns, sqs]) client.destroy();
    await emulators.stop();
  });

  function allowing(condition: object = {}, statement: object = {}): string {
    const allow = {
      Effect: 'Allow',
      Principal: { Service: 's3.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: QueueArn,
      Condition: {
        ArnEquals: { 'aws:SourceArn': BUCKET_ARN },
        StringEquals: { 'aws:SourceAccount': emulators.accountId },
        ...condition,
      },
      ...statement,
    };
    const denyWithoutTls = {
      Effect: 'Deny',
      Principal: '*',
      Action: 'sqs:*',
      Resource: QueueArn,
      Condition: { Bool: { 'aws:SecureTransport': false } },
    };
    return JSON.stringify({ Version: '2012-10-17', Statement: [allow, denyWithoutTls] });
  }
  const setPolicy = (Policy: string) =>
    sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
  const configure = (configuration: NotificationConfiguration, bucket = Bucket) =>
    s3.send(
      new PutBucketNotificationConfigurationCommand({
        Bucket: bucket,
        NotificationConfiguration: configuration,
      }),
    );
  const toQueue = (filter: Record<string, string> = {}, event: Event = 's3:ObjectCreated:*') => ({
    QueueConfigurations: [
      {
        Id: 'log-files',
        QueueArn,
        Events: [event],
        Filter: { Key: { FilterRules: rulesOf(filter) } },
      },
    ],
  });
  const put = (Key: string, Body = 'body') => s3.send(new PutObjectCommand({ Bucket, Key, Body }));

  /** Takes all messages that wait in the queue. */
  async function taken(): Promise<Message[]> {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
    );
    for (const { ReceiptHandle } of Messages) {
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
    return Messages.map(({ Body = '' }) => JSON.parse(Body) as Message);
  }

  it('sends a test event when a configuration is set', async () => {
    await setPolicy(allowing());
    await configure(toQueue());

    const [test, ...others] = await taken();
    expect(test).to.include({ Service: 'Amazon S3', Event: 's3:TestEvent', Bucket });
    expect(test).to.have.all.keys('Service', 'Event', 'Time', 'Bucket', 'RequestId', 'HostId');
    expect(others).to.be.empty;
  });

  it('sends the event of each object, in the form AWS gives it', async () => {
    await setPolicy(allowing());
    await configure(toQueue());
    await taken();
    const { ETag } = await put('AWSLogs/1.json.gz', 'é');

    const messages = await taken();
    expect(messages).to.have.length(1);
    const [record] = recordsOf(messages);
    expect(record).to.include({
      eventVersion: '2.1',
      eventSource: 'aws:s3',
      awsRegion: 'eu-west-1',
      eventName: 'ObjectCreated:Put',
    });
    expect(record?.eventTime).to.match(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(record?.s3.configurationId).to.equal('log-files');
    expect(record?.s3.bucket).to.include({ name: Bucket, arn: BUCKET_ARN });
    expect(record?.s3.object).to.include({ key: 'AWSLogs/1.json.gz', size: 2 });
    expect(`"${record?.s3.object.eTag}"`).to.equal(ETag);
  });

  it('gives later objects a greater sequencer', async () => {
    await setPolicy(allowing());
    await configure(toQueue());
    await taken();
    for (let count = 0; count < 9; count += 1) await put('again');

    const sequencers = recordsOf(await taken()).map((record) => record.s3.object.sequencer);
    expect(sequencers).to.have.length(9);
    expect(new Set(sequencers).size).to.equal(9);
    const sorted = sequencers.toSorted((one, other) => (one < other ? -1 : 1));
    expect(sequencers).to.deep.equal(sorted);
  });

  it('encodes keys as forms do, but not their slashes', async () => {
    await setPolicy(allowing());
    await configure(toQueue());
    await taken();
    await put('AWSLogs/a b+c=é/(x)%20&*.gz');

    const [key] = keysOf(await taken());
    expect(key).to.equal('AWSLogs/a+b%2Bc%3D%C3%A9/%28x%29%2520%26*.gz');
    expect(new URLSearchParams(`k=${key}`).get('k')).to.equal('AWSLogs/a b+c=é/(x)%20&*.gz');
  });

  it('keeps an announced object as it was sent, large or streamed', async () => {
    await setPolicy(allowing());
    await configure(toQueue());
    await taken();
    const large = Buffer.alloc(8_000_000, 'é');
    const ContentLength = large.length;
    for (const Body of [
      large,
      Readable.from([large.subarray(0, 70_000), large.subarray(70_000)]),
    ]) {
      await s3.send(new PutObjectCommand({ Bucket, Key: 'key', Body, ContentLength }));
      const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'key' }));
      const bytes = Buffer.from((await got.Body?.transformToByteArray()) ?? []);
      expect(bytes.equals(large)).to.equal(true);
      expect(recordsOf(await taken())[0]?.s3.object).to.include({ size: ContentLength });
    }
  });

  it('announces only keys with the prefix and the suffix', async () => {
    await setPolicy(allowing());
    await configure(toQueue({ prefix: 'AWSLogs/', Suffix: '.json.gz' }));
    await taken();
    await put('AWSLogs/a.json');
    await put('other/a.json.gz');
    await put('AWSLogs/a.json.gz');

    expect(keysOf(await taken())).to.deep.equal(['AWSLogs/a.json.gz']);
  });

  it('reads a filter that XML has to escape', async () => {
    await setPolicy(allowing());
    await configure(toQueue({ suffix: "<&'>&lt;" }));
    await taken();
    await put("a<&'>&lt;");
    await put('a');

    expect(keysOf(await taken())).to.have.length(1);
  });

  it('announces only the wanted kind of event', async () => {
    await setPolicy(allowing());
    await configure(toQueue({}, 's3:ObjectCreated:Copy'));
    await taken();
    await put('original');
    const copy = { Bucket, Key: 'copy', CopySource: `${Bucket}/original` };
    await s3.send(new CopyObjectCommand(copy));

    const messages = await taken();
    expect(keysOf(messages)).to.deep.equal(['copy']);
    expect(recordsOf(messages)[0]).to.include({ eventName: 'ObjectCreated:Copy' });
  });

  it('does not announce an object that was refused', async () => {
    await setPolicy(allowing());
    await put('key');
    await configure(toQueue());
    await taken();
    const copy = new CopyObjectCommand({ Bucket, Key: 'key', CopySource: `${Bucket}/none` });
    await refusedWith(s3.send(copy), 'NoSuchKey');
    emulators.failNext('s3', 'PutObject', 3);
    await put('key').catch(() => undefined);

    expect(await taken()).to.be.empty;
  });

  it('replaces the configuration as a whole, and gives it back', async () => {
    await setPolicy(allowing());
    await configure(toQueue({ suffix: '.gz' }));
    const get = new GetBucketNotificationConfigurationCommand({ Bucket });
    const [given] = (await s3.send(get)).QueueConfigurations ?? [];
    expect(given).to.deep.equal(toQueue({ suffix: '.gz' }).QueueConfigurations[0]);

    await configure({});
    await taken();
    await put('a.gz');
    expect(await taken()).to.be.empty;
    expect((await s3.send(get)).QueueConfigurations).to.equal(undefined);
  });

  it('refuses a queue that does not exist', async () => {
    await setPolicy(allowing({}, { Resource: '*' }));
    for (const other of [QueueArn.replace('log-files', 'none'), QueueArn.replace('eu-', 'us-')]) {
      const [configuration] = toQueue().QueueConfigurations;
      const QueueConfigurations = [
        { ...configuration, QueueArn: other, Events: ['s3:ObjectCreated:*' as const] },
      ];
      await refusedWith(configure({ QueueConfigurations }), 'InvalidArgument');
    }
  });

  it('refuses a queue whose policy does not let the bucket send', async () => {
    const refused = {
      'another bucket': allowing(sourceArn('arn:aws:s3:::other')),
      'a longer name': allowing(sourceArn(`${BUCKET_ARN}-2`)),
      'a shorter name': allowing(sourceArn(BUCKET_ARN.slice(0, -1))),
      'no source': allowing({ ArnEquals: undefined }),
      'another account': allowing({ StringEquals: { 'aws:SourceAccount': '111111111111' } }),
      'a condition not known': allowing({ StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }),
      'another action': allowing({}, { Action: 'sqs:ReceiveMessage' }),
      'another resource': allowing({}, { Resource: `${QueueArn}-dead` }),
      'another service': allowing({}, { Principal: { Service: 'sns.amazonaws.com' } }),
      'a denial': allowing({}, { Effect: 'Deny' }),
      'an asterisk where none counts': allowing({ StringEquals: { 'aws:SourceAccount': '0*' } }),
    };
    await refusedWith(configure(toQueue()), 'InvalidArgument', 'no policy');
    for (const [why, policy] of Object.entries(refused)) {
      await setPolicy(policy);
      await refusedWith(configure(toQueue()), 'InvalidArgument', why);
    }
    expect(await taken()).to.be.empty;
    await put('key');
    expect(await taken(), 'nothing was set').to.be.empty;
  });

  it('lets a denial win over a permission', async () => {
    const { Statement } = JSON.parse(allowing()) as { Statement: object[] };
    const deny = { ...Statement[1], Condition: undefined };
    await setPolicy(JSON.stringify({ Statement: [Statement[0], deny] }));

    await refusedWith(configure(toQueue()), 'InvalidArgument');
  });

  it('accepts a policy with wildcards and lists', async () => {
    await setPolicy(
      allowing(
        { ArnEquals: undefined, ArnLike: { 'aws:SourceArn': ['arn:aws:s3:::x', 'arn:*:trail-*'] } },
        { Principal: { Service: ['s3.amazonaws.com'] }, Action: ['SQS:Send*'], Resource: '*' },
      ),
    );

    await configure(toQueue());
    expect(await taken()).to.have.length(1);
  });

  it('refuses a bucket that does not exist, and does not create it', async () => {
    await refusedWith(configure({}, 'no-bucket'), 'NoSuchBucket');
    await refusedWith(configure({}, 'no-bucket'), 'NoSuchBucket');
  });

  it('refuses what it would not act on', async () => {
    await setPolicy(allowing());

    await refusedWith(configure({ EventBridgeConfiguration: {} }), 'NotImplemented');
    await refusedWith(configure(toQueue({}, 's3:ObjectRemoved:*')), 'NotImplemented');
  });

  it('sends to a topic, whose subscribers by e-mail count too', async () => {
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'topic' }));
    const subscription = { TopicArn, Protocol: 'email', Endpoint: 'ops@example.com' };
    await sns.send(new SubscribeCommand(subscription));
    const TopicConfigurations = [{ TopicArn, Events: ['s3:ObjectCreated:*' as const] }];
    await refusedWith(configure({ TopicConfigurations }), 'InvalidArgument');
    const AttributeValue = allowing({}, { Action: 'sns:Publish', Resource: TopicArn });
    const policy = { TopicArn, AttributeName: 'Policy', AttributeValue };
    await sns.send(new SetTopicAttributesCommand(policy));
    await configure({ TopicConfigurations });
    await put('a b');

    const [test, event, ...others] = emulators.mails;
    expect(others).to.be.empty;
    expect(JSON.parse(test?.body ?? '')).to.include({ Event: 's3:TestEvent' });
    expect(event?.subject).to.equal('Amazon S3 Notification');
    expect(keysOf([JSON.parse(event?.body ?? '') as Message])).to.deep.equal(['a+b']);
  });
});

/** A message of S3: a test event, or one with a record. */
interface Message {
  readonly Records?: readonly {
    readonly eventTime: string;
    readonly s3: {
      readonly configurationId: string;
      readonly bucket: object;
      readonly object: { readonly key: string; readonly eTag: string; readonly sequencer: string };
    };
  }[];
}

const recordsOf = (messages: readonly Message[]) => messages.flatMap(({ Records = [] }) => Records);
const keysOf = (messages: readonly Message[]) =>
  recordsOf(messages).map((record) => record.s3.object.key);

function sourceArn(arn: string) {
  return { ArnEquals: { 'aws:SourceArn': arn } };
}

function rulesOf(filter: Record<string, string>) {
  return Object.entries(filter).map(([Name, Value]) => ({ Name: Name as 'suffix', Value }));
}

async function refusedWith(call: Promise<unknown>, code: string, why?: string): Promise<void> {
  const error = await call.then(
    () => undefined,
    (thrown: Error) => thrown,
  );
  expect(error?.name, why).to.equal(code);
  if (code === 'InvalidArgument') {
    const message = 'Unable to validate the following destination configurations';
    expect(error?.message).to.equal(message);
  }
}
