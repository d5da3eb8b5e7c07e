import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import {
  BatchWriteItemCommand,
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import {
  CreateBucketCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { CreateTopicCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect } from 'chai';
import { type Emulators, startEmulators } from '../../../scripts/local/emulators.ts';

const TABLE: Omit<CreateTableCommandInput, 'TableName'> = {
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
};

describe('startEmulators', () => {
  let emulators: Emulators;
  let clients: { s3: S3Client; sns: SNSClient; sqs: SQSClient; dynamodb: DynamoDBClient };

  beforeEach(async () => {
    emulators = await startEmulators({ region: 'eu-central-1' });
    const { endpoint, region } = emulators;
    const credentials = { accessKeyId: 'ASIATEST', secretAccessKey: 'test' };
    const at = (url: string) => ({ endpoint: url, region, credentials, maxAttempts: 1 });
    clients = {
      s3: new S3Client({ ...at(endpoint.s3), forcePathStyle: true }),
      sns: new SNSClient(at(endpoint.sns)),
      sqs: new SQSClient(at(endpoint.sqs)),
      dynamodb: new DynamoDBClient(at(endpoint.dynamodb)),
    };
  });
  afterEach(async () => {
    for (const client of Object.values(clients)) client.destroy();
    await emulators.stop();
  });

  const actions = () =>
    emulators.calls.map(({ service, action, resource }) => [service, action, resource]);

  it('listens on this machine alone', async () => {
    for (const url of Object.values(emulators.endpoint)) {
      expect(await isOpen(Number(new URL(url).port), '127.0.0.1')).to.equal(true);
      expect(await isOpen(Number(new URL(url).port), '127.0.0.2')).to.equal(false);
      expect(url).to.match(/^http:\/\/127\.0\.0\.1:\d+$/);
    }
  });

  it('records calls of S3 by action, bucket and key', async () => {
    const Bucket = 'a-bucket';
    const object = { Bucket, Key: 'AWSLogs/a b+c.json' };
    await clients.s3.send(new CreateBucketCommand({ Bucket }));
    await clients.s3.send(new PutObjectCommand({ ...object, Body: 'body' }));
    const { Body } = await clients.s3.send(new GetObjectCommand(object));
    await clients.s3.send(new HeadObjectCommand(object));
    await clients.s3.send(new ListObjectsV2Command({ Bucket }));

    expect(await Body?.transformToString()).to.equal('body');
    const path = 'a-bucket/AWSLogs/a b+c.json';
    expect(actions()).to.deep.equal([
      ['s3', 'CreateBucket', Bucket],
      ['s3', 'PutObject', path],
      ['s3', 'GetObject', path],
      ['s3', 'HeadObject', path],
      ['s3', 'ListObjectsV2', Bucket],
    ]);
    expect(emulators.calls[0]?.accessKeyId).to.equal('ASIATEST');
  });

  it('records calls of SNS and SQS by topic and queue, in its account and region', async () => {
    const { TopicArn } = await clients.sns.send(new CreateTopicCommand({ Name: 'topic' }));
    await clients.sns.send(new PublishCommand({ TopicArn, Message: 'm' }));
    const { QueueUrl } = await clients.sqs.send(new CreateQueueCommand({ QueueName: 'queue' }));
    await clients.sqs.send(new ReceiveMessageCommand({ QueueUrl }));

    const { accountId, region, endpoint } = emulators;
    expect(TopicArn).to.equal(`arn:aws:sns:${region}:${accountId}:topic`);
    expect(QueueUrl).to.equal(`${endpoint.sqs}/${accountId}/queue`);
    expect(actions()).to.deep.equal([
      ['sns', 'CreateTopic', 'topic'],
      ['sns', 'Publish', TopicArn],
      ['sqs', 'CreateQueue', 'queue'],
      ['sqs', 'ReceiveMessage', QueueUrl],
    ]);
    expect(new Set(emulators.calls.map(({ accessKeyId }) => accessKeyId))).to.have.all.keys(
      'ASIATEST',
    );
  });

  it('records calls of DynamoDB, a batch on several tables as one for each', async () => {
    for (const TableName of ['one', 'two']) {
      await clients.dynamodb.send(new CreateTableCommand({ TableName, ...TABLE }));
    }
    const puts = [{ PutRequest: { Item: { id: { S: 'é' } } } }];
    const RequestItems = { one: puts, two: puts };
    await clients.dynamodb.send(new BatchWriteItemCommand({ RequestItems }));
    const get = new GetItemCommand({ TableName: 'two', Key: { id: { S: 'é' } } });

    expect((await clients.dynamodb.send(get)).Item).to.deep.equal({ id: { S: 'é' } });
    expect(actions()).to.deep.equal([
      ['dynamodb', 'CreateTable', 'one'],
      ['dynamodb', 'CreateTable', 'two'],
      ['dynamodb', 'BatchWriteItem', 'one'],
      ['dynamodb', 'BatchWriteItem', 'two'],
      ['dynamodb', 'GetItem', 'two'],
    ]);
    expect(emulators.calls[0]?.accessKeyId).to.equal('ASIATEST');
  });

  it('has a table active as soon as it is created', async () => {
    await clients.dynamodb.send(new CreateTableCommand({ TableName: 'one', ...TABLE }));
    const { Table } = await clients.dynamodb.send(new DescribeTableCommand({ TableName: 'one' }));

    expect(Table?.TableStatus).to.equal('ACTIVE');
  });

  it('fails the next calls of an action, before they have an effect', async () => {
    await clients.s3.send(new CreateBucketCommand({ Bucket: 'a-bucket' }));
    await clients.dynamodb.send(new CreateTableCommand({ TableName: 'one', ...TABLE }));
    const { TopicArn } = await clients.sns.send(new CreateTopicCommand({ Name: 'topic' }));
    const { QueueUrl } = await clients.sqs.send(new CreateQueueCommand({ QueueName: 'queue' }));
    const object = { Bucket: 'a-bucket', Key: 'key' };
    const sends: readonly [service: string, action: string, send: () => Promise<unknown>][] = [
      ['s3', 'PutObject', () => clients.s3.send(new PutObjectCommand({ ...object, Body: 'b' }))],
      ['sns', 'Publish', () => clients.sns.send(new PublishCommand({ TopicArn, Message: 'm' }))],
      ['sqs', 'ReceiveMessage', () => clients.sqs.send(new ReceiveMessageCommand({ QueueUrl }))],
      [
        'dynamodb',
        'PutItem',
        () =>
          clients.dynamodb.send(new PutItemCommand({ TableName: 'one', Item: { id: { S: 'i' } } })),
      ],
    ];
    for (const [service, action, send] of sends) {
      emulators.calls.length = 0;
      emulators.failNext(service, action, 2);
      for (let count = 0; count < 2; count += 1) {
        expect((await errorOf(send())).$metadata.httpStatusCode, action).to.equal(500);
      }
      expect(emulators.calls, 'failed calls are recorded').to.have.length(2);
      if (service === 's3') {
        const head = await errorOf(clients.s3.send(new HeadObjectCommand(object)));
        expect(head.name).to.equal('NotFound');
      }
      await send();
    }
  });

  it('survives clients that go away in the middle of a call', async () => {
    for (const url of [emulators.endpoint.dynamodb, emulators.endpoint.s3]) {
      const socket = await sendHalfOf(url);
      socket.resetAndDestroy();
      await once(socket, 'close');
    }
    await setTimeout(50);
    await clients.dynamodb.send(new CreateTableCommand({ TableName: 'one', ...TABLE }));
    await clients.s3.send(new CreateBucketCommand({ Bucket: 'a-bucket' }));
  });

  it('is reached by SDK clients that know its environment alone', async () => {
    const code = `
      import { S3Client, CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
      import { SQSClient, CreateQueueCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
      import { SNSClient, CreateTopicCommand } from '@aws-sdk/client-sns';
      import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
      const s3 = new S3Client();
      await s3.send(new CreateBucketCommand({ Bucket: 'a-bucket' }));
      await s3.send(new PutObjectCommand({ Bucket: 'a-bucket', Key: 'key', Body: 'body' }));
      const sqs = new SQSClient();
      const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'queue' }));
      await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
      await new SNSClient().send(new CreateTopicCommand({ Name: 'topic' }));
      await new DynamoDBClient().send(new ListTablesCommand());`;
    await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', code], {
      env: emulators.environment,
    });

    expect(emulators.calls.map(({ action }) => action)).to.deep.equal([
      'CreateBucket',
      'PutObject',
      'CreateQueue',
      'ReceiveMessage',
      'CreateTopic',
      'ListTables',
    ]);
    expect(emulators.calls.map(({ accessKeyId }) => accessKeyId)).to.include('local');
  });

  it('stops although clients keep their connections and one is waiting for messages', async () => {
    const { QueueUrl } = await clients.sqs.send(new CreateQueueCommand({ QueueName: 'queue' }));
    await clients.dynamodb.send(new CreateTableCommand({ TableName: 'one', ...TABLE }));
    const waiting = clients.sqs
      .send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }))
      .catch(() => undefined);
    await setTimeout(100);
    const halfway = await sendHalfOf(emulators.endpoint.dynamodb);
    const before = Date.now();
    await emulators.stop();

    expect(Date.now() - before).to.be.below(2_000);
    for (const client of Object.values(clients)) client.destroy();
    await waiting;
    halfway.destroy();
  });
});

interface SdkError extends Error {
  $metadata: { httpStatusCode?: number };
}

async function errorOf(call: Promise<unknown>): Promise<SdkError> {
  try {
    await call;
  } catch (error) {
    return error as SdkError;
  }
  throw new Error('The call succeeded');
}

/** Sends the beginning of a call, and waits until it has arrived. */
async function sendHalfOf(url: string): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.on('error', () => {}); // the server may close it
  await once(socket, 'connect');
  socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"half');
  await setTimeout(50);
  return socket;
}

async function isOpen(port: number, host: string): Promise<boolean> {
  const socket = connect(port, host);
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(1_000) });
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
