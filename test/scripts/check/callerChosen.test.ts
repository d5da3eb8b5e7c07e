import { expect } from 'chai';
import { restsOnCaller } from '../../../scripts/check/callerChosen.ts';

const ACCOUNT = '123456789012';
const lists = new Map<string, readonly unknown[]>([
  ['sessions', [{ suffix: '/ci-deploy' }]],
  ['ci-roles', [`arn:aws:iam::${ACCOUNT}:role/ci`]],
]);
const rests = (pattern: Readonly<Record<string, unknown>>) => restsOnCaller(pattern, lists);
const arn = (...conditions: unknown[]) => ({ userIdentity: { arn: conditions } });

/** A pattern for each text, written out where the test fails. */
function expectAll(patterns: readonly Readonly<Record<string, unknown>>[], wanted: boolean) {
  for (const pattern of patterns) {
    expect(rests(pattern), JSON.stringify(pattern)).to.equal(wanted);
  }
}

describe('restsOnCaller', () => {
  it('sees a session name however its end is written', () => {
    expectAll(
      [
        arn({ suffix: '/ci-deploy' }),
        arn({ suffix: { 'equals-ignore-case': '/CI-deploy' } }),
        arn({ wildcard: '*deploy*' }),
        arn({ wildcard: 'arn:aws:sts::*:assumed-role/*/ci-deploy' }),
        arn({ wildcard: `arn:aws:sts::${ACCOUNT}:assumed-role/*/ci-*` }),
        arn({ wildcard: 'arn:aws-cn:sts::*:assumed-role/*/ci' }),
        arn({ wildcard: '*:federated-user/ci' }),
        arn({ text: { suffix: '/ci-deploy' } }),
        arn({ text: { 'wildcard-ignore-case': '*/CI-*' } }),
        arn({ list: 'sessions' }),
        arn({ 'anything-but': { suffix: '/mallory' } }),
        arn(`arn:aws:iam::${ACCOUNT}:user/bob`, { suffix: '/ci-deploy' }), // either is enough
        { userIdentity: { principalId: [{ wildcard: '*:ci-deploy' }] } },
        { trailwatch: { principal: { label: ['ci-deploy'] } } },
      ],
      true,
    );
  });

  it('leaves alone what names a role, a user or an account', () => {
    expectAll(
      [
        arn(`arn:aws:sts::${ACCOUNT}:assumed-role/Admin/ci-deploy`),
        arn({ wildcard: '*:assumed-role/ci-*/*' }),
        arn({ wildcard: '*:assumed-role/AWSReservedSSO_*/alice@example.com' }),
        arn({ suffix: ':user/bob' }),
        arn({ suffix: 'assumed-role/Admin/ci-deploy' }),
        arn({ prefix: `arn:aws:sts::${ACCOUNT}:` }),
        arn({ list: 'ci-roles' }),
        { userIdentity: { principalId: [{ prefix: 'AROATFQR7NSC2FYAGA6MT:' }] } },
        { userIdentity: { type: ['IAMUser'], arn: [{ suffix: '/bob' }] } }, // no session
        { userIdentity: { type: ['Root'] }, trailwatch: { principal: { label: ['root'] } } },
      ],
      false,
    );
  });

  it('takes neither what was done nor to what for a proof of who did it', () => {
    const userAgent = ['x'];
    expectAll(
      [
        { userAgent },
        { userAgent, eventName: ['DeleteRole'], eventSource: ['iam.amazonaws.com'] },
        { userAgent, errorCode: ['AccessDenied'], recipientAccountId: [ACCOUNT] },
        {
          userAgent,
          requestParameters: { roleName: ['ci'] },
          trailwatch: { account: { known: [true] } },
        },
        { userAgent, trailwatch: { source: { kind: ['ip'] } } },
        { userAgent, ...arn({ prefix: 'arn:aws:sts::' }) },
        { userAgent, ...arn({ wildcard: '*:user/*' }) },
        { userAgent, userIdentity: { principalId: [{ exists: true }] } },
        { userAgent, userIdentity: { invokedBy: [{ exists: false }] } },
        { userAgent, userIdentity: { accountId: [{ 'anything-but': ACCOUNT }] } },
        { userAgent, sourceIPAddress: [{ cidr: '0.0.0.0/0' }] },
        { userIdentity: { type: ['AssumedRole'], arn: [{ suffix: '/ci-deploy' }] } },
      ],
      true,
    );
  });

  it('is content with a second field that AWS vouches for', () => {
    const userAgent = ['x'];
    const issuer = { arn: [{ list: 'ci-roles' }] };
    expectAll(
      [
        { userAgent, userIdentity: { accountId: [ACCOUNT] } },
        { userAgent, userIdentity: { accountId: [{ list: 'known-accounts' }] } },
        { userAgent, userIdentity: { sessionContext: { sessionIssuer: issuer } } },
        { userAgent, userIdentity: { invokedBy: ['cloudformation.amazonaws.com'] } },
        { userAgent, userIdentity: { type: ['AWSService'] } },
        { userAgent, sourceIPAddress: [{ cidr: '10.0.0.0/8' }] },
        { userAgent, vpcEndpointId: ['vpce-1'] },
        { userAgent, trailwatch: { source: { kind: ['service'] } } },
        { userAgent, trailwatch: { principal: { key: [{ suffix: ':role/ci' }] } } },
        { userAgent, ...arn({ prefix: `arn:aws:sts::${ACCOUNT}:` }) },
      ],
      false,
    );
  });

  it('takes exceptions of what was done for what they are', () => {
    expectAll(
      [
        { awsRegion: ['eu-central-1'] },
        { requestParameters: { bucketName: [{ prefix: 'test-' }] } },
        { userIdentity: { type: ['AWSService'] } },
      ],
      false,
    );
  });

  it('asks whether any way through $or is left to the caller', () => {
    const networks = { sourceIPAddress: [{ cidr: '10.0.0.0/8' }] };
    expect(rests({ $or: [{ userAgent: ['x'] }, networks] })).to.equal(true);
    expect(rests({ $or: [{ userAgent: ['x'], ...networks }, networks] })).to.equal(false);
    expect(rests({ ...networks, $or: [{ userAgent: ['x'] }, arn({ suffix: '/y' })] })).to.equal(
      false,
    );
    const role = { userIdentity: { type: ['AssumedRole'] }, userAgent: ['x'] };
    expect(rests({ $or: [role, networks] })).to.equal(true);
  });

  it('goes through a long list in no time', () => {
    const suffixes = Array.from({ length: 10_000 }, (_, index) => ({ suffix: `:user/u${index}` }));
    const before = performance.now();
    expect(restsOnCaller(arn({ list: 'long' }), new Map([['long', suffixes]]))).to.equal(false);
    expect(performance.now() - before).to.be.below(2000);
  });
});
