import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
} from '@aws-sdk/client-dynamodb';
import { expect } from 'chai';
import sinon from 'sinon';
import { claims } from '../../../handler/aws/claims.ts';
import { describeClaims } from '../../describeClaims.ts';
import { startTable, type TestTable } from '../../scripts/aws/startTable.ts';

describe('claims', () => {
  let table: TestTable;
  let now = 0;
  before(async () => {
    table = await startTable('state', ['key', 'part']);
  });
  after(() => table.stop());

  const inFreshTable = async () => {
    await table.stop();
    table = await startTable('state', ['key', 'part']);
    return claims(table.client, 'state', () => now);
  };

  describeClaims(async () => ({
    ports: await inFreshTable(),
    setNow: (milliseconds) => {
      now = milliseconds;
    },
  }));

  it('keeps a claim for 45 days, and ignores one that has expired but is still there', async () => {
    const { claim, confirm } = await inFreshTable();
    now = 1_700_000_000_000;
    await claim('e/x', { owner: 'mine', endsAt: 1_700_000_100 });
    await confirm('e/x', 'mine');
    const [row] = await table.rows();
    expect(row).to.deep.equal({
      key: 'alert#e/x',
      part: 'alert',
      state: 'confirmed',
      owner: 'mine',
      leaseEndsAt: { value: '1700000100' },
      expiresAt: { value: String(1_700_000_000 + 45 * 24 * 60 * 60) },
    });
    now += 46 * 24 * 60 * 60 * 1000;
    expect(await claim('e/x', { owner: 'other', endsAt: 0 })).to.equal('claimed');
  });

  it('reads a claim that it was refused consistently: a stale answer would lose an alert', async () => {
    const client = new DynamoDBClient({ region: 'eu-central-1' });
    const send = sinon.stub(client, 'send') as unknown as sinon.SinonStub<
      [unknown],
      Promise<unknown>
    >;
    const refusal = { message: 'refused', $metadata: {} };
    send.onFirstCall().rejects(new ConditionalCheckFailedException(refusal));
    send.onSecondCall().resolves({});
    const { claim } = claims(client, 'state', () => now);
    expect(await claim('e/x', { owner: 'mine', endsAt: 1 })).to.equal('held by another');
    const [command] = send.secondCall.args;
    expect(command).to.be.instanceOf(GetItemCommand);
    expect((command as GetItemCommand).input).to.deep.equal({
      TableName: 'state',
      Key: { key: { S: 'alert#e/x' }, part: { S: 'alert' } },
      ConsistentRead: true,
    });
    client.destroy();
  });

  it('passes on any other failure', async () => {
    const failing = claims(table.client, 'no-such-table', () => now);
    for (const call of [
      () => failing.claim('id', { owner: 'o', endsAt: 1 }),
      () => failing.confirm('id', 'o'),
      () => failing.release('id', 'o'),
    ]) {
      const name = await call().then(
        () => 'no error',
        (error: Error) => error.name,
      );
      expect(name).to.equal('ResourceNotFoundException');
    }
    expect(table.client).to.be.instanceOf(DynamoDBClient);
  });
});
