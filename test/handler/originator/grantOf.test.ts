import { expect } from 'chai';
import { type Granted, grantOf } from '../../../handler/originator/grantOf.ts';
import { bundledRecords } from '../../bundledLogs.ts';
import { ACCOUNT, recordOf, roleRecordOf } from '../../factories.ts';

const OTHER = '193672423079';
const SHARED = '285d3e63-4e86-4e23-8f05-9e3fcde0a14d';
const KEY = 'ASIATFQR7NSC7V5LQ3NM';
const ROLE_ID = 'AROATFQR7NSC2FYAGA6MT';
const BEGIN = '2023-07-10T12:20:00Z';
const SECONDS = Date.parse(BEGIN) / 1000;
const SESSION = `${ROLE_ID}:deploy-42#${BEGIN}`;
const HOUR = 3600;
const USER = recordOf().userIdentity;
const ROLE_SESSION = roleRecordOf().userIdentity as object; // of the session KEY
const ANSWER = {
  credentials: {
    accessKeyId: KEY,
    sessionToken: 'IQoJb3JpZ2luX2VjEHUaCXVzLWVhc3QtMSJHMEUCIQ',
    expiration: 'Jul 10, 2023, 1:20:00 PM',
  },
  assumedRoleUser: {
    assumedRoleId: `${ROLE_ID}:deploy-42`,
    arn: `arn:aws:sts::${ACCOUNT}:assumed-role/Admin/deploy-42`,
  },
};

/** A call of AssumeRole, as CloudTrail writes it. */
const assumeRole = (fields: Readonly<Record<string, unknown>> = {}) =>
  recordOf({
    eventID: 'e1',
    eventTime: BEGIN,
    eventSource: 'sts.amazonaws.com',
    eventName: 'AssumeRole',
    requestParameters: {
      roleArn: `arn:aws:iam::${ACCOUNT}:role/Admin`,
      roleSessionName: 'deploy-42',
    },
    responseElements: ANSWER,
    readOnly: true,
    ...fields,
  });

/** A sign-in to the console. */
const signIn = (eventName: string, userIdentity: unknown, fields: object = {}) =>
  recordOf({
    eventTime: BEGIN,
    eventSource: 'signin.amazonaws.com',
    eventName,
    eventType: 'AwsConsoleSignIn',
    userIdentity,
    requestParameters: null,
    responseElements: { [eventName]: 'Success' },
    ...fields,
  });

const linksIn = (granted: Granted | undefined) => granted?.links ?? [];

describe('grantOf', () => {
  it('gives who was given a session, under both of its links', () => {
    expect(grantOf(assumeRole())).to.deep.equal({
      links: [KEY, SESSION],
      grant: {
        identity: 'e1',
        eventId: 'e1',
        action: 'sts:AssumeRole',
        time: BEGIN,
        accessKeyId: KEY,
        caller: {
          type: 'IAMUser',
          arn: `arn:aws:iam::${ACCOUNT}:user/bert-jan`,
          principalId: 'AIDATFQR7NSC5OSEHVQ5A',
          accountId: ACCOUNT,
          accessKeyId: 'AKIATFQR7NSC8Q4X20BJ',
          userName: 'bert-jan',
        },
      },
      endsAt: SECONDS + HOUR,
    });
  });

  it('gives the whole second in which a session began, and no event id where there is none', () => {
    const granted = grantOf(
      assumeRole({ eventTime: '2023-07-10T12:20:00.987Z', eventID: undefined }),
    );
    expect(granted?.links).to.deep.equal([KEY, SESSION]);
    expect(granted?.grant).to.include({ time: BEGIN }).and.not.have.property('eventId');
    expect(granted?.grant.identity).to.match(/^[0-9a-f]{32}$/);
  });

  describe('knows what else begins a session:', () => {
    const saml = {
      type: 'SAMLUser',
      principalId: 'idp=:alice',
      userName: 'alice',
      identityProvider: 'idp=',
    };
    const github = {
      type: 'WebIdentityUser',
      principalId:
        'token.actions.githubusercontent.com:sts.amazonaws.com:repo:acme/shop:ref:refs/heads/main',
      userName: 'repo:acme/shop:ref:refs/heads/main',
      identityProvider: `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`,
    };
    const { credentials } = ANSWER;
    const federated = { ...ROLE_SESSION, accessKeyId: undefined };
    const earlier = {
      ...federated,
      sessionContext: { attributes: { creationDate: '2023-07-10T12:19:58Z' } },
    };
    const switched = (SwitchFrom: unknown) =>
      signIn(
        'SwitchRole',
        { ...federated, sessionContext: undefined },
        { additionalEventData: { SwitchFrom } },
      );
    const records: [string, ReturnType<typeof recordOf>, readonly string[], string | undefined][] =
      [
        [
          'AssumeRoleWithSAML',
          assumeRole({ eventName: 'AssumeRoleWithSAML', userIdentity: saml }),
          [KEY, SESSION],
          'alice',
        ],
        [
          'AssumeRoleWithWebIdentity',
          assumeRole({ eventName: 'AssumeRoleWithWebIdentity', userIdentity: github }),
          [KEY, SESSION],
          github.userName,
        ],
        [
          'AssumeRoot by ARN',
          assumeRole({
            eventName: 'AssumeRoot',
            requestParameters: { targetPrincipal: `arn:aws:iam::${OTHER}:root` },
            responseElements: { credentials },
          }),
          [KEY, `${OTHER}#${BEGIN}`],
          'bert-jan',
        ],
        [
          'AssumeRoot by id',
          assumeRole({
            eventName: 'AssumeRoot',
            requestParameters: { targetPrincipal: OTHER },
            responseElements: { credentials },
          }),
          [KEY, `${OTHER}#${BEGIN}`],
          'bert-jan',
        ],
        [
          'CreateSession of Roles Anywhere',
          assumeRole({
            eventSource: 'rolesanywhere.amazonaws.com',
            eventName: 'CreateSession',
            responseElements: { credentialSet: [{ credentials }, { credentials }] },
          }),
          [KEY],
          'bert-jan',
        ],
        [
          'AssumeRoleForPodIdentity',
          assumeRole({
            eventSource: 'eks-auth.amazonaws.com',
            eventName: 'AssumeRoleForPodIdentity',
            responseElements: {
              credentials,
              assumedRoleUser: { assumeRoleId: `${ROLE_ID}:deploy-42` },
              subject: { namespace: 'shop', serviceAccount: 'cart' },
            },
          }),
          [KEY, SESSION],
          'system:serviceaccount:shop:cart',
        ],
        [
          'GetCredentialsForIdentity',
          assumeRole({
            eventSource: 'cognito-identity.amazonaws.com',
            eventName: 'GetCredentialsForIdentity',
            userIdentity: { type: 'Unknown' },
            responseElements: { credentials, identityId: 'us-east-1:1cf667a2' },
          }),
          [KEY],
          undefined,
        ],
        [
          'ConsoleLogin of a session granted before',
          signIn('ConsoleLogin', earlier),
          [SESSION],
          undefined,
        ],
        [
          'ConsoleLogin of a SAML user',
          signIn('ConsoleLogin', { ...saml, principalId: `${ROLE_ID}:deploy-42` }),
          [SESSION],
          'alice',
        ],
        [
          'SwitchRole by a user',
          switched(`arn:aws:iam::${OTHER}:user/staff/bob@example.com`),
          [SESSION],
          undefined,
        ],
      ];
    for (const [what, record, links, name] of records) {
      it(what, () => {
        const granted = grantOf(record);
        expect(granted?.links).to.deep.equal(links);
        expect(granted?.grant.caller.userName).to.equal(name);
      });
    }

    it('for pods, as a service where the record does not say for which', () => {
      const granted = grantOf(
        assumeRole({
          eventSource: 'eks-auth.amazonaws.com',
          eventName: 'AssumeRoleForPodIdentity',
        }),
      );
      expect(granted?.grant.caller).to.deep.equal({
        type: 'AWSService',
        invokedBy: 'pods.eks.amazonaws.com',
      });
    });

    it('by whom SwitchRole says', () => {
      const arn = `arn:aws:iam::${OTHER}:user/staff/bob@example.com`;
      const caller = { type: 'IAMUser', arn, accountId: OTHER };
      expect(grantOf(switched(arn))?.grant).to.deep.include({
        action: 'signin:SwitchRole',
        caller,
      });
    });

    it('but no sign-in that names nobody but the session itself', () => {
      const itself = { ...federated };
      const keyless = { ...federated, sessionContext: undefined };
      for (const identity of [itself, keyless]) {
        expect(grantOf(signIn('ConsoleLogin', identity))).to.equal(undefined);
        expect(grantOf(signIn('SwitchRole', identity))).to.equal(undefined);
      }
      const others = [
        `arn:aws:sts::${OTHER}:assumed-role/Admin/bob`,
        `arn:aws:iam::${OTHER}:root`,
        `xarn:aws:iam::${OTHER}:user/bob`,
        `arn:aws:iam::${OTHER}:user/`,
        [`arn:aws:iam::${OTHER}:user/bob`],
        undefined,
      ];
      for (const other of others) expect(grantOf(switched(other))).to.equal(undefined);
    });

    it('but no sign-in that did not succeed', () => {
      const arn = `arn:aws:iam::${OTHER}:user/bob`;
      for (const [name, record] of [
        ['ConsoleLogin', signIn('ConsoleLogin', earlier)],
        ['SwitchRole', switched(arn)],
      ] as const) {
        for (const answer of [
          null,
          {},
          { [name]: 'Failure' },
          { [name]: ['Success'] },
          'Success',
        ]) {
          expect(grantOf({ ...record, responseElements: answer })).to.equal(undefined);
        }
      }
    });
  });

  describe('gives nothing', () => {
    const at = (roleArn: string, more: object = {}) =>
      assumeRole({ requestParameters: { roleArn, roleSessionName: 's', ...more } });
    const path = `arn:aws:iam::${ACCOUNT}:role`;
    const ec2 = { type: 'AWSService', invokedBy: 'ec2.amazonaws.com' };
    const root = { type: 'Root', principalId: ACCOUNT, accountId: ACCOUNT };
    const records: [string, ReturnType<typeof recordOf>][] = [
      ['for a call that is no grant', recordOf()],
      [
        'for a call of that name in another service',
        assumeRole({ eventSource: 'evil.amazonaws.com' }),
      ],
      [
        'for a call of another name in that service',
        assumeRole({ eventName: 'GetCallerIdentity' }),
      ],
      ['for a source that is a prototype name', assumeRole({ eventSource: '__proto__' })],
      ['for a name that is a prototype name', assumeRole({ eventName: 'constructor' })],
      [
        'where the call was refused',
        assumeRole({ errorCode: 'AccessDenied', responseElements: null }),
      ],
      ['where the call failed although it answered', assumeRole({ errorMessage: 'no' })],
      ['where there is no answer', assumeRole({ responseElements: null })],
      ['where the answer is left out', assumeRole({ responseElements: undefined })],
      ['where the answer is a text', assumeRole({ responseElements: JSON.stringify(ANSWER) })],
      [
        'where keys and principals are no texts',
        assumeRole({
          responseElements: {
            credentials: { accessKeyId: [KEY] },
            assumedRoleUser: { assumedRoleId: {} },
            credentialSet: { 0: KEY },
          },
        }),
      ],
      [
        'where the key is one of documentation and there is no principal',
        assumeRole({ responseElements: { credentials: { accessKeyId: 'ASIAIOSFODNN7EXAMPLE' } } }),
      ],
      [
        'where the key is masked',
        assumeRole({
          responseElements: {
            credentials: { accessKeyId: 'ASIA****' },
            credentialSet: [null, 7, { credentials: 'x' }],
          },
        }),
      ],
      [
        'where the key is a long-term one',
        assumeRole({ responseElements: { credentials: { accessKeyId: 'AKIATFQR7NSC8Q4X20BJ' } } }),
      ],
      ['where the time is missing', assumeRole({ eventTime: undefined })],
      ['where the time is none', assumeRole({ eventTime: '2023-13-45T99:00:00Z' })],
      [
        'for a service-linked role',
        at(`${path}/aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS`),
      ],
      [
        'for a role of Identity Center',
        at(`${path}/aws-reserved/sso.amazonaws.com/AWSReservedSSO_A_1`),
      ],
      [
        'for an instance',
        assumeRole({
          userIdentity: ec2,
          requestParameters: { roleSessionName: 'i-0dbc91f429e48eeed' },
        }),
      ],
      ['for a console session of a user', signIn('ConsoleLogin', USER)],
      ['for a console session of root', signIn('ConsoleLogin', root)],
      [
        'where a target of AssumeRoot is no account',
        assumeRole({
          eventName: 'AssumeRoot',
          requestParameters: { targetPrincipal: `9${OTHER}` },
          responseElements: {},
        }),
      ],
      [
        'where there is no target of AssumeRoot',
        assumeRole({ eventName: 'AssumeRoot', requestParameters: null, responseElements: {} }),
      ],
    ];
    for (const [what, record] of records) {
      it(what, () => expect(grantOf(record)).to.equal(undefined));
    }

    it('but it does for roles and sessions that only look like these', () => {
      const roles = [
        'x:role/aws-service-role/rds.amazonaws.com/Evil',
        'x/aws-service-role/y/Evil',
        'x:role/aws-reserved/sso.amazonaws.com/Evil',
      ];
      for (const role of roles) {
        expect(grantOf(at(`${path}/${role}`))?.links).to.deep.equal([KEY, SESSION]);
      }
      const odd = assumeRole({
        userIdentity: ec2,
        requestParameters: { roleSessionName: 'snapshots' },
      });
      expect(grantOf(odd)?.links).to.deep.equal([KEY, SESSION]);
    });
  });

  it('knows for what a service took a role, where the service names the session after it', () => {
    const served = (invokedBy: string, roleSessionName: unknown, type = 'AWSService') =>
      grantOf(
        assumeRole({ userIdentity: { type, invokedBy }, requestParameters: { roleSessionName } }),
      )?.grant.caller.servedName;
    const task = '5f2c7a90b1d34e6f8a9b0c1d2e3f4a5b';
    expect(served('lambda.amazonaws.com', 'pay')).to.equal('pay');
    expect(served('ecs-tasks.amazonaws.com', task)).to.equal(task);
    for (const name of ['awslambda_744_20230710122000123', ['pay'], '', undefined]) {
      expect(served('lambda.amazonaws.com', name)).to.equal(undefined);
    }
    for (const name of ['pay', `${task}0`, `${task}\n`]) {
      expect(served('ecs-tasks.amazonaws.com', name)).to.equal(undefined);
    }
    for (const other of ['states.amazonaws.com', 'xlambda.amazonaws.com', '__proto__', '']) {
      expect(served(other, 'pay')).to.equal(undefined);
    }
    expect(served('lambda.amazonaws.com', 'pay', 'IAMUser')).to.equal(undefined);
    expect(served('lambda.amazonaws.com', 'p'.repeat(100_000))).to.have.length(64);
  });

  describe('keeps the copy of a call in another account', () => {
    const call = (fields: object = {}) => recordOf({ sharedEventID: SHARED, ...fields });

    it('that names the caller in full', () => {
      const granted = grantOf(call({ eventID: 'e2' }));
      expect(granted?.links).to.deep.equal([`shared#${SHARED}`]);
      expect(granted?.grant).to.deep.include({ identity: SHARED, eventId: 'e2' });
      expect(granted?.grant.caller).to.include({ userName: 'bert-jan', sharedEventId: SHARED });
    });

    it('be the call refused or not', () => {
      const refused = call({ errorCode: 'AccessDenied' });
      expect(linksIn(grantOf(refused))).to.deep.equal([`shared#${SHARED}`]);
    });

    it('be it itself a grant, which counts as a read', () => {
      const grant = assumeRole({ sharedEventID: SHARED, readOnly: true });
      expect(linksIn(grantOf(grant))).to.deep.equal([KEY, SESSION, `shared#${SHARED}`]);
    });

    const others: [string, object][] = [
      ['but no other account’s', { recipientAccountId: OTHER }],
      ['but none that only reads', { readOnly: true }],
      ['but none of a service', { userIdentity: { type: 'AWSService', accountId: ACCOUNT } }],
      [
        'but none that names the account only',
        { userIdentity: { type: 'AWSAccount', accountId: ACCOUNT } },
      ],
      ['but none of nobody', { userIdentity: { accountId: ACCOUNT, invokedBy: 'AWS Internal' } }],
      [
        'but none of accounts that are not named',
        { userIdentity: { type: 'IAMUser' }, recipientAccountId: undefined },
      ],
      ['but none whose id is none', { sharedEventID: '__proto__' }],
      ['but none whose id is no text', { sharedEventID: [SHARED] }],
    ];
    for (const [what, fields] of others) {
      it(what, () => expect(grantOf(call(fields))).to.equal(undefined));
    }
  });

  describe('knows when credentials end', () => {
    const endIn = (expiration: unknown) =>
      (grantOf(assumeRole({ responseElements: { credentials: { accessKeyId: KEY, expiration } } }))
        ?.endsAt ?? 0) - SECONDS;
    const ends: [string, unknown, number][] = [
      ['as CloudTrail writes it', 'Jul 10, 2023, 2:50:00 PM', 2.5 * HOUR],
      ['as it wrote it before', 'Jul 10, 2023 2:50:00 PM', 2.5 * HOUR],
      ['with a narrow space', 'Jul 10, 2023, 2:50:00\u202fPM', 2.5 * HOUR],
      ['in the morning', 'Jul 11, 2023, 12:20:00 AM', 12 * HOUR],
      ['in ISO 8601', '2023-07-10T14:50:00Z', 2.5 * HOUR],
      ['in parts of seconds', '2023-07-10T14:50:00.900Z', 2.5 * HOUR],
      ['in another zone', '2023-07-10T14:50:00+00:00', 2.5 * HOUR],
      ['in words', '10 July 2023 14:50:00 UTC', 2.5 * HOUR],
      ['nowhere', undefined, 12 * HOUR],
      ['in no text', 1689000600, 12 * HOUR],
      ['in no time', 'soon', 12 * HOUR],
      ['before the call', 'Jul 10, 2022, 2:50:00 PM', HOUR],
      ['at once', BEGIN, HOUR],
      ['in far future', 'Jul 10, 9999, 2:50:00 PM', 36 * HOUR],
    ];
    for (const [what, expiration, after] of ends) {
      it(what, () => expect(endIn(expiration)).to.equal(after));
    }

    it('in another year, with a day of one digit', () => {
      const record = assumeRole({
        eventTime: '2026-03-04T08:15:27Z',
        responseElements: {
          credentials: { accessKeyId: KEY, expiration: 'Mar 4, 2026 9:15:27 AM' },
        },
      });
      expect(grantOf(record)?.endsAt).to.equal(Date.parse('2026-03-04T09:15:27Z') / 1000);
    });
  });

  it('bounds what is kept, and takes no long', () => {
    const long = 'x'.repeat(100_000);
    const credentialSet = Array.from({ length: 100_000 }, (_, index) => ({
      credentials: { accessKeyId: `ASIATFQR7NSC${String(index).padStart(8, '0')}` },
    }));
    const begin = performance.now();
    const granted = grantOf(
      assumeRole({
        eventID: long,
        userIdentity: { type: 'AWSService', invokedBy: 'lambda.amazonaws.com', arn: long },
        requestParameters: { roleSessionName: long, roleArn: long },
        responseElements: { credentials: { accessKeyId: KEY, expiration: long }, credentialSet },
      }),
    );
    expect(performance.now() - begin).to.be.below(1000);
    expect(granted?.links).to.have.length.within(1, 10);
    expect(JSON.stringify(granted).length).to.be.below(3000);
    const switched = signIn(
      'SwitchRole',
      { principalId: `${ROLE_ID}:s` },
      { additionalEventData: { SwitchFrom: `arn:aws:iam::${OTHER}:user/${long}` } },
    );
    expect(JSON.stringify(grantOf(switched)).length).to.be.below(3000);
  });

  it('gives of the bundled trail a dozen grants, and no secret', () => {
    const all = bundledRecords('invictus').flatMap((record) => grantOf(record) ?? []);
    const whose = ({ grant: { action, caller } }: Granted) =>
      `${action} by ${caller.userName ?? caller.servedName ?? caller.invokedBy}`;
    const counts = [...Map.groupBy(all, whose)].map(([what, those]) => `${those.length} ${what}`);
    expect(counts.sort()).to.deep.equal([
      '10 sts:AssumeRole by bert-jan',
      '2 sts:AssumeRole by lambda.amazonaws.com',
    ]);
    expect(JSON.stringify(all)).to.not.match(/sessionToken|IQoJ/);
  });
});
