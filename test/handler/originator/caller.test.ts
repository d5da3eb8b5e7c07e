import { expect } from 'chai';
import { callerOf } from '../../../handler/originator/caller.ts';
import { ACCOUNT, recordOf, roleRecordOf } from '../../factories.ts';

const callerIn = (userIdentity: unknown, more: object = {}) =>
  callerOf(recordOf({ userIdentity, ...more }));

describe('callerOf', () => {
  it('takes from a record who called', () => {
    expect(callerOf(recordOf())).to.deep.equal({
      type: 'IAMUser',
      arn: `arn:aws:iam::${ACCOUNT}:user/bert-jan`,
      principalId: 'AIDATFQR7NSC5OSEHVQ5A',
      accountId: ACCOUNT,
      accessKeyId: 'AKIATFQR7NSC8Q4X20BJ',
      userName: 'bert-jan',
    });
  });

  it('takes from a record what is known of its session', () => {
    expect(
      callerOf(roleRecordOf({ sharedEventID: '285d3e63-4e86-4e23-8f05-9e3fcde0a14d' })),
    ).to.deep.equal({
      type: 'AssumedRole',
      arn: `arn:aws:sts::${ACCOUNT}:assumed-role/Admin/deploy-42`,
      principalId: 'AROATFQR7NSC2FYAGA6MT:deploy-42',
      accountId: ACCOUNT,
      accessKeyId: 'ASIATFQR7NSC7V5LQ3NM',
      createdAt: '2023-07-10T12:20:00Z',
      issuerArn: `arn:aws:iam::${ACCOUNT}:role/Admin`,
      issuerType: 'Role',
      issuerName: 'Admin',
      sharedEventId: '285d3e63-4e86-4e23-8f05-9e3fcde0a14d',
    });
  });

  it('knows whose sign-in proves nothing, and whose session is of the console', () => {
    const at = (eventName: string, fields: object) =>
      callerOf(recordOf({ eventSource: 'signin.amazonaws.com', eventName, ...fields })).isUnproved;
    expect(at('ConsoleLogin', { responseElements: { ConsoleLogin: 'Failure' } })).to.equal(true);
    expect(at('ConsoleLogin', { responseElements: { ConsoleLogin: 'Success' } })).to.equal(
      undefined,
    );
    expect(at('ConsoleLogin', { errorMessage: 'Failed authentication' })).to.equal(true);
    expect(at('PasswordRecoveryRequested', {})).to.equal(true);
    expect(callerOf(recordOf({ errorCode: 'AccessDenied' })).isUnproved).to.equal(undefined);
    for (const value of ['true', true]) {
      const record = recordOf({ sessionCredentialFromConsole: value });
      expect(callerOf(record).isFromConsole).to.equal(true);
    }
    expect(callerOf(recordOf({ sessionCredentialFromConsole: 'no' })).isFromConsole).to.equal(
      undefined,
    );
  });

  it('takes what services say of a caller', () => {
    const identity = {
      type: 'AssumedRole',
      invokedBy: 'cloudformation.amazonaws.com',
      identityProvider: 'idp=',
      sessionContext: {
        webIdFederationData: { federatedProvider: 'token.actions.githubusercontent.com' },
        ec2RoleDelivery: '2.0',
        assumedRoot: 'true',
      },
      inScopeOf: { credentialsIssuedTo: `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:pay` },
      onBehalfOf: { userId: '544894e8-80c1-707f-60e3-3ba6510dfac1' },
    };
    expect(callerIn(identity)).to.deep.equal({
      type: 'AssumedRole',
      invokedBy: 'cloudformation.amazonaws.com',
      identityProvider: 'idp=',
      webIdentityProvider: 'token.actions.githubusercontent.com',
      isOnInstance: true,
      isAssumedRoot: true,
      issuedTo: `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:pay`,
      personId: '544894e8-80c1-707f-60e3-3ba6510dfac1',
    });
  });

  it('knows an assumed root by a boolean or its text, and by nothing else', () => {
    const isAssumed = (assumedRoot: unknown) =>
      callerIn({ type: 'Root', sessionContext: { assumedRoot } }).isAssumedRoot;
    for (const yes of [true, 'true']) expect(isAssumed(yes)).to.equal(true);
    for (const no of [false, 'false', 'True', 1, ['true'], {}, null, undefined]) {
      expect(isAssumed(no)).to.equal(undefined);
    }
  });

  it('takes a source identity as STS allows it, and no other text', () => {
    const taken = (sourceIdentity: unknown) =>
      callerIn({ type: 'AssumedRole', sessionContext: { sourceIdentity } }).sourceIdentity;
    for (const name of ['alice@example.com', 'CN=server-1', 'ab'])
      expect(taken(name)).to.equal(name);
    for (const odd of [
      'a',
      'a b',
      'alice\n',
      '<b>',
      'x'.repeat(65),
      ['alice'],
      7,
      null,
      undefined,
    ]) {
      expect(taken(odd)).to.equal(undefined);
    }
  });

  it('takes what AWS writes in the place of a name for none', () => {
    const hidden = {
      type: 'IAMUser',
      accountId: ACCOUNT,
      userName: 'HIDDEN_DUE_TO_SECURITY_REASONS',
    };
    expect(callerIn(hidden)).to.deep.equal({ type: 'IAMUser', accountId: ACCOUNT });
  });

  it('takes nothing but texts, and nothing that is inherited', () => {
    for (const odd of [undefined, null, 'text', 7, [], {}, ['arn']]) {
      expect(callerIn(odd)).to.deep.equal({});
    }
    const arrays = { type: ['Root'], arn: {}, userName: ['a'], principalId: 7, accountId: '' };
    expect(callerIn({ ...arrays, sessionContext: ['x'] })).to.deep.equal({});
    const inherited: unknown = Object.create({
      type: 'Root',
      sessionContext: { assumedRoot: true },
    });
    expect(callerIn(inherited)).to.deep.equal({});
    const named: unknown = JSON.parse('{"__proto__": {"type": "Root"}, "constructor": "Root"}');
    expect(callerIn(named)).to.deep.equal({});
  });

  it('bounds what is kept', () => {
    const long = 'x'.repeat(100_000);
    const caller = callerIn(
      { type: long, arn: long, principalId: long, userName: long, onBehalfOf: { userId: long } },
      { sharedEventID: long },
    );
    expect(JSON.stringify(caller).length).to.be.below(4_000);
    const path = `/${'p'.repeat(510)}/`; // the longest that IAM allows, and so is the name
    const arn = `arn:aws-us-gov:iam::${ACCOUNT}:user${path}${'n'.repeat(64)}`;
    expect(callerIn({ arn }).arn).to.equal(arn);
  });
});
