import { expect } from 'chai';
import { principalOf } from '../../handler/principalOf.ts';
import { bundledRecords } from '../bundledLogs.ts';
import { recordOf, roleRecordOf } from '../factories.ts';

const principal = (userIdentity: unknown) => principalOf(recordOf({ userIdentity }));

describe('principalOf', () => {
  it('names a user by its ARN, which is also its key', () => {
    expect(principalOf(recordOf())).to.deep.equal({
      type: 'IAMUser',
      arn: 'arn:aws:iam::123837392027:user/bert-jan',
      name: 'bert-jan',
      accountId: '123837392027',
      accessKeyId: 'AKIATFQR7NSC8Q4X20BJ',
      key: 'arn:aws:iam::123837392027:user/bert-jan',
    });
  });

  it('names a role session by role and session, and keys it by the role', () => {
    expect(principalOf(roleRecordOf())).to.include({
      name: 'Admin/deploy-42',
      key: 'arn:aws:iam::123837392027:role/Admin',
    });
  });

  it('names an Identity Center session by the person, and keys it so', () => {
    const role =
      'arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_1';
    const session = {
      type: 'AssumedRole',
      principalId: 'AROA:alice@example.com',
      arn: 'arn:aws:sts::1:assumed-role/AWSReservedSSO_Admin_1/alice@example.com',
      sessionContext: { sessionIssuer: { arn: role, userName: 'AWSReservedSSO_Admin_1' } },
    };
    expect(principal(session)).to.include({
      name: 'alice@example.com',
      key: `${role}/alice@example.com`,
    });
  });

  it('takes the session name of an Identity Center session from its id where there is no ARN', () => {
    const role =
      'arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_1';
    const sessionContext = { sessionIssuer: { arn: role } };
    const session = { type: 'AssumedRole', principalId: 'AROA:alice', sessionContext };
    expect(principal(session)).to.include({ name: 'alice', key: `${role}/alice` });
  });

  it('does not take a role of a similar name for one of Identity Center', () => {
    const session = {
      type: 'AssumedRole',
      arn: 'arn:aws:sts::1:assumed-role/AWSReservedSSO_Fake/alice@example.com',
      sessionContext: { sessionIssuer: { arn: 'arn:aws:iam::1:role/AWSReservedSSO_Fake' } },
    };
    expect(principal(session)).to.include({
      name: 'AWSReservedSSO_Fake/alice@example.com',
      key: 'arn:aws:iam::1:role/AWSReservedSSO_Fake',
    });
    // A path may hold colons, even a whole ARN.
    const reserved = 'role/aws-reserved/sso.amazonaws.com/Evil';
    for (const path of ['x:', 'arn:aws:iam::123456789012:']) {
      const arn = `arn:aws:iam::123456789012:role/${path}${reserved}`;
      const faked = { ...session, sessionContext: { sessionIssuer: { arn, userName: 'Evil' } } };
      expect(principal(faked)).to.include({ name: 'Evil/alice@example.com', key: arn });
    }
  });

  const others: [string, Record<string, unknown>, string, string | undefined][] = [
    [
      'root',
      { type: 'Root', arn: 'arn:aws:iam::1:root', accountId: '1' },
      'root',
      'arn:aws:iam::1:root',
    ],
    [
      'a service',
      { type: 'AWSService', invokedBy: 'config.amazonaws.com' },
      'config.amazonaws.com',
      'config.amazonaws.com',
    ],
    [
      'a service without a type',
      { invokedBy: 'AWS Internal', accountId: '1' },
      'AWS Internal',
      'AWS Internal',
    ],
    [
      'another account',
      { type: 'AWSAccount', principalId: 'AIDAX', accountId: '777' },
      '777',
      'AIDAX',
    ],
    [
      'nobody',
      { type: 'AWSAccount', principalId: '', accountId: 'ANONYMOUS_PRINCIPAL' },
      'anonymous',
      'ANONYMOUS_PRINCIPAL',
    ],
    [
      'a hidden name',
      {
        type: 'IAMUser',
        accountId: '1',
        accessKeyId: '',
        userName: 'HIDDEN_DUE_TO_SECURITY_REASONS',
      },
      'a name hidden by AWS',
      '1',
    ],
    [
      'a SAML user',
      { type: 'SAMLUser', principalId: 'idp=:alice', userName: 'alice', identityProvider: 'idp=' },
      'alice',
      'idp=',
    ],
    [
      'a web identity',
      { type: 'WebIdentityUser', principalId: 'accounts.google.com:app:42', userName: '42' },
      '42',
      'accounts.google.com',
    ],
    [
      'a federated user',
      { type: 'FederatedUser', arn: 'arn:aws:sts::1:federated-user/bob' },
      'bob',
      'arn:aws:sts::1:federated-user/bob',
    ],
    [
      'an Identity Center user',
      { type: 'IdentityCenterUser', accountId: '1', onBehalfOf: { userId: 'u-1' } },
      'u-1',
      '1',
    ],
    [
      'a directory user',
      { type: 'Directory', userName: 'carol', principalId: 'd-1' },
      'carol',
      'd-1',
    ],
    [
      'a role',
      { type: 'Role', arn: 'arn:aws:iam::1:role/x/Ops' },
      'Ops',
      'arn:aws:iam::1:role/x/Ops',
    ],
    [
      'a user on whose behalf a service calls',
      {
        type: 'IAMUser',
        arn: 'arn:aws:iam::1:user/x/eve',
        invokedBy: 'cloudformation.amazonaws.com',
      },
      'eve',
      'arn:aws:iam::1:user/x/eve',
    ],
    [
      'a federated user with an issuer, whose session it is not',
      {
        type: 'FederatedUser',
        arn: 'arn:aws:sts::1:federated-user/bob',
        sessionContext: { sessionIssuer: { arn: 'arn:aws:iam::1:user/alice', userName: 'alice' } },
      },
      'bob',
      'arn:aws:sts::1:federated-user/bob',
    ],
    [
      'a session by what its issuer is called',
      {
        type: 'AssumedRole',
        principalId: 'AROA:s',
        sessionContext: { sessionIssuer: { arn: 'arn:aws:iam::1:role/x/Ops', userName: 'Ops' } },
      },
      'Ops/s',
      'arn:aws:iam::1:role/x/Ops',
    ],
    ['an unknown one', { type: 'Unknown' }, 'unknown', undefined],
    [
      'a session without issuer or ARN',
      { type: 'AssumedRole', principalId: 'AROA:s' },
      's',
      'AROA',
    ],
    ['a session with nothing', { type: 'AssumedRole' }, 'unknown', undefined],
    [
      'a session without issuer',
      { type: 'AssumedRole', arn: 'arn:aws:sts::1:assumed-role/R/s' },
      'R/s',
      'arn:aws:sts::1:assumed-role/R/s',
    ],
    [
      'an ARN that ends in a slash',
      { arn: 'arn:aws:iam::1:user/', userName: 'dora' },
      'dora',
      'arn:aws:iam::1:user/',
    ],
  ];
  for (const [what, userIdentity, name, key] of others) {
    it(`names and keys ${what}`, () => {
      const found = principal(userIdentity);
      expect(found.name).to.equal(name);
      expect(found.key).to.equal(key);
    });
  }

  it('survives identities of no or the wrong shape', () => {
    for (const odd of [undefined, null, 'text', 7, [], { arn: ['x'], userName: {}, type: 7 }]) {
      expect(principal(odd)).to.deep.equal({ name: 'unknown' });
    }
  });

  it('bounds what a record may say', () => {
    const long = 'x'.repeat(100_000);
    const found = principal({
      type: long,
      arn: long,
      accountId: long,
      accessKeyId: long,
      userName: long,
    });
    expect(JSON.stringify(found).length).to.be.below(6_000);
  });

  it('finds a name and a key for every real record that has an identity', () => {
    for (const record of bundledRecords('invictus')) {
      const { name, key } = principalOf(record);
      expect(name).to.not.equal('unknown');
      expect(key).to.be.a('string');
    }
  });
});
