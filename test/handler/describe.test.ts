import { expect } from 'chai';
import type { Alert } from '../../handler/alert.ts';
import { describeAccount, describePrincipal, verdictOf } from '../../handler/describe.ts';

const event = (fields: Partial<Alert['event']>): Alert['event'] => ({
  action: 'iam:CreateUser',
  source: 'iam.amazonaws.com',
  name: 'CreateUser',
  outcome: 'failure',
  ...fields,
});

describe('describe', () => {
  it('says what kind of principal it is', () => {
    expect(describePrincipal({ type: 'IAMUser', name: 'alice' })).to.equal('IAM user alice');
    expect(describePrincipal({ type: 'AssumedRole', name: 'Ops/s' })).to.equal('role Ops/s');
    expect(describePrincipal({ type: 'Root', name: 'root' })).to.equal('root');
    expect(describePrincipal({ type: 'AWSAccount', name: 'anonymous' })).to.equal('anonymous');
    expect(describePrincipal({ type: 'constructor', name: 'x' })).to.equal('x');
    expect(describePrincipal({ name: 'x' })).to.equal('x');
  });

  it('has a word for every kind of principal that AWS knows, but for root', () => {
    const nouns = {
      IAMUser: 'IAM user',
      AssumedRole: 'role',
      Role: 'role',
      FederatedUser: 'federated user',
      AWSService: 'AWS service',
      AWSAccount: 'account',
      SAMLUser: 'SAML user',
      WebIdentityUser: 'web identity',
      IdentityCenterUser: 'Identity Center user',
      Directory: 'directory user',
    };
    for (const [type, noun] of Object.entries(nouns)) {
      expect(describePrincipal({ type, name: 'x' })).to.equal(`${noun} x`);
    }
  });

  it('tells success, denial and failure apart', () => {
    expect(verdictOf(event({ outcome: 'success' }))).to.equal('succeeded');
    const denials = [
      'AccessDenied',
      'AccessDeniedException',
      'Client.UnauthorizedOperation',
      'AuthFailure.ServiceLinkedRoleNotAuthorized',
      'ForbiddenException',
      'accessdenied',
    ];
    for (const errorCode of denials) expect(verdictOf(event({ errorCode }))).to.equal('denied');
    for (const errorCode of ['NoSuchBucket', 'Client.InvalidPermission.NotFound']) {
      expect(verdictOf(event({ errorCode }))).to.equal('failed');
    }
    expect(verdictOf(event({}))).to.equal('failed');
  });

  it('names an account by alias and id', () => {
    expect(describeAccount({ id: '1', alias: 'prod' })).to.equal('prod (1)');
    expect(describeAccount({ id: '1' })).to.equal('1');
    expect(describeAccount({})).to.equal('unknown');
  });
});
