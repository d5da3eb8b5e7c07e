import { BatchWriteItemCommand, DynamoDBClient, type WriteRequest } from '@aws-sdk/client-dynamodb';
import { expect } from 'chai';
import sinon from 'sinon';
import { writeTable } from '../../../scripts/aws/writeTable.ts';

type Answer = (requests: WriteRequest[]) => WriteRequest[]; // what it leaves unprocessed

describe('writeTable', () => {
  const client = new DynamoDBClient({ region: 'eu-central-1' });
  after(() => client.destroy());
  afterEach(() => sinon.restore());

  function answering(answer: Answer) {
    const batches: WriteRequest[][] = [];
    const send = sinon.stub(client, 'send') as unknown as sinon.SinonStub<
      [unknown],
      Promise<unknown>
    >;
    send.callsFake(async (command) => {
      expect(command).to.be.instanceOf(BatchWriteItemCommand);
      const requests = (command as BatchWriteItemCommand).input.RequestItems?.['table'] ?? [];
      batches.push([...requests]);
      const left = answer(requests);
      return left.length === 0 ? {} : { UnprocessedItems: { table: left } };
    });
    return batches;
  }
  const rows = (count: number) => Array.from({ length: count }, (_, id) => ({ id: `row-${id}` }));

  it('writes at most 25 items a call, rows before deletions, and tells its progress', async () => {
    const batches = answering(() => []);
    const told: string[] = [];
    const progress = (done: number, total: number) => void told.push(`${done}/${total}`);
    const left = await writeTable(client, 'table', rows(30), [{ id: 'gone' }], { progress });
    expect(left).to.equal(0);
    expect(batches.map((batch) => batch.length)).to.deep.equal([25, 6]);
    expect(batches[0]?.[0]).to.deep.equal({ PutRequest: { Item: { id: { S: 'row-0' } } } });
    expect(batches[1]?.[5]).to.deep.equal({ DeleteRequest: { Key: { id: { S: 'gone' } } } });
    expect(told).to.deep.equal(['25/31', '31/31']);
  });

  it('sends unprocessed items again, alone, ever more slowly', async () => {
    let calls = 0;
    const batches = answering((requests) => {
      calls += 1;
      return calls <= 3 ? requests.slice(0, 2) : [];
    });
    const pauses: number[] = [];
    const pause = async (milliseconds: number) => void pauses.push(milliseconds);
    expect(await writeTable(client, 'table', rows(5), [], { pause })).to.equal(0);
    expect(batches.map((batch) => batch.length)).to.deep.equal([5, 2, 2, 2]);
    expect(pauses).to.deep.equal([100, 200, 400]);
  });

  it('gives up after eight tries, says how many are left, and goes on with the next batch', async () => {
    const batches = answering((requests) => requests.slice(0, 1));
    const pause = async () => {};
    expect(await writeTable(client, 'table', rows(30), [], { pause })).to.equal(2);
    expect(batches).to.have.length(16);
  });

  it('calls nothing when there is nothing to write', async () => {
    const batches = answering(() => []);
    expect(await writeTable(client, 'table', [], [])).to.equal(0);
    expect(batches).to.deep.equal([]);
  });
});
