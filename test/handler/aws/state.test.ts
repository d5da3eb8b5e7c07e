import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { expect } from 'chai';
import sinon from 'sinon';
import { claims } from '../../../handler/aws/claims.ts';
import { state } from '../../../handler/aws/state.ts';
import { describeState } from '../../describeState.ts';
import { startTable, type TestTable } from '../../scripts/aws/startTable.ts';

describe('state', () => {
  let table: TestTable;
  before(async () => {
    table = await startTable('state', ['key', 'part']);
  });
  after(() => table.stop());
  afterEach(() => sinon.restore());

  describeState(async () => {
    await table.stop();
    table = await startTable('state', ['key', 'part']);
    return { ...state(table.client, 'state'), ...claims(table.client, 'state', Date.now) };
  });

  it('takes the item that a refusal brings along, without reading again', async () => {
    const client = new DynamoDBClient({ region: 'eu-central-1' });
    const item = { key: 'k', part: 'p', v: 7, expiresAt: 1 };
    const refusal = { message: 'refused', $metadata: {}, Item: marshall(item) };
    const send = sinon.stub(client, 'send').rejects(new ConditionalCheckFailedException(refusal));
    const answer = await state(client, 'state').writeState({ ...item, v: 3 }, 2);
    expect(answer).to.deep.equal({ standing: item });
    expect(send.callCount).to.equal(1);
    client.destroy();
  });

  it('reads consistently, page after page, and passes on failures', async () => {
    const client = new DynamoDBClient({ region: 'eu-central-1' });
    const one = (part: string) => marshall({ key: 'k', part, v: 1, expiresAt: 1 });
    const send = sinon.stub(client, 'send') as unknown as sinon.SinonStub<[unknown], unknown>;
    send.onCall(0).resolves({ Items: [one('a')], LastEvaluatedKey: one('a') });
    send.onCall(1).resolves({ LastEvaluatedKey: one('a') });
    send.onCall(2).resolves({ Items: [one('b')] });
    send.onCall(3).rejects(new Error('away'));
    const { readState, writeState } = state(client, 'state');
    const items = await readState({ key: 'k', from: 'a', to: 'z' });
    expect(items.map(({ part }) => part)).to.deep.equal(['a', 'b']);
    const [command] = send.firstCall.args;
    expect(command).to.have.nested.property('input.ConsistentRead', true);
    const failed = writeState({ key: 'k', part: 'p', v: 1, expiresAt: 1 }, undefined);
    expect(await failed.catch((error: unknown) => String(error))).to.equal('Error: away');
    client.destroy();
  });

  it('reads the newest page after page, no further than it must', async () => {
    const client = new DynamoDBClient({ region: 'eu-central-1' });
    const one = (part: string) => marshall({ key: 'k', part, v: 1, expiresAt: 1 });
    const send = sinon.stub(client, 'send') as unknown as sinon.SinonStub<[unknown], unknown>;
    send.onCall(0).resolves({ Items: [one('d')], LastEvaluatedKey: one('d') });
    send.onCall(1).resolves({ Items: [one('c'), one('b')], LastEvaluatedKey: one('b') });
    const items = await state(client, 'state').readState({
      key: 'k',
      from: 'a',
      to: 'z',
      newest: 2,
    });
    expect(items.map(({ part }) => part)).to.deep.equal(['c', 'd']);
    expect(send.callCount).to.equal(2);
    expect(send.firstCall.args[0]).to.have.property('input').that.includes({
      ScanIndexForward: false,
      Limit: 2,
      ConsistentRead: true,
    });
    client.destroy();
  });
});
