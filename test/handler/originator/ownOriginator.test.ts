import { expect } from 'chai';
import { ownOriginator } from '../../../handler/originator/ownOriginator.ts';
import { ACCOUNT, recordOf, roleRecordOf } from '../../factories.ts';

describe('ownOriginator', () => {
  it('names who a record itself names', () => {
    expect(ownOriginator(recordOf(), () => false)).to.deep.equal({
      status: 'direct',
      kind: 'user',
      name: 'bert-jan',
      arn: `arn:aws:iam::${ACCOUNT}:user/bert-jan`,
      accountId: ACCOUNT,
    });
  });

  it('says so where a record does not tell', () => {
    expect(ownOriginator(roleRecordOf(), () => false)).to.deep.equal({
      status: 'unresolved',
      reason: 'who is behind this role session is not in this record',
      kind: 'unknown',
    });
  });

  it('asks whose an account is, whether or not there is a copy of the call in it', () => {
    const account = { type: 'AWSAccount', accountId: '193672423079' };
    for (const sharedEventID of [undefined, '285d3e63-4e86-4e23-8f05-9e3fcde0a14d']) {
      const record = recordOf({ userIdentity: account, sharedEventID });
      expect(ownOriginator(record, () => false)).to.deep.equal({
        status: 'direct',
        kind: 'account',
        name: '193672423079',
        accountId: '193672423079',
      });
      expect(ownOriginator(record, (id) => id === '193672423079')).to.deep.equal({
        status: 'unresolved',
        reason: 'who is behind this account is not in this record',
        kind: 'unknown',
      });
    }
  });
});
