import { expect } from 'chai';
import { compileAccountAliases } from '../../../handler/accountAlias.ts';
import type { Originator } from '../../../handler/originator/followChain.ts';
import { withAliases } from '../../../handler/originator/withAliases.ts';
import { ACCOUNT } from '../../factories.ts';

const { byAccountId } = compileAccountAliases([{ accountId: ACCOUNT, alias: 'acme-prod' }]);
const BASE = { status: 'resolved', kind: 'user', name: 'bert-jan' } as const;
const step = (accountId?: string) => ({
  action: 'sts:AssumeRole',
  time: '2023-07-10T12:20:00Z',
  ...(accountId !== undefined && { accountId }),
});

describe('withAliases', () => {
  it('names the accounts of a chain, where they have names', () => {
    const originator: Originator = {
      ...BASE,
      chain: [step(), step('193672423079'), step(ACCOUNT)],
    };
    expect(withAliases(originator, byAccountId)).to.deep.equal({
      ...BASE,
      chain: [step(), step('193672423079'), { ...step(ACCOUNT), alias: 'acme-prod' }],
    });
  });

  it('leaves alone what has no chain', () => {
    expect(withAliases(BASE, byAccountId)).to.equal(BASE);
  });
});
