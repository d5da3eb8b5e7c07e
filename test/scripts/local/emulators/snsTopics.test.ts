import {
  CreateTopicCommand,
  PublishBatchCommand,
  type PublishBatchRequestEntry,
  PublishCommand,
  SetSubscriptionAttributesCommand,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect } from 'chai';
import { type Emulators, startEmulators } from '../../../../scripts/local/emulators.ts';

const MAX_BYTES = 262_144;
const ALERT = JSON.stringify({ default: '{"alert":1}', email: 'Dear team,\n<& é>' });

describe('snsTopics', () => {
  let emulators: Emulators;
  let sns: SNSClient;
  let sqs: SQSClient;
  let TopicArn: string;
  let QueueUrl: string;

  beforeEach(async () => {
    emulators = await startEmulators();
    const { endpoint, region } = emulators;
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    sns = new SNSClient({ endpoint: endpoint.sns, region, credentials });
    sqs = new SQSClient({ endpoint: endpoint.sqs, region, credentials });
    TopicArn = String((await sns.send(new CreateTopicCommand({ Name: 'alerts' }))).TopicArn);
    QueueUrl = String((await sqs.send(new CreateQueueCommand({ QueueName: 'q' }))).QueueUrl);
    await subscribe('email', 'team@example.com');
  });
  afterEach(async () => {
    for (const client of [sns, sqs]) client.destroy();
    await emulators.stop();
  });

  const subscribe = (Protocol: string, Endpoint: string, Attributes = {}) =>
    sns.send(new SubscribeCommand({ TopicArn, Protocol, Endpoint, Attributes }));
  const subscribeQueue = (RawMessageDelivery = 'true', more = {}) => {
    const { region, accountId } = emulators;
    const arn = `arn:aws:sqs:${region}:${accountId}:q`;
    return subscribe('sqs', arn, { RawMessageDelivery, ...more });
  };
  const publish = (input: object) =>
    sns.send(new PublishCommand({ TopicArn, Message: 'm', ...input }));
  const publishBatch = (...entries: Partial<PublishBatchRequestEntry>[]) =>
    sns.send(
      new PublishBatchCommand({
        TopicArn,
        PublishBatchRequestEntries: entries.map((entry, index) => ({
          Id: String(index),
          Message: 'm',
          ...entry,
        })),
      }),
    );
  async function received() {
    const all = { MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] };
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, ...all }));
    return Messages;
  }
  const bodies = async () => (await received()).map(({ Body }) => Body);

  it('sends the copy for e-mail to subscribers by e-mail, and the default to queues', async () => {
    await subscribeQueue();
    const attributes = {
      severity: { DataType: 'String', StringValue: 'high' },
      count: { DataType: 'Number', StringValue: '5' },
    };
    const json = { Message: ALERT, MessageStructure: 'json', Subject: 'S é' };
    const { MessageId } = await publish({ ...json, MessageAttributes: attributes });

    expect(MessageId).to.be.a('string');
    expect(emulators.mails).to.deep.equal([
      {
        to: 'team@example.com',
        subject: 'S é',
        body: 'Dear team,\n<& é>',
        attributes: { severity: 'high', count: '5' },
      },
    ]);
    const [message, ...others] = await received();
    expect(others).to.be.empty;
    expect(message?.Body).to.equal('{"alert":1}');
    expect(message?.MessageAttributes?.['severity']).to.deep.include({ StringValue: 'high' });
  });

  it('prefers the copy for queues, in an envelope where delivery is not raw', async () => {
    await subscribeQueue('false');
    const Message = JSON.stringify({ default: 'd', sqs: 'for queues', email: 7 });
    await publish({ Message, MessageStructure: 'json', Subject: 'S' });

    const [envelope = ''] = await bodies();
    expect(JSON.parse(envelope)).to.include({ TopicArn, Subject: 'S', Message: 'for queues' });
    expect(emulators.mails[0]?.body, 'a copy that is no text is none').to.equal('d');
  });

  it('sends a plain message to all as it is', async () => {
    await subscribeQueue();
    await subscribe('email', 'other@example.com');
    await publish({ Message: ALERT });

    expect(await bodies()).to.deep.equal([ALERT]);
    expect(emulators.mails.map(({ to, body }) => [to, body])).to.have.deep.members([
      ['team@example.com', ALERT],
      ['other@example.com', ALERT],
    ]);
  });

  it('sends the entries of a batch, each for itself, in order', async () => {
    await subscribeQueue('true', { FilterPolicy: JSON.stringify({ severity: ['high'] }) });
    const { Successful = [], Failed = [] } = await publishBatch(
      { Message: ALERT, MessageStructure: 'json', Subject: 'one', ...severity('high') },
      { Message: 'plain', Subject: 'two', ...severity('low') },
    );

    expect(Failed).to.be.empty;
    expect(Successful.map(({ Id }) => Id)).to.deep.equal(['0', '1']);
    expect(new Set(Successful.map(({ MessageId }) => MessageId)).size).to.equal(2);
    expect(await bodies()).to.deep.equal(['{"alert":1}']);
    expect(
      emulators.mails.map(({ subject, body, attributes }) => [subject, body, attributes]),
    ).to.deep.equal([
      ['one', 'Dear team,\n<& é>', { severity: 'high' }],
      ['two', 'plain', { severity: 'low' }],
    ]);
  });

  const refusedMessages: Record<string, object> = {
    'a structure without default': { MessageStructure: 'json', Message: '{"email":"e"}' },
    'a default that is no text': { MessageStructure: 'json', Message: '{"default":{}}' },
    'a default that is empty': { MessageStructure: 'json', Message: '{"default":"","email":"e"}' },
    'a structure that is not JSON': { MessageStructure: 'json', Message: '{' },
    'a structure other than JSON': { MessageStructure: 'xml', Message: '{"default":""}' },
    'a newline in the subject': { Subject: 'a\nb' },
    'a control character in the subject': { Subject: 'a\u001bb' },
    'a subject of 100 characters': { Subject: 'a'.repeat(100) },
    'a subject that begins with a space': { Subject: ' a' },
    'an empty subject': { Subject: '' },
  };
  for (const [what, message] of Object.entries(refusedMessages)) {
    it(`refuses ${what}, alone or in a batch`, async () => {
      await subscribeQueue();
      expect(await errorNameOf(publish(message))).to.equal('InvalidParameterException');
      const { Failed = [], Successful = [] } = await publishBatch({}, message, {});

      expect(Failed).to.have.length(1);
      expect(Failed[0]).to.include({ Id: '1', Code: 'InvalidParameter', SenderFault: true });
      expect(Failed[0]?.Message).to.match(/^Invalid parameter|required/);
      expect(Successful.map(({ Id }) => Id)).to.deep.equal(['0', '2']);
      expect(await bodies()).to.deep.equal(['m', 'm']);
      expect(emulators.mails).to.have.length(2);
    });
  }

  it('refuses an empty attribute value, alone or in a batch', async () => {
    const MessageAttributes = { 'a<b': { DataType: 'String', StringValue: '' } };
    expect(await errorNameOf(publish({ MessageAttributes }))).to.equal(
      'InvalidParameterValueException',
    );
    const { Failed = [], Successful } = await publishBatch({ MessageAttributes });

    expect(Failed[0]).to.include({ Code: 'ParameterValueInvalid', SenderFault: true });
    expect(Failed[0]?.Message).to.contain("'a<b'");
    expect(Successful ?? []).to.be.empty;
  });

  it('accepts subjects of 99 characters, and such as begin with punctuation', async () => {
    for (const Subject of ['a'.repeat(99), '[high] a', '$1', '¿qué?', '7'])
      await publish({ Subject });

    expect(emulators.mails).to.have.length(5);
  });

  it('counts the bytes of all entries, their copies and attributes', async () => {
    await subscribeQueue();
    const MessageAttributes = { name: { DataType: 'String', StringValue: 'é' } }; // 4 + 6 + 2
    const full = (bytes: number) => ({ Message: 'x'.repeat(bytes - 12), MessageAttributes });

    const exact = await publishBatch(full(MAX_BYTES - 1_000), full(1_000));
    expect(exact.Successful).to.have.length(2);
    expect(await received()).to.have.length(2);
    const tooLong = publishBatch(full(MAX_BYTES - 1_000), full(1_001));
    expect(await errorNameOf(tooLong)).to.equal('BatchRequestTooLongException');
    expect(await errorNameOf(publish(full(MAX_BYTES + 1)))).to.equal('InvalidParameterException');
    expect(await received()).to.be.empty;
    await publish(full(MAX_BYTES));
    expect(await received()).to.have.length(1);
  });

  it('counts the copies that a subscriber does not get', async () => {
    const Message = JSON.stringify({ default: 'd', email: 'x'.repeat(MAX_BYTES) });
    const structured = { Message, MessageStructure: 'json' };

    expect(await errorNameOf(publish(structured))).to.equal('InvalidParameterException');
    expect(await errorNameOf(publishBatch(structured))).to.equal('BatchRequestTooLongException');
  });

  it('refuses batches that are badly formed, and sends nothing of them', async () => {
    const eleven = Array.from({ length: 11 }, () => ({}));
    const refusals = {
      TooManyEntriesInBatchRequest: publishBatch(...eleven),
      EmptyBatchRequest: publishBatch(),
      BatchEntryIdsNotDistinct: publishBatch({ Id: 'a' }, { Id: 'a' }),
    };
    for (const [name, call] of Object.entries(refusals)) {
      expect(await errorNameOf(call)).to.equal(`${name}Exception`);
    }
    for (const Id of ['a/b', 'a b', 'a'.repeat(81)]) {
      const name = await errorNameOf(publishBatch({}, { Id }));
      expect(name, Id).to.equal('InvalidBatchEntryIdException');
    }
    expect(emulators.mails).to.be.empty;
    expect((await publishBatch({ Id: `${'a'.repeat(78)}-_` })).Successful).to.have.length(1);
  });

  it('knows no topic that was not created', async () => {
    const wrong = { TopicArn: `${TopicArn}-2` };
    expect(await errorNameOf(publish(wrong))).to.equal('NotFoundException');
    const entries = [{ Id: '1', Message: 'm' }];
    const batch = new PublishBatchCommand({ ...wrong, PublishBatchRequestEntries: entries });
    expect(await errorNameOf(sns.send(batch))).to.equal('NotFoundException');
    expect(emulators.mails).to.be.empty;
  });

  it('records one call for a batch, and fails it as a whole when told to', async () => {
    emulators.calls.length = 0;
    emulators.failNext('sns', 'PublishBatch', 1);
    await publishBatch({}, {});

    const call = {
      service: 'sns',
      action: 'PublishBatch',
      resource: TopicArn,
      accessKeyId: 'test',
    };
    expect(emulators.calls).to.deep.equal([call, call]); // the SDK tries again
    expect(emulators.mails).to.have.length(2);
  });

  it('refuses a filter policy for mails, which it would not act on', async () => {
    const FilterPolicy = '{"severity":["high"]}';
    const other = subscribe('email', 'other@example.com', { FilterPolicy });
    expect(await errorNameOf(other)).to.equal('InvalidParameterException');
    const { SubscriptionArn } = await subscribe('email', 'team@example.com');
    const attribute = { AttributeName: 'FilterPolicy', AttributeValue: FilterPolicy };
    const set = new SetSubscriptionAttributesCommand({ SubscriptionArn, ...attribute });
    expect(await errorNameOf(sns.send(set))).to.equal('InvalidParameterException');
    const { SubscriptionArn: queue } = await subscribeQueue();
    await sns.send(new SetSubscriptionAttributesCommand({ SubscriptionArn: queue, ...attribute }));
  });
});

async function errorNameOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'succeeded',
    (error: Error) => error.name,
  );
}

function severity(StringValue: string) {
  return { MessageAttributes: { severity: { DataType: 'String', StringValue } } };
}
