import { expect } from 'chai';
import { callerOf } from '../../../handler/originator/caller.ts';
import {
  foundIn,
  isInstance,
  isTellingRole,
  type Origin,
  originOf,
} from '../../../handler/originator/originOf.ts';
import { bundledRecords } from '../../bundledLogs.ts';
import { ACCOUNT, recordOf } from '../../factories.ts';

const OTHER = '193672423079';
const OURS = new Set([ACCOUNT, '753273931759']);
const SHARED = '285d3e63-4e86-4e23-8f05-9e3fcde0a14d';
const ROLE_ID = 'AROATFQR7NSC2FYAGA6MT';
const KEY = 'ASIATFQR7NSC7V5LQ3NM';
const BEGIN = '2023-07-10T12:20:00Z';
const SSO = `arn:aws:iam::${ACCOUNT}:role/aws-reserved/sso.amazonaws.com`;
const SET = 'AWSReservedSSO_AdminAccess_0123456789abcdef';

const originIn = (userIdentity: unknown, more: object = {}): Origin =>
  originOf(callerOf(recordOf({ userIdentity, ...more })), (id) => OURS.has(id));

/** The identity of a session of a role; `more` replaces what it says. */
const session = (roleArn: string, name: string, more: object = {}, context: object = {}) => {
  const role = roleArn.slice(roleArn.lastIndexOf('/') + 1);
  return {
    type: 'AssumedRole',
    principalId: `${ROLE_ID}:${name}`,
    arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${role}/${name}`,
    accountId: ACCOUNT,
    accessKeyId: KEY,
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: ROLE_ID,
        arn: roleArn,
        accountId: ACCOUNT,
        userName: role,
      },
      attributes: { creationDate: BEGIN, mfaAuthenticated: 'false' },
      ...context,
    },
    ...more,
  };
};
const ADMIN = `arn:aws:iam::${ACCOUNT}:role/Admin`;
const person = (name: string) => ({ found: { kind: 'person', name, accountId: ACCOUNT } });
const behindRole = (name: string) => ({
  behind: 'who is behind this role session',
  links: [KEY, `${ROLE_ID}:${name}#${BEGIN}`],
});

const NAMELESS = { behind: 'the name of this principal', links: [] };

describe('originOf', () => {
  it('takes nobody for who failed to sign in as them', () => {
    const tried = { behind: 'who tried to sign in', links: [] };
    for (const type of ['IAMUser', 'Root', 'IdentityCenterUser']) {
      const identity = { type, userName: 'alice', isUnproved: true } as const;
      expect(originOf(identity, () => true)).to.deep.equal(tried);
    }
  });

  const user = {
    type: 'IAMUser',
    principalId: 'AIDATFQR7NSC5OSEHVQ5A',
    arn: `arn:aws:iam::${ACCOUNT}:user/staff/eve`,
    accountId: ACCOUNT,
    accessKeyId: KEY,
  };
  const root = {
    type: 'Root',
    principalId: ACCOUNT,
    arn: `arn:aws:iam::${ACCOUNT}:root`,
    accountId: ACCOUNT,
  };
  const userFound = (name?: string, arn: string | undefined = user.arn) => ({
    found: { kind: 'user', ...(name && { name }), ...(arn && { arn }), accountId: ACCOUNT },
  });
  const federated = (sessionIssuer: object) => ({
    type: 'FederatedUser',
    principalId: `${ACCOUNT}:bob`,
    arn: `arn:aws:sts::${ACCOUNT}:federated-user/bob`,
    accountId: ACCOUNT,
    accessKeyId: KEY,
    sessionContext: { sessionIssuer, attributes: { creationDate: BEGIN } },
  });
  const behind = (who: string, ...links: string[]) => ({ behind: `who ${who}`, links });
  const onInstance = { ec2RoleDelivery: '2.0' };

  const identities: [string, object | undefined, unknown][] = [
    ['a user by name', { ...user, userName: 'eve' }, userFound('eve')],
    ['a user by ARN', user, userFound('eve')],
    [
      'a user whose path holds colons',
      { ...user, arn: `arn:aws:iam::${ACCOUNT}:user/a:b/eve` },
      userFound('eve', `arn:aws:iam::${ACCOUNT}:user/a:b/eve`),
    ],
    ['a user without name or ARN', { type: 'IAMUser', accountId: ACCOUNT }, NAMELESS],
    [
      'a user whose ARN ends in a slash',
      { ...user, arn: `arn:aws:iam::${ACCOUNT}:user/` },
      NAMELESS,
    ],
    [
      'a user whose name AWS hides',
      { type: 'IAMUser', accountId: ACCOUNT, userName: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
      NAMELESS,
    ],
    [
      'a user for whom a service calls',
      { ...user, userName: 'eve', invokedBy: 'cloudformation.amazonaws.com' },
      userFound('eve'),
    ],
    ['root', root, { found: { kind: 'root', name: 'root', arn: root.arn, accountId: ACCOUNT } }],
    [
      'an assumed root',
      {
        ...root,
        accessKeyId: KEY,
        sessionContext: { assumedRoot: true, attributes: { creationDate: BEGIN } },
      },
      behind('assumed root', KEY, `${ACCOUNT}#${BEGIN}`),
    ],
    [
      'a service',
      { type: 'AWSService', invokedBy: 'config.amazonaws.com' },
      { found: { kind: 'service', name: 'config.amazonaws.com' } },
    ],
    ['a service without a name', { type: 'AWSService' }, NAMELESS],
    [
      'a federated user, by the user who asked',
      federated({ type: 'IAMUser', arn: user.arn, userName: 'eve', accountId: ACCOUNT }),
      userFound('eve'),
    ],
    [
      'a federated user, by root',
      federated({ type: 'Root', arn: root.arn, accountId: ACCOUNT }),
      { found: { kind: 'root', name: 'root', arn: root.arn, accountId: ACCOUNT } },
    ],
    [
      'a federated user without issuer',
      federated({}),
      behind('is behind this federated session', KEY, `${ACCOUNT}:bob#${BEGIN}`),
    ],
    [
      'a SAML user',
      {
        type: 'SAMLUser',
        principalId: 'idp=:alice',
        userName: 'alice@example.com',
        identityProvider: 'idp=',
      },
      { found: { kind: 'person', name: 'alice@example.com' } },
    ],
    [
      'an Identity Center user by name',
      {
        type: 'IdentityCenterUser',
        accountId: ACCOUNT,
        userName: 'alice',
        onBehalfOf: { userId: 'u-1' },
      },
      person('alice'),
    ],
    [
      'an Identity Center user by id',
      { type: 'IdentityCenterUser', accountId: ACCOUNT, onBehalfOf: { userId: 'u-1' } },
      person('u-1'),
    ],
    [
      'an unknown one on behalf of somebody',
      { type: 'Unknown', accountId: ACCOUNT, onBehalfOf: { userId: 'u-1' } },
      person('u-1'),
    ],
    ['an unknown one', { type: 'Unknown' }, behind('is behind this principal')],
    [
      'one of no type',
      { accountId: ACCOUNT, invokedBy: 'AWS Internal' },
      behind('is behind this principal'),
    ],
    [
      'one of a type that is a prototype name',
      { type: 'constructor', accountId: ACCOUNT },
      behind('is behind this principal'),
    ],
    [
      'a role that is no session',
      {
        type: 'Role',
        principalId: `${ROLE_ID}:s`,
        sessionContext: { attributes: { creationDate: BEGIN } },
      },
      behind('is behind this principal', `${ROLE_ID}:s#${BEGIN}`),
    ],
    ['nobody', undefined, behind('is behind this principal')],
    ['a role session', session(ADMIN, 'deploy-42'), behindRole('deploy-42')],
    [
      'a role session for which a service calls',
      session(ADMIN, 's', { invokedBy: 'athena.amazonaws.com' }),
      behindRole('s'),
    ],
    [
      'a role session of a documented key',
      session(ADMIN, 's', {
        accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
        principalId: 'AROAIDPPEZS35WEXAMPLE:s',
      }),
      behind('is behind this role session'),
    ],
    ['a role session with nothing', { type: 'AssumedRole' }, behind('is behind this role session')],
    [
      'a session named like an instance',
      session(ADMIN, 'i-0dbc91f429e48eeed'),
      behindRole('i-0dbc91f429e48eeed'),
    ],
    [
      'a session named like a person',
      session(ADMIN, 'alice@example.com'),
      behindRole('alice@example.com'),
    ],
    [
      'a session named like a function',
      session(ADMIN, 'arn:aws:lambda'),
      behindRole('arn:aws:lambda'),
    ],
    [
      'a session that sets its source identity',
      session(ADMIN, 's', {}, { sourceIdentity: 'alice' }),
      behindRole('s'),
    ],
    [
      'a session of a web identity, whose subject it does not name',
      session(
        ADMIN,
        's',
        {},
        { webIdFederationData: { federatedProvider: 'accounts.google.com' } },
      ),
      { ...behindRole('s'), behind: 'who of accounts.google.com is behind this role session' },
    ],
    [
      'an instance',
      session(ADMIN, 'i-0dbc91f429e48eeed', {}, onInstance),
      { found: { kind: 'workload', name: 'i-0dbc91f429e48eeed', accountId: ACCOUNT } },
    ],
    [
      'an instance of the old form',
      session(ADMIN, 'i-0dbc91f4', {}, onInstance),
      { found: { kind: 'workload', name: 'i-0dbc91f4', accountId: ACCOUNT } },
    ],
    [
      'credentials of an instance under another name',
      session(ADMIN, 'alice', {}, onInstance),
      behindRole('alice'),
    ],
    [
      'credentials of an instance without a name',
      { type: 'AssumedRole', sessionContext: onInstance },
      behind('is behind this role session'),
    ],
    [
      'a session on behalf of somebody',
      session(ADMIN, 's', { onBehalfOf: { userId: 'u-1' } }),
      person('u-1'),
    ],
    [
      'a service-linked role',
      session(
        `arn:aws:iam::${ACCOUNT}:role/aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS`,
        'SLRManagement',
      ),
      { found: { kind: 'service', name: 'rds.amazonaws.com' } },
    ],
    [
      'a role of Identity Center',
      session(`${SSO}/${SET}`, 'alice@example.com'),
      person('alice@example.com'),
    ],
    [
      'a role of Identity Center in a region',
      session(`${SSO}/eu-west-1/${SET}`, 'alice'),
      person('alice'),
    ],
    [
      'a role of Identity Center in China',
      session(`${SSO.replace('arn:aws:', 'arn:aws-cn:')}/${SET}`, 'alice', {
        arn: `arn:aws-cn:sts::${ACCOUNT}:assumed-role/${SET}/alice`,
      }),
      person('alice'),
    ],
    [
      'a role of Identity Center without ARN',
      session(`${SSO}/${SET}`, 'alice', { arn: undefined }),
      person('alice'),
    ],
    [
      'a role of Identity Center whose ARN lacks the session',
      session(`${SSO}/${SET}`, 'alice', { arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${SET}` }),
      person('alice'),
    ],
    [
      'a role of Identity Center without a session name',
      session(`${SSO}/${SET}`, 'alice', { arn: `${SSO}/${SET}`, principalId: ROLE_ID }),
      NAMELESS,
    ],
    [
      'a role of Identity Center with an odd name',
      session(`${SSO}/${SET}`, 'al:ice\n<b>'),
      person('al:ice\n<b>'),
    ],
    [
      'a role of Identity Center with a slash in the name',
      session(`${SSO}/${SET}`, 'al/ice\n:'),
      person('al/ice\n:'),
    ],
  ];
  for (const [what, identity, origin] of identities) {
    it(`tells of ${what}`, () => expect(originIn(identity)).to.deep.equal(origin));
  }

  // A path may hold colons, even a whole ARN; and account ids are of 12 digits.
  const fakes = [
    'role/AWSReservedSSO_AdminAccess_0123456789abcdef',
    'role/sso.amazonaws.com/Evil',
    'role/x/aws-reserved/sso.amazonaws.com/Evil',
    'role/x:role/aws-reserved/sso.amazonaws.com/Evil',
    `role/${SSO}/Evil`,
    'role/aws-reserved/sso-amazonaws.com/Evil',
    'role/aws-reserved/sso.amazonaws.comx/Evil',
    'role/aws-service-role',
    'role/x/aws-service-role/rds.amazonaws.com/Evil',
    'role/x:role/aws-service-role/rds.amazonaws.com/Evil',
    `role/arn:aws:iam::${ACCOUNT}:role/aws-service-role/rds.amazonaws.com/Evil`,
    'user/aws-reserved/sso.amazonaws.com/Evil',
  ];
  for (const resource of fakes) {
    it(`takes no name from a session of ${resource}`, () => {
      const arn = `arn:aws:iam::${ACCOUNT}:${resource}`;
      const identity = { ...session(arn, 'alice@example.com') };
      expect(originIn(identity)).to.deep.equal(behindRole('alice@example.com'));
      expect(isTellingRole(arn)).to.equal(false);
    });
  }

  it('tells to what a session was issued', () => {
    const issued = (credentialsIssuedTo: unknown, more: object = {}) =>
      originIn(session(ADMIN, 'pay', { inScopeOf: { credentialsIssuedTo }, ...more }));
    const workload = (name: string, arn: string) => ({
      found: { kind: 'workload', name, arn, accountId: ACCOUNT },
    });
    const pay = `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:pay`;
    expect(issued(pay)).to.deep.equal(workload('pay', pay));
    expect(issued(pay, { onBehalfOf: { userId: 'u-1' } })).to.deep.equal(workload('pay', pay));
    for (const version of ['$LATEST', '42', 'live']) {
      expect(issued(`${pay}:${version}`)).to.deep.equal(workload('pay', `${pay}:${version}`));
    }
    const instance = `arn:aws:ec2:eu-west-1:${ACCOUNT}:instance/i-0dbc91f429e48eeed`;
    expect(issued(instance)).to.deep.equal(workload('i-0dbc91f429e48eeed', instance));
    for (const odd of [[pay], 7, '', null]) expect(issued(odd)).to.deep.equal(behindRole('pay'));
  });

  it('tells whose function it was that a service served', () => {
    const caller = { type: 'AWSService', invokedBy: 'lambda.amazonaws.com', servedName: 'pay' };
    expect(originOf(caller, () => false)).to.deep.equal({
      found: { kind: 'workload', name: 'pay' },
    });
  });

  describe('of a web identity', () => {
    const web = (identityProvider: unknown, userName = 'sub') =>
      originIn({
        type: 'WebIdentityUser',
        principalId: `x:aud:${userName}`,
        userName,
        identityProvider,
      });
    const provider = (name: string) => `arn:aws:iam::${ACCOUNT}:oidc-provider/${name}`;

    it('takes the subject for its name', () => {
      const github = provider('token.actions.githubusercontent.com');
      const eks = provider('oidc.eks.eu-west-1.amazonaws.com/id/5F2C7');
      for (const [arn, name] of [
        [github, 'repo:acme/shop:ref:refs/heads/main'],
        [eks, 'system:serviceaccount:shop:cart'],
      ] as const) {
        expect(web(arn, name)).to.deep.equal({ found: { kind: 'workload', name, arn } });
      }
    });

    it('knows the providers where people have logins, and no look-alikes', () => {
      for (const name of [
        'accounts.google.com',
        'www.amazon.com',
        'graph.facebook.com',
        'cognito-identity.amazonaws.com',
      ]) {
        expect(web(name)).to.deep.equal({ found: { kind: 'person', name: 'sub' } });
        expect(web(provider(name))).to.deep.equal({
          found: { kind: 'person', name: 'sub', arn: provider(name) },
        });
        for (const fake of [`evil-${name}`, `evil.com/${name}`, `${name}.evil.com`]) {
          expect(web(fake)).to.deep.equal({ found: { kind: 'workload', name: 'sub' } });
          expect(web(provider(fake))).to.deep.include({
            found: { kind: 'workload', name: 'sub', arn: provider(fake) },
          });
        }
      }
      expect(web(undefined)).to.deep.equal({ found: { kind: 'workload', name: 'sub' } });
      expect(web(['accounts.google.com'])).to.deep.equal({
        found: { kind: 'workload', name: 'sub' },
      });
    });
  });

  describe('of an account', () => {
    const account = (accountId: unknown, sharedEventID?: string) =>
      originIn({ type: 'AWSAccount', principalId: `${ROLE_ID}:s`, accountId }, { sharedEventID });
    const behindIt = { behind: 'who is behind this account' };
    const found = { kind: 'account', name: OTHER, accountId: OTHER };

    it('names one that is not ours, unless a copy of the call tells more', () => {
      expect(account(OTHER)).to.deep.equal({ found });
      expect(account(OTHER, SHARED)).to.deep.equal({
        ...behindIt,
        links: [`shared#${SHARED}`],
        otherwise: found,
      });
    });

    it('looks for the copy in one that is ours', () => {
      expect(account(ACCOUNT)).to.deep.equal({ ...behindIt, links: [] });
      expect(account(ACCOUNT, SHARED)).to.deep.equal({ ...behindIt, links: [`shared#${SHARED}`] });
    });

    it('names no account by anything but 12 digits', () => {
      for (const odd of [
        'ANONYMOUS_PRINCIPAL',
        '',
        '1',
        `${OTHER}0`,
        `${OTHER}\n`,
        [OTHER],
        undefined,
      ]) {
        expect(account(odd)).to.deep.equal({ ...behindIt, links: [] });
      }
    });
  });

  it('survives what is no text, and names nobody by it', () => {
    const types = [
      'IAMUser',
      'Root',
      'AssumedRole',
      'FederatedUser',
      'SAMLUser',
      'WebIdentityUser',
      'IdentityCenterUser',
      'AWSAccount',
      'AWSService',
      'Directory',
    ];
    const odd = {
      arn: ['a'],
      userName: { a: 1 },
      principalId: 7,
      accountId: [ACCOUNT],
      invokedBy: [],
    };
    for (const type of types) {
      const origin = originIn({ ...odd, type, sessionContext: [], inScopeOf: 'x', onBehalfOf: [] });
      const name = 'found' in origin ? origin.found.name : undefined;
      expect(name, type).to.equal(type === 'Root' ? 'root' : undefined);
    }
  });

  it('takes no long over hostile texts', () => {
    const begin = performance.now();
    for (const text of ['/', ':', 'a/', 'arn:aws:iam::', `${SSO}/`, 'x'].map((part) =>
      part.repeat(100_000),
    )) {
      for (const type of [
        'IAMUser',
        'AssumedRole',
        'WebIdentityUser',
        'AWSAccount',
        'FederatedUser',
      ]) {
        const sessionContext = { sessionIssuer: { arn: text }, ec2RoleDelivery: text };
        originIn({ type, arn: text, principalId: text, identityProvider: text, sessionContext });
        originIn({ ...session(`${SSO}/${SET}`, text), inScopeOf: { credentialsIssuedTo: text } });
      }
    }
    expect(performance.now() - begin).to.be.below(1000);
  });

  it('names somebody in every real record of the bundled trail that is no role session', () => {
    for (const record of bundledRecords('invictus')) {
      const origin = originOf(callerOf(record), () => false);
      const { type } = callerOf(record);
      if ('found' in origin || type === 'AssumedRole' || type === undefined) continue;
      expect.fail(JSON.stringify(record.userIdentity));
    }
  });
});

describe('isTellingRole', () => {
  it('knows roles of services and of Identity Center', () => {
    expect(isTellingRole(`${SSO}/${SET}`)).to.equal(true);
    const linked = 'role/aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS';
    expect(isTellingRole(`arn:aws:iam::${ACCOUNT}:${linked}`)).to.equal(true);
    expect(isTellingRole(ADMIN)).to.equal(false);
    expect(isTellingRole('')).to.equal(false);
  });
});

describe('isInstance', () => {
  it('knows the ids of instances', () => {
    for (const id of ['i-0dbc91f429e48eeed', 'i-0dbc91f4']) expect(isInstance(id)).to.equal(true);
    for (const id of [
      'i-durz4ux740gjqvcm',
      'i-0dbc91f429e48eee',
      'xi-0dbc91f4',
      'i-0dbc91f4\n',
      '',
    ]) {
      expect(isInstance(id)).to.equal(false);
    }
  });
});

describe('foundIn', () => {
  const bob = { kind: 'user', name: 'bob', arn: 'a', accountId: ACCOUNT } as const;

  it('gives who an originator is, without how that is known', () => {
    const chain = [{ action: 'sts:AssumeRole', time: BEGIN }];
    for (const status of ['direct', 'resolved'] as const) {
      expect(foundIn({ status, chain, ...bob })).to.deep.equal(bob);
      expect(foundIn({ status, kind: 'service' })).to.deep.equal({ kind: 'service' });
    }
  });

  it('gives nobody while it is not known', () => {
    expect(foundIn({ status: 'unresolved', reason: 'x', ...bob })).to.equal(undefined);
    expect(foundIn({ status: 'resolved', kind: 'unknown' })).to.equal(undefined);
  });
});
