import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { expect } from 'chai';
import sinon from 'sinon';
import { sessions } from '../../../handler/aws/sessions.ts';
import { describeSessions, grantOf } from '../../describeSessions.ts';
import { startTable, type TestTable } from '../../scripts/aws/startTable.ts';

describe('sessions', () => {
  let table: TestTable;
  let now = 0;
  before(async () => {
    table = await startTable('session', ['link']);
  });
  after(() => table.stop());
  afterEach(() => sinon.restore());

  const inFreshTable = async () => {
    await table.stop();
    table = await startTable('session', ['link']);
    return sessions(table.client, 'session', () => now);
  };

  describeSessions(async () => ({
    ports: await inFreshTable(),
    setNow: (milliseconds) => {
      now = milliseconds;
    },
  }));

  it('keeps until when an item stays under the TTL attribute, in epoch seconds', async () => {
    const { addToSession } = await inFreshTable();
    await addToSession('ASIA', { waiter: 'x/1' }, 1_700_000_000);
    await addToSession('ASIA', { grant: grantOf('a') }, 1_700_000_500);
    const [row] = await table.rows();
    expect(row).to.deep.include({ link: 'ASIA', expiresAt: 1_700_000_500 });
  });

  const stubbed = () => {
    const client = new DynamoDBClient({ region: 'eu-central-1' });
    const send = sinon.stub(client, 'send') as unknown as sinon.SinonStub<
      [{ input: Record<string, unknown> }],
      Promise<unknown>
    >;
    return { send, ...sessions(client, 'session', () => 1_000_000) };
  };
  const refusal = { message: 'refused', $metadata: {} };
  const asked = ({ input }: { input: Record<string, unknown> }) => input['RequestItems'];

  it('takes the item that a refusal brings along, without reading again', async () => {
    const { send, addToSession } = stubbed();
    send.onFirstCall().resolves({});
    await addToSession('ASIA', { grant: grantOf('a') }, 1);
    const [first] = send.firstCall.args;
    expect(first.input).to.include({
      ReturnValues: 'ALL_NEW',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    const part = (first.input['ExpressionAttributeNames'] as Record<string, string>)['#part'];
    const standing = { link: 'ASIA', grants: 1, [part ?? '']: grantOf('a'), expiresAt: 1 };
    const error = new ConditionalCheckFailedException({ ...refusal, Item: marshall(standing) });
    send.onSecondCall().rejects(error);
    const item = await addToSession('ASIA', { grant: grantOf('a') }, 1);
    expect(item.grants).to.deep.equal([grantOf('a')]);
    expect(send.callCount).to.equal(2);
  });

  it('takes it for full if the refusal brings an item along without the grant', async () => {
    const { send, addToSession } = stubbed();
    const Item = marshall({ link: 'ASIA', grants: 20, expiresAt: 1 });
    send.onFirstCall().rejects(new ConditionalCheckFailedException({ ...refusal, Item }));
    send.onSecondCall().resolves({ Attributes: marshall({ link: 'ASIA', isFull: true }) });
    const item = await addToSession('ASIA', { grant: grantOf('a') }, 5);
    expect(item).to.deep.equal({ link: 'ASIA', grants: [], waiters: [], isFull: true });
    const [{ input }] = send.secondCall.args;
    expect(input['Key']).to.deep.equal({ link: { S: 'ASIA' } });
    expect(input['ReturnValues']).to.equal('ALL_NEW');
    expect(input['ExpressionAttributeValues']).to.deep.include({ ':until': { N: '5' } });
  });

  it('reads consistently an item that it was refused, and that did not come along', async () => {
    const { send, addToSession } = stubbed();
    send.onFirstCall().rejects(new ConditionalCheckFailedException(refusal));
    send.onSecondCall().resolves({ Responses: {} }); // it has expired meanwhile
    send.onThirdCall().resolves({});
    await addToSession('ASIA', { grant: grantOf('a') }, 5);
    expect(asked(send.secondCall.args[0])).to.deep.equal({
      session: { Keys: [{ link: { S: 'ASIA' } }], ConsistentRead: true },
    });
    expect(send.callCount).to.equal(3);
  });

  it('reads 100 links at a time, consistently, and again what was left', async () => {
    const { send, readSessions } = stubbed();
    const links = Array.from({ length: 101 }, (_, index) => `n${index}`);
    const keys = links.map((link) => marshall({ link }));
    const row = (link: string) => marshall({ link, expiresAt: 1000 });
    const left = { session: { Keys: keys.slice(0, 2) } };
    send.onCall(0).resolves({ Responses: { session: [row('n2')] }, UnprocessedKeys: left });
    send.onCall(1).resolves({ UnprocessedKeys: { session: { Keys: keys.slice(0, 1) } } });
    send.onCall(2).resolves({ Responses: { session: [row('n0')] }, UnprocessedKeys: {} });
    const items = await readSessions(links);
    expect(items.map(({ link }) => link)).to.deep.equal(['n0', 'n2']);
    const requests = [keys.slice(0, 100), [...keys.slice(0, 2), ...keys.slice(100)], [keys[0]]];
    expect(send.args.map(([command]) => asked(command))).to.deep.equal(
      requests.map((Keys) => ({ session: { Keys, ConsistentRead: true } })),
    );
  });

  it('gives up where DynamoDB leaves out the same again and again', async () => {
    const { send, readSessions } = stubbed();
    const Keys = [marshall({ link: 'ASIA' })];
    send.resolves({ Responses: {}, UnprocessedKeys: { session: { Keys } } });
    const failure = await readSessions(['ASIA']).catch((error: Error) => error.message);
    expect(failure).to.equal('DynamoDB left out 1 sessions');
    expect(send.callCount).to.equal(6);
  });

  it('leaves out an item that does not say until when it stays', async () => {
    const { send, readSessions } = stubbed();
    send.onFirstCall().resolves({ Responses: { session: [marshall({ link: 'ASIA' })] } });
    expect(await readSessions(['ASIA'])).to.deep.equal([]);
  });

  it('passes on any other failure', async () => {
    const failing = sessions(table.client, 'no-such-table', () => now);
    const { send, addToSession } = stubbed();
    send.onFirstCall().rejects(new ConditionalCheckFailedException({ ...refusal, Item: {} }));
    send.onSecondCall().rejects(Object.assign(new Error('away'), { name: 'Away' }));
    const calls: [() => Promise<unknown>, string][] = [
      [() => failing.addToSession('a', { waiter: 'x' }, 1), 'ResourceNotFoundException'],
      [() => failing.readSessions(['a']), 'ResourceNotFoundException'],
      [() => addToSession('a', { waiter: 'x' }, 1), 'Away'],
    ];
    for (const [call, expected] of calls) {
      const name = await call().then(
        () => 'no error',
        (error: Error) => error.name,
      );
      expect(name).to.equal(expected);
    }
  });
});
