import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { expect } from 'chai';
import sinon from 'sinon';
import { claims } from '../../../handler/aws/claims.ts';
import { describeClaims } from '../../describeClaims.ts';
import { startTable, type TestTable } from '../../scripts/aws/startTable.ts';

const CLAIM = { id: 'e/x', part: 'alert' };

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
    await claim(CLAIM, { owner: 'mine', endsAt: 1_700_000_100 });
    await confirm(CLAIM, 'mine');
    const [row] = await table.rows();
    expect(row).to.deep.equal({
      key: 'alert#e/x',
      part: 'alert',
      state: 'confirmed',
      owner: 'mine',
      leaseEndsAt: 1_700_000_100,
      expiresAt: 1_700_000_000 + 45 * 24 * 60 * 60,
    });
    const until = 1_700_000_000 + 31 * 24 * 60 * 60; // of a bucket that is not over
    await claim({ ...CLAIM, part: 'count#10', until }, { owner: 'mine', endsAt: 1_700_000_100 });
    const [, later] = await table.rows();
    expect(later?.['expiresAt']).to.equal(until + 45 * 24 * 60 * 60);
    now += 46 * 24 * 60 * 60 * 1000;
    expect(await claim(CLAIM, { owner: 'other', endsAt: 0 })).to.equal('claimed');
  });

  it('reads a claim that it was refused consistently: a stale answer would lose an alert', async () => {
    const client = new DynamoDBClient({ region: 'eu-central-1' });
    const send = sinon.stub(client, 'send') as unknown as sinon.SinonStub<
      [unknown],
      Promise<unknown>
    >;
    const refusal = { message: 'refused', $metadata: {} };
    send.onFirstCall().rejects(new ConditionalCheckFailedException(refusal));
    send.onSecondCall().resolves({ Items: [] });
    const { claim } = claims(client, 'state', () => now);
    expect(await claim(CLAIM, { owner: 'mine', endsAt: 1 })).to.equal('held by another');
    const [command] = send.secondCall.args;
    expect(command).to.be.instanceOf(QueryCommand);
    expect((command as QueryCommand).input).to.deep.include({
      TableName: 'state',
      ConsistentRead: true,
      KeyConditionExpression: '#key = :key AND part BETWEEN :from AND :to',
      ExpressionAttributeNames: { '#key': 'key' },
      ExpressionAttributeValues: {
        ':key': { S: 'alert#e/x' },
        ':from': { S: 'alert' },
        ':to': { S: 'alert' },
      },
    });
    client.destroy();
  });

  it('keeps what the message tells, for follow-ups', async () => {
    const { claim } = await inFreshTable();
    await claim(
      { ...CLAIM, part: 'count#100', told: 120, subject: 'HIGH x' },
      { owner: 'o', endsAt: 1 },
    );
    const [row] = await table.rows();
    expect(row).to.deep.include({ part: 'count#100', told: 120, subject: 'HIGH x' });
  });

  it('passes on any other failure', async () => {
    const failing = claims(table.client, 'no-such-table', () => now);
    for (const call of [
      () => failing.claim(CLAIM, { owner: 'o', endsAt: 1 }),
      () => failing.confirm(CLAIM, 'o'),
      () => failing.release(CLAIM, 'o'),
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
