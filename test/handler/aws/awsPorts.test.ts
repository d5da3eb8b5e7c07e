import { expect } from 'chai';
import { awsPorts } from '../../../handler/aws/awsPorts.ts';
import { FALLIBLE } from '../../faults.ts';

describe('awsPorts', () => {
  const names = {
    watchlistTable: 'w',
    accountAliasTable: 'a',
    stateTable: 's',
    alertTopicArn: 'arn:topic',
  };

  it('has every port, tells the time, and pauses', async () => {
    const logged: unknown[] = [];
    const ports = awsPorts(names, (line) => void logged.push(line));
    for (const name of FALLIBLE) expect(ports[name], name).to.be.a('function');
    expect(ports.now()).to.be.closeTo(Date.now(), 60_000);
    await ports.pause(1);
    ports.log({ level: 'info', message: 'hello' });
    expect(logged).to.deep.equal([{ level: 'info', message: 'hello' }]);
  });
});
