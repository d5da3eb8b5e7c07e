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

  const numbersRead = async (texts: readonly string[]) => {
    const send = sinon.stub(client, 'send') as unknown as sinon.SinonStub<[], Promise<unknown>>;
    send.resolves({ Items: texts.map((N) => ({ n: { N } })) });
    return (await scanTable(client, 'table')()).map((row) => (row as { n: unknown }).n);
  };

  it('reads numbers as numbers, small and large ones too', async () => {
    const texts = ['0', '-1.5', '9007199254740991', '0.000000000000000005', '1E-7', '120000.00'];
    expect(await numbersRead(texts)).to.deep.equal([
      0, -1.5, 9007199254740991, 5e-18, 1e-7, 120000,
    ]);
  });

  it('leaves a number that JavaScript cannot hold as text, and reads the rest', async () => {
    const texts = ['1e40', '9007199254740993', '9007199254740991.4', '1.00000000000000000001'];
    expect(await numbersRead([...texts, '7'])).to.deep.equal([...texts, 7]);
  });
});
