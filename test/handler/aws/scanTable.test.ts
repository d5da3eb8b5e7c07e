import { DynamoDBClient, type ScanCommand } from '@aws-sdk/client-dynamodb';
import { expect } from 'chai';
import sinon from 'sinon';
import { scanTable } from '../../../handler/aws/scanTable.ts';

describe('scanTable', () => {
  const client = new DynamoDBClient({ region: 'eu-central-1' });
  after(() => client.destroy());
  afterEach(() => sinon.restore());

  it('reads every page, as plain objects', async () => {
    const next = { id: { S: 'a' } };
    const pages = [
      { Items: [{ id: { S: 'a' }, n: { N: '1' } }], LastEvaluatedKey: next },
      { LastEvaluatedKey: next }, // a page may be empty
      { Items: [{ id: { S: 'b' }, l: { L: [{ S: 'x' }] } }] },
    ];
    const starts: unknown[] = [];
    const send = sinon.stub(client, 'send') as unknown as sinon.SinonStub<
      [ScanCommand],
      Promise<unknown>
    >;
    send.callsFake(async ({ input }) => {
      expect(input.TableName).to.equal('table');
      return pages[starts.push(input.ExclusiveStartKey) - 1];
    });
    expect(await scanTable(client, 'table')()).to.deep.equal([
      { id: 'a', n: 1 },
      { id: 'b', l: ['x'] },
    ]);
    expect(starts).to.deep.equal([undefined, next, next]);
  });
});
