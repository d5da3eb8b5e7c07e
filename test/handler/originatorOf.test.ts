import { expect } from 'chai';
import { originatorOf } from '../../handler/originatorOf.ts';
import { principalOf } from '../../handler/principalOf.ts';
import { recordOf, roleRecordOf } from '../factories.ts';

const originator = (fields: Record<string, unknown>) => {
  const record = recordOf(fields);
  return originatorOf(record, principalOf(record));
};
const ROOT = { type: 'Root', arn: 'arn:aws:iam::1:root', accountId: '1' };

describe('originatorOf', () => {
  it('is the user, root or service that acts with its own credentials', () => {
    expect(originator({})).to.deep.equal({
      status: 'direct',
      kind: 'user',
      name: 'bert-jan',
      arn: 'arn:aws:iam::123837392027:user/bert-jan',
      accountId: '123837392027',
    });
    expect(originator({ userIdentity: ROOT })).to.include({ status: 'direct', kind: 'root' });
    const service = { type: 'AWSService', invokedBy: 'config.amazonaws.com' };
    expect(originator({ userIdentity: service })).to.deep.equal({
      status: 'direct',
      kind: 'service',
      name: 'config.amazonaws.com',
    });
  });

  it('is unresolved for root that a management account has assumed', () => {
    for (const assumedRoot of [true, 'true']) {
      const userIdentity = { ...ROOT, sessionContext: { assumedRoot } };
      expect(originator({ userIdentity })).to.deep.equal({
        status: 'unresolved',
        reason: 'who assumed root is not in this record',
        kind: 'unknown',
      });
    }
    const own = { ...ROOT, sessionContext: { assumedRoot: 'false' } };
    expect(originator({ userIdentity: own }).status).to.equal('direct');
  });

  it('is unresolved, with the reason and no name, for every session and for others', () => {
    const record = roleRecordOf();
    expect(originatorOf(record, principalOf(record))).to.deep.equal({
      status: 'unresolved',
      reason: 'who is behind this role session is not in this record',
      kind: 'unknown',
    });
    for (const type of ['FederatedUser', 'AWSAccount', 'SAMLUser', 'constructor', undefined, 7]) {
      const found = originator({ userIdentity: { type } });
      expect(found.status).to.equal('unresolved');
      expect(found.reason).to.match(/^who is behind this .* is not in this record$/);
      expect(found).to.not.have.any.keys('name', 'arn', 'accountId');
    }
  });
});
