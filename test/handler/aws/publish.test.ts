import { PublishBatchCommand, SNSClient } from '@aws-sdk/client-sns';
import { expect } from 'chai';
import sinon from 'sinon';
import { publish } from '../../../handler/aws/publish.ts';

const messageOf = (id: string) => ({
  id,
  subject: `subject of ${id}`,
  body: '{"default":"{}","email":"text"}',
  attributes: { severity: 'high', region: 'us-east-1' },
  bytes: 100,
});
const MESSAGES = ['e/with spaces and ü', 'f/x', 'g/x'].map(messageOf);

describe('publish', () => {
  const client = new SNSClient({ region: 'eu-central-1' });
  after(() => client.destroy());
  afterEach(() => sinon.restore());

  const answering = (answer: unknown) =>
    (
      sinon.stub(client, 'send') as unknown as sinon.SinonStub<[unknown], Promise<unknown>>
    ).resolves(answer);

  it('sends each message with its copies, subject and attributes, under a legal id', async () => {
    const send = answering({ Successful: [{ Id: '0' }, { Id: '1' }, { Id: '2' }] });
    expect(await publish(client, 'arn:topic')(MESSAGES)).to.deep.equal([]);
    const [command] = send.firstCall.args;
    expect(command).to.be.instanceOf(PublishBatchCommand);
    const { TopicArn, PublishBatchRequestEntries = [] } = (command as PublishBatchCommand).input;
    expect(TopicArn).to.equal('arn:topic');
    expect(PublishBatchRequestEntries[0]).to.deep.equal({
      Id: '0',
      Subject: 'subject of e/with spaces and ü',
      Message: '{"default":"{}","email":"text"}',
      MessageStructure: 'json',
      MessageAttributes: {
        severity: { DataType: 'String', StringValue: 'high' },
        region: { DataType: 'String', StringValue: 'us-east-1' },
      },
    });
    for (const { Id } of PublishBatchRequestEntries) expect(Id).to.match(/^[A-Za-z0-9_-]{1,80}$/);
  });

  it('returns the failures of a call that succeeded, by alert', async () => {
    answering({
      Successful: [{ Id: '1' }],
      Failed: [
        { Id: '2', Code: 'InvalidParameter', SenderFault: true },
        { Id: '0', Code: 'InternalError', SenderFault: false },
      ],
    });
    expect(await publish(client, 'arn:topic')(MESSAGES)).to.deep.equal([
      { id: 'e/with spaces and ü', code: 'InternalError', senderFault: false },
      { id: 'g/x', code: 'InvalidParameter', senderFault: true },
    ]);
  });

  it('blames the sender only where SNS does', async () => {
    answering({ Successful: [{ Id: '0' }, { Id: '1' }], Failed: [{ Id: '2', Code: 'Odd' }] });
    expect(await publish(client, 'arn:topic')(MESSAGES)).to.deep.equal([
      { id: 'g/x', code: 'Odd', senderFault: false },
    ]);
  });

  it('takes an entry that the answer does not mention for failed', async () => {
    answering({});
    const failures = await publish(client, 'arn:topic')(MESSAGES);
    expect(failures).to.deep.equal(
      MESSAGES.map(({ id }) => ({ id, code: 'unanswered', senderFault: false })),
    );
  });
});
