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

  it('reads a table with a number that JavaScript cannot hold', async () => {
    const items = ['1e40', '12345678901234567890.5'].map((N) => ({ odd: { N } }));
    const send = sinon.stub(client, 'send') as unknown as sinon.SinonStub<[], Promise<unknown>>;
    send.resolves({ Items: [...items, { id: { S: 'good' } }] });
    const rows = await scanTable(client, 'table')();
    expect(rows).to.have.length(3);
    expect(rows.slice(0, 2)).to.deep.equal([{ odd: '1e40' }, { odd: '12345678901234567890.5' }]);
    expect(rows[2]).to.deep.equal({ id: 'good' });
  });
});
