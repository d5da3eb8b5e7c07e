import { DynamoDBClient, type ScanCommand, type UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { type GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { type PublishBatchCommand, SNSClient } from '@aws-sdk/client-sns';
import { expect } from 'chai';
import sinon from 'sinon';
import { awsPorts } from '../../../handler/aws/awsPorts.ts';
import { FALLIBLE } from '../../faults.ts';

const NAMES = {
  watchlistTable: 'w',
  accountAliasTable: 'a',
  sessionTable: 'Session',
  suppressionTable: 'x',
  stateTable: 's',
  alertTopicArn: 'arn:topic',
};
const CLAIM = { id: 'e/x', part: 'alert' };
const MESSAGE = { id: 'e/x', subject: 'S', body: '{}', attributes: {}, bytes: 1 };

interface Client {
  send: (command: unknown) => Promise<unknown>;
}

describe('awsPorts', () => {
  afterEach(() => sinon.restore());

  const answering = (type: { prototype: unknown }, answer: unknown) =>
    sinon.stub(type.prototype as Client, 'send').resolves(answer);

  it('has every port, tells the time, pauses and logs', async () => {
    const logged: unknown[] = [];
    const ports = awsPorts(NAMES, (line) => void logged.push(line));
    for (const name of FALLIBLE) expect(ports[name], name).to.be.a('function');
    const start = ports.now();
    expect(start).to.be.closeTo(Date.now(), 60_000);
    await ports.pause(30);
    expect(ports.now() - start).to.be.within(25, 10_000);
    ports.log({ level: 'info', message: 'hello' });
    expect(logged).to.deep.equal([{ level: 'info', message: 'hello' }]);
  });

  it('gives every port the table that it is for', async () => {
    const send = answering(DynamoDBClient, { Items: [] });
    const ports = awsPorts(NAMES, () => {});
    const tables = () => send.args.map(([command]) => (command as ScanCommand).input.TableName);
    await ports.scanWatchlist();
    await ports.scanAccountAliases();
    await ports.scanSuppressions();
    expect(tables()).to.deep.equal(['w', 'a', 'x']);
    send.resetHistory();
    await ports.claim(CLAIM, { owner: 'me', endsAt: 1 });
    await ports.confirm(CLAIM, 'me');
    await ports.release(CLAIM, 'me');
    await ports.readState({ key: 'k', from: 'a', to: 'b' });
    await ports.writeState({ key: 'k', part: 'p', v: 1, expiresAt: 1 }, undefined);
    expect(tables()).to.deep.equal(['s', 's', 's', 's', 's']);
    const { ExpressionAttributeValues = {} } = (send.firstCall.args[0] as UpdateItemCommand).input;
    expect(Number(ExpressionAttributeValues[':now']?.N)).to.be.closeTo(Date.now() / 1000, 60);
  });

  it('publishes to the alert topic, and reads from S3', async () => {
    const sns = answering(SNSClient, { Successful: [{ Id: '0' }] });
    const s3 = answering(S3Client, { Body: { transformToByteArray: async () => 'bytes' } });
    const ports = awsPorts(NAMES, () => {});
    expect(await ports.publish([MESSAGE])).to.deep.equal([]);
    expect((sns.firstCall.args[0] as PublishBatchCommand).input.TopicArn).to.equal('arn:topic');
    expect(await ports.getLogFile({ bucket: 'b', key: 'k' }, 9)).to.equal('bytes');
    expect((s3.firstCall.args[0] as GetObjectCommand).input).to.deep.equal({
      Bucket: 'b',
      Key: 'k',
    });
  });
});
