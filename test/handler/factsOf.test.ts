import { expect } from 'chai';
import { factsOf } from '../../handler/factsOf.ts';
import { ACCOUNT, ACCOUNTS, recordOf, roleRecordOf, trustsNobody } from '../factories.ts';

const labelOf = (userIdentity: unknown) =>
  factsOf(recordOf({ userIdentity }), ACCOUNTS, trustsNobody)['principal'];

describe('factsOf', () => {
  it('names the principal by a key that is stable, and a label to read', () => {
    expect(factsOf(roleRecordOf(), ACCOUNTS, trustsNobody)['principal']).to.deep.equal({
      key: `arn:aws:iam::${ACCOUNT}:role/Admin`,
      label: 'deploy-42',
    });
    const arn = `arn:aws:iam::${ACCOUNT}:root`;
    expect(labelOf({ type: 'Root', arn })).to.deep.equal({ key: arn, label: 'root' });
    expect(labelOf({ userName: 'alice', accountId: '1' })).to.deep.include({ label: 'alice' });
    expect(labelOf({ arn: 'arn:aws:x/', invokedBy: 'b' })).to.deep.include({ label: 'b' });
    expect(labelOf({ accountId: '111122223333' })).to.deep.include({ label: '111122223333' });
    expect(labelOf(undefined)).to.deep.equal({ label: 'unknown' });
  });

  it('tells whose account it is, by the alias table', () => {
    const alias = {
      accountId: ACCOUNT,
      alias: 'acme-prod',
      owner: 'payments',
      environment: 'prod',
    };
    const accounts = { accountId: '', aliases: new Map([[ACCOUNT, alias]]) };
    const known = { alias: 'acme-prod', owner: 'payments', environment: 'prod', known: true };
    expect(factsOf(recordOf(), accounts, trustsNobody)['account']).to.deep.equal(known);
    expect(factsOf(recordOf(), ACCOUNTS, trustsNobody)['account']).to.deep.equal({ known: false });
    const own = { ...accounts, accountId: ACCOUNT };
    expect(
      factsOf(recordOf({ recipientAccountId: undefined }), own, trustsNobody)['account'],
    ).to.deep.equal(known);
  });

  it('tells what a request opens, with known and trusted accounts inside', () => {
    const [known, trusted, other] = ['444455556666', '777788889999', '999988887777'];
    const parameters = { attributeName: 'restore', valuesToAdd: [ACCOUNT, known, trusted, other] };
    const record = recordOf({
      eventSource: 'rds.amazonaws.com',
      eventName: 'ModifyDBSnapshotAttribute',
      requestParameters: parameters,
    });
    const aliases = new Map([[known, { accountId: known, alias: 'acme-test' }]]);
    const facts = factsOf(record, { accountId: '', aliases }, (id) => id === trusted);
    expect(facts['access']).to.have.nested.property('[0].outside').deep.equal([other]);
    expect(facts['access']).to.equal(facts['access']); // worked out once
  });

  it('tells where the call came from', () => {
    const table: [unknown, string][] = [
      ['192.0.2.1', 'ip'],
      ['2001:db8::1', 'ip'],
      ['cloudformation.amazonaws.com', 'service'],
      ['ec2.amazonaws.com.cn', 'service'],
      ['AWS Internal', 'internal'],
      ['', 'none'],
      [undefined, 'none'],
      [['192.0.2.1'], 'none'],
      ['evil.example/amazonaws.com', 'none'],
    ];
    for (const [sourceIPAddress, kind] of table) {
      expect(
        factsOf(recordOf({ sourceIPAddress }), ACCOUNTS, trustsNobody)['source'],
      ).to.deep.equal({ kind });
    }
  });
});
