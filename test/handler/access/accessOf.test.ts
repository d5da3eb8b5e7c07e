import { expect } from 'chai';
import fc from 'fast-check';
import type { Access } from '../../../handler/access/access.ts';
import { ACCOUNT } from '../../factories.ts';
import { isAllowed } from '../../template/isAllowed.ts';
import { accessOfCall, ORGANIZATION, OUTSIDER, told } from './accessOfCall.ts';

const BUCKET = 'arn:aws:s3:::acme-data';

const ofStatements = (...Statement: unknown[]) =>
  accessOfCall('s3 PutBucketPolicy', { bucketName: 'acme-data', bucketPolicy: { Statement } });

const NOTHING = {
  effect: 'Allow',
  public: false,
  accounts: [],
  outside: [],
  organizations: [],
  services: [],
  actions: [],
  resources: [],
  conditioned: false,
};

const allow = (Principal: unknown, Condition?: unknown) => ({
  Effect: 'Allow',
  Principal,
  Action: 's3:GetObject',
  Resource: `${BUCKET}/*`,
  ...(Condition === undefined ? {} : { Condition }),
});

describe('accessOf', () => {
  it('tells everything about a statement', () => {
    const statement = { ...allow({ AWS: OUTSIDER }), Action: ['s3:GetObject', 's3:ListBucket'] };
    expect(ofStatements(statement)).to.deep.equal([
      {
        ...NOTHING,
        accounts: [OUTSIDER],
        outside: [OUTSIDER],
        actions: ['s3:GetObject', 's3:ListBucket'],
        resources: [`${BUCKET}/*`],
      },
    ]);
  });

  it('judges principals', () => {
    const table: [unknown, string][] = [
      ['*', 'public'],
      [{ AWS: '*' }, 'public'],
      [{ AWS: [ACCOUNT, '*'] }, 'public'],
      [{ AWS: 'arn:aws:iam::*:role/app' }, 'public'],
      [{ AWS: ACCOUNT }, ''],
      [{ AWS: `arn:aws:iam::${ACCOUNT}:root` }, ''],
      [{ AWS: OUTSIDER }, OUTSIDER],
      [{ AWS: Number(OUTSIDER) }, OUTSIDER],
      [{ AWS: 12_345_678_901 }, '012345678901'],
      [{ AWS: [`arn:aws-cn:iam::${OUTSIDER}:user/bob`, ACCOUNT] }, OUTSIDER],
      [{ AWS: `arn:aws:sts::${OUTSIDER}:assumed-role/app/session` }, OUTSIDER],
      [{ AWS: [[[OUTSIDER]]] }, OUTSIDER],
      [{ AWS: 'AIDACKCEVSQ6C2EXAMPLE' }, 'unknown'],
      [{ AWS: 'AROACKCEVSQ6C2EXAMPLE' }, 'unknown'],
      [{ AWS: 'somebody' }, 'unknown'],
      [{ AWS: { nested: true } }, 'unknown'],
      [{ AWS: 'arn:aws:s3:::bucket' }, 'unknown'],
      [{ AWS: `arn:aws:organizations::${ACCOUNT}:organization/${ORGANIZATION}` }, ORGANIZATION],
      [{ AWS: `arn:aws:organizations::${ACCOUNT}:account/x` }, 'unknown'],
      [{ AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1' }, 'cloudfront'],
      [{ Service: 'cloudtrail.amazonaws.com' }, 'cloudtrail.amazonaws.com'],
      [{ Service: 7 }, 'unknown'],
      [
        { CanonicalUser: '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be' },
        'unknown',
      ],
      [{ Federated: `arn:aws:iam::${ACCOUNT}:saml-provider/idp` }, ''],
      [{ Federated: `arn:aws:iam::${OUTSIDER}:saml-provider/idp` }, OUTSIDER],
      [{ Federated: 'login.example.com' }, 'unknown'],
      [{ Federated: { nested: true } }, 'unknown'],
      [undefined, ''],
      [null, ''],
    ];
    for (const [principal, expected] of table) {
      expect(ofStatements(allow(principal)).map(told), JSON.stringify(principal)).to.deep.equal([
        expected,
      ]);
    }
  });

  it('judges conditions that may narrow everybody', () => {
    const table: [unknown, string][] = [
      [{ StringEquals: { 'aws:PrincipalOrgID': ORGANIZATION } }, ORGANIZATION],
      [{ stringequals: { 'AWS:principalorgid': [ORGANIZATION] } }, ORGANIZATION],
      [{ StringEquals: { 'aws:SourceOrgID': ORGANIZATION } }, ORGANIZATION],
      [{ StringEquals: { 'aws:PrincipalOrgID': '${aws:ResourceOrgID}' } }, '${aws:ResourceOrgID}'],
      [
        { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': `${ORGANIZATION}/r-ab12/*` } },
        ORGANIZATION,
      ],
      [{ 'ForAllValues:StringLike': { 'aws:PrincipalOrgPaths': `${ORGANIZATION}/*` } }, 'public'],
      [{ StringLike: { 'aws:PrincipalOrgID': 'o-*' } }, 'public'],
      [{ StringEqualsIfExists: { 'aws:PrincipalOrgID': ORGANIZATION } }, 'public'],
      [{ StringNotEquals: { 'aws:PrincipalOrgID': ORGANIZATION } }, 'public'],
      [{ Null: { 'aws:PrincipalOrgID': 'false' } }, 'public'],
      [{ StringEquals: { 'aws:PrincipalOrgID': [ORGANIZATION, '*'] } }, 'public'],
      [{ StringEquals: { 'aws:PrincipalOrgID': [] } }, 'public'],
      [{ StringEquals: { 'aws:SourceAccount': ACCOUNT } }, ''],
      [{ StringEquals: { 'aws:SourceAccount': OUTSIDER } }, OUTSIDER],
      [{ StringEquals: { 'aws:SourceAccount': Number(OUTSIDER) } }, OUTSIDER],
      [{ StringEquals: { 'aws:SourceOwner': [ACCOUNT, OUTSIDER] } }, OUTSIDER],
      [{ StringLike: { 'aws:PrincipalAccount': '*' } }, 'public'],
      [{ StringEquals: { 'aws:PrincipalAccount': '${aws:ResourceAccount}' } }, ''],
      [{ StringEquals: { 'kms:CallerAccount': ACCOUNT } }, ''],
      [{ ArnLike: { 'aws:SourceArn': `arn:aws:sns:*:${ACCOUNT}:*` } }, ''],
      [{ ArnLike: { 'aws:SourceArn': `arn:aws:sns:eu-west-1:${OUTSIDER}:topic` } }, OUTSIDER],
      [{ ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:*' } }, 'public'],
      [{ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::acme-data' } }, ''],
      [{ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:*:*:acme-data' } }, ''],
      [{ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::*' } }, 'public'],
      [{ Bool: { 'elasticfilesystem:AccessedViaMountTarget': 'true' } }, ''],
      [{ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/app' } }, 'public'],
      [{ StringLike: { 'aws:PrincipalArn': '*' } }, 'public'],
      [{ IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, 'unknown'],
      [{ IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '2001:db8::/32'] } }, 'unknown'],
      [{ IpAddress: { 'aws:SourceIp': '203.0.113.7' } }, 'unknown'],
      [
        { IpAddress: { 'aws:SourceIp': Array.from({ length: 4 }, (_, i) => `${8 + i}.0.0.0/8`) } },
        'public',
      ],
      [{ StringLike: { 'aws:SourceIp': '?*' } }, 'public'],
      [{ StringEquals: { 'aws:SourceIp': '203.0.113.7' } }, 'public'],
      [
        {
          IpAddress: { 'aws:SourceIp': '203.0.113.0/24' },
          StringEquals: { 'aws:PrincipalOrgID': ORGANIZATION },
        },
        ORGANIZATION,
      ],
      [
        { StringEquals: { 'aws:PrincipalOrgID': 'o-evilevilevil' } },
        'o-evilevilevil o-evilevilevil',
      ],
      [
        {
          Null: { 'aws:PrincipalOrgID': 'false' },
          StringEqualsIfExists: { 'aws:PrincipalOrgID': ORGANIZATION },
        },
        ORGANIZATION,
      ],
      [
        {
          Null: { 'aws:PrincipalOrgPaths': false },
          'ForAllValues:StringLike': { 'aws:PrincipalOrgPaths': `${ORGANIZATION}/*` },
        },
        ORGANIZATION,
      ],
      [{ IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '0.0.0.0/0'] } }, 'public'],
      [{ IpAddress: { 'aws:SourceIp': ['0.0.0.0/1', '128.0.0.0/1'] } }, 'public'],
      [{ IpAddress: { 'aws:SourceIp': '*' } }, 'public'],
      [{ StringEquals: { 'aws:SourceVpce': 'vpce-0123456789abcdef0' } }, 'unknown'],
      [{ StringLike: { 'aws:SourceVpce': 'vpce-*' } }, 'public'],
      [{ StringLike: { 'aws:userid': 'A*' } }, 'public'],
      [{ StringEquals: { 'aws:userid': '${aws:userid}' } }, 'public'],
      [{ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::a*' } }, 'public'],
      [{ StringEquals: { 'aws:PrincipalServiceName': 'cloudtrail.amazonaws.com' } }, ''],
      [{ StringLike: { 'aws:PrincipalServiceName': '*' } }, 'public'],
      [{ StringLike: { 'aws:SourceVpc': '*' } }, 'public'],
      [{ StringLike: { 'aws:userid': 'AROACKCEVSQ6C2EXAMPLE:*' } }, ''],
      [{ StringLike: { 'aws:userid': '*:session' } }, 'public'],
      [{ StringEquals: { 'aws:PrincipalTag/team': 'red' } }, 'public'], // anybody tags their own
      [{ StringLike: { 'aws:Referer': 'https://example.com/*' } }, 'public'],
      [{ StringEquals: { 'sts:ExternalId': 'secret' } }, 'public'],
      [{ Bool: { 'aws:SecureTransport': 'true' } }, 'public'],
      [{ Bool: { 'aws:PrincipalIsAWSService': 'true' } }, ''],
      [{ Bool: { 'aws:PrincipalIsAWSService': true } }, ''],
      [{ Bool: { 'aws:PrincipalIsAWSService': 'false' } }, 'public'],
      [{ Unheard: { 'aws:SourceAccount': ACCOUNT } }, 'public'],
      [{ 'not an operator!': { 'aws:SourceAccount': ACCOUNT } }, 'public'],
      [{ StringEquals: 'aws:SourceAccount' }, 'public'],
      ['StringEquals', 'public'],
      [{}, 'public'],
    ];
    for (const [condition, expected] of table) {
      const [access, ...others] = ofStatements(allow('*', condition));
      expect(access && told(access), JSON.stringify(condition)).to.equal(expected);
      expect(others).to.deep.equal([]);
    }
  });

  it('says whether there are conditions, whatever they do', () => {
    const [bare] = ofStatements(allow('*', {}));
    const [tls] = ofStatements(allow('*', { Bool: { 'aws:SecureTransport': 'true' } }));
    expect([bare?.conditioned, tls?.conditioned]).to.deep.equal([false, true]);
  });

  it('takes accounts in conditions for whom a statement is only where nobody is named', () => {
    const ofOther = { StringEquals: { 'aws:SourceAccount': OUTSIDER } };
    const [service] = ofStatements(allow({ Service: 'sns.amazonaws.com' }, ofOther));
    expect(service && told(service)).to.equal(`${OUTSIDER} sns.amazonaws.com`);
    const [named] = ofStatements(allow({ AWS: ACCOUNT }, ofOther));
    expect(named?.accounts).to.deep.equal([ACCOUNT]);
  });

  it('counts nobody as outside whom an organisation is asked of', () => {
    const [access] = ofStatements(
      allow({ AWS: OUTSIDER }, { StringEquals: { 'aws:PrincipalOrgID': ORGANIZATION } }),
    );
    expect(access).to.deep.include({
      accounts: [OUTSIDER],
      outside: [],
      organizations: [ORGANIZATION],
    });
  });

  it('judges logins of identity providers that everybody shares', () => {
    const github = 'token.actions.githubusercontent.com';
    const provider = { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/${github}` };
    const cognito = { Federated: 'cognito-identity.amazonaws.com' };
    const vercel = { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/oidc.vercel.com` };
    const of = (operator: string, key: string, value: unknown, name = github) => ({
      [operator]: { [`${name}:${key}`]: value },
    });
    const table: [unknown, unknown, string][] = [
      [provider, undefined, 'public'],
      [provider, of('StringEquals', 'aud', 'sts.amazonaws.com'), 'public'],
      [provider, of('StringLike', 'sub', 'repo:acme/*'), ''],
      [provider, of('StringLike', 'sub', 'repo:acme*'), 'public'],
      [provider, of('StringLike', 'sub', 'repo:*'), 'public'],
      [provider, of('StringLike', 'sub', '*'), 'public'],
      [provider, of('StringLike', 'sub', ['repo:acme/shop:ref:refs/heads/main', '*']), 'public'],
      [provider, of('StringEquals', 'sub', 'repo:acme/shop:ref:refs/heads/main'), ''],
      [provider, of('StringEqualsIfExists', 'sub', 'repo:acme/shop:ref:refs/heads/main'), 'public'],
      [provider, of('ForAllValues:StringLike', 'sub', 'repo:acme/*'), 'public'],
      [provider, of('StringNotEquals', 'sub', 'repo:acme/shop:ref:refs/heads/main'), 'public'],
      [provider, of('StringEquals', 'repository_owner', 'acme'), ''],
      [provider, of('StringEquals', 'ref', 'refs/heads/main'), 'public'],
      [provider, of('StringEquals', 'environment', 'production'), 'public'],
      [provider, of('StringEquals', 'sub', 'ref:refs/heads/main'), 'public'],
      [provider, of('StringLike', 'repository', 'acme/*'), ''],
      [provider, of('StringLike', 'repository', '*/shop'), 'public'],
      [cognito, of('ForAnyValue:StringLike', 'amr', 'authenticated', cognito.Federated), 'public'],
      [vercel, of('StringEquals', 'aud', 'https://vercel.com/acme', 'oidc.vercel.com'), 'unknown'],
      [vercel, of('StringLike', 'sub', 'owner:acme:*', 'oidc.vercel.com'), 'unknown'],
      [vercel, of('StringEquals', 'sub', 'owner:acme:project:shop', 'oidc.vercel.com'), ''],
      [provider, of('StringEquals', 'sub', ''), 'public'],
      [provider, of('StringEquals', 'sub', []), 'public'],
      [cognito, undefined, 'public'],
      [cognito, of('StringEquals', 'aud', 'eu-west-1:1234', cognito.Federated), ''],
      [
        {
          Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/1`,
        },
        undefined,
        '',
      ],
    ];
    for (const [principal, condition, expected] of table) {
      const [access] = ofStatements(allow(principal, condition));
      expect(access && told(access), JSON.stringify([principal, condition])).to.equal(expected);
    }
  });

  it('judges what is said by exclusion', () => {
    const rest = { Effect: 'Allow', Resource: '*' };
    const table: [unknown, Partial<Access>][] = [
      [{ ...rest, NotPrincipal: { AWS: ACCOUNT }, Action: 's3:*' }, { public: true }],
      [
        { ...rest, Principal: '*', NotAction: 's3:DeleteBucket' },
        { public: true, actions: ['*'] },
      ],
      [
        { Effect: 'Allow', Principal: '*', Action: 's3:*', NotResource: BUCKET },
        { resources: ['*'] },
      ],
      [
        { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' },
        { effect: 'Deny', public: false },
      ],
      [
        { Effect: 'Deny', NotPrincipal: { AWS: ACCOUNT }, NotAction: 's3:*' },
        { public: false, outside: [] },
      ],
      [
        { Effect: 'Deny', Principal: { AWS: OUTSIDER }, Action: '*' },
        { accounts: [OUTSIDER], outside: [] },
      ],
    ];
    for (const [statement, expected] of table) {
      expect(ofStatements(statement)[0], JSON.stringify(statement)).to.deep.include(expected);
    }
  });

  it('takes back what another statement denies to strangers', () => {
    const deny = (Condition: unknown, fields: object = {}) => ({
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: [BUCKET, `${BUCKET}/*`],
      Condition,
      ...fields,
    });
    const notOurs = { StringNotEquals: { 'aws:PrincipalOrgID': ORGANIZATION } };
    const table: [unknown, string][] = [
      [deny(notOurs), ORGANIZATION],
      [deny({ StringNotEqualsIfExists: { 'aws:PrincipalOrgID': ORGANIZATION } }), ORGANIZATION],
      [deny({ ...notOurs, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } }), ORGANIZATION],
      [deny({ ...notOurs, Bool: { 'aws:ViaAWSService': false } }), 'public'],
      [
        deny({
          StringNotEquals: { 'aws:PrincipalOrgID': ORGANIZATION, 'aws:PrincipalAccount': OUTSIDER },
        }),
        `${OUTSIDER} ${ORGANIZATION}`,
      ],
      [
        deny({
          StringNotEquals: {
            'aws:PrincipalOrgID': ORGANIZATION,
            'aws:SourceVpce': 'vpce-0a1b2c3d',
          },
        }),
        `${ORGANIZATION} unknown`,
      ],
      [deny(notOurs, { Resource: undefined, NotResource: `${BUCKET}/public/*` }), 'public'],
      [deny(notOurs, { Resource: `${BUCKET.toUpperCase()}/*` }), 'public'],
      [deny({}, { Principal: undefined, NotPrincipal: { AWS: OUTSIDER } }), OUTSIDER],
      [deny({}, { Principal: undefined, NotPrincipal: { AWS: '*' } }), 'public'],
      [
        deny({}, { Principal: undefined, NotPrincipal: { AWS: 'AIDACKCEVSQ6C2EXAMPLE' } }),
        'public',
      ],
      [deny({ StringNotEquals: { 'aws:SourceVpce': 'vpce-0a1b2c3d' } }), 'unknown'],
      [deny({ NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }), 'unknown'],
      [deny({ StringNotEquals: { 'aws:PrincipalAccount': OUTSIDER } }), OUTSIDER],
      [deny(undefined), ''],
      [deny({}, { Principal: undefined, NotPrincipal: { AWS: ACCOUNT } }), ''],
      [deny(notOurs, { Action: 's3:Get*' }), ORGANIZATION],
      [deny(notOurs, { Action: 's3:Put*' }), 'public'],
      [deny(notOurs, { Action: undefined, NotAction: 's3:PutObject' }), 'public'],
      [deny(notOurs, { Resource: `${BUCKET}/private/*` }), 'public'],
      [deny(notOurs, { Principal: { AWS: OUTSIDER } }), 'public'],
      [deny({ ...notOurs, Bool: { 'aws:SecureTransport': 'false' } }), 'public'],
      [deny({ Bool: { 'aws:SecureTransport': 'false' } }), 'public'],
      [deny({ NotIpAddress: { 'aws:SourceIp': '0.0.0.0/0' } }), 'public'],
      [
        deny({ 'ForAnyValue:StringNotLike': { 'aws:PrincipalOrgPaths': `${ORGANIZATION}/*` } }),
        'public',
      ],
      [
        deny({ 'ForAllValues:StringNotLike': { 'aws:PrincipalOrgPaths': `${ORGANIZATION}/*` } }),
        ORGANIZATION,
      ],
      [deny({ Bool: { 'aws:PrincipalIsAWSService': 'false' } }), ''],
    ];
    for (const [other, expected] of table) {
      for (const pair of [
        [allow('*'), other],
        [other, allow('*')],
      ]) {
        const open = ofStatements(...pair).filter(({ effect }) => effect === 'Allow');
        expect(open.map(told), JSON.stringify(other)).to.deep.equal([expected]);
      }
    }
  });

  it('takes back what several Denies reach together', () => {
    const notOurs = { StringNotEquals: { 'aws:PrincipalOrgID': ORGANIZATION } };
    const deny = (fields: object) => ({
      Effect: 'Deny',
      Principal: '*',
      Condition: notOurs,
      Action: 's3:*',
      ...fields,
    });
    const both = { ...allow('*'), Resource: [BUCKET, `${BUCKET}/*`] };
    const [wide] = ofStatements(
      both,
      deny({ Resource: BUCKET }),
      deny({ Resource: `${BUCKET}/*` }),
    );
    expect(wide && told(wide)).to.equal(ORGANIZATION);
    const trust = { Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' };
    const [role] = ofStatements(trust, { ...trust, Effect: 'Deny', Condition: notOurs });
    expect(role && told(role)).to.equal(ORGANIZATION);
    const [half] = ofStatements(both, deny({ Resource: BUCKET }));
    expect(half && told(half)).to.equal('public');
    const others = { StringNotEquals: { 'aws:PrincipalAccount': OUTSIDER } };
    const [bound] = ofStatements(
      both,
      deny({ Resource: '*' }),
      deny({ Resource: '*', Condition: others }),
    );
    expect(bound).to.deep.include({ public: false, outside: [], organizations: [ORGANIZATION] });
  });

  it('finds policy documents wherever they stand, and however they are written', () => {
    const document = { Version: '2012-10-17', Statement: allow('*') };
    const text = JSON.stringify(document);
    const table: [string, unknown][] = [
      ['s3 PutBucketPolicy', { bucketPolicy: document }],
      ['iam UpdateAssumeRolePolicy', { policyDocument: text }],
      ['iam CreateRole', { assumeRolePolicyDocument: encodeURIComponent(text) }],
      ['sqs SetQueueAttributes', { attributes: { Policy: text } }],
      ['sns SetTopicAttributes', { attributeName: 'Policy', attributeValue: text }],
      ['ecr SetRepositoryPolicy', { policyText: `\n  ${text}\n` }],
      ['secretsmanager PutResourcePolicy', { resourcePolicy: JSON.stringify(text) }],
      ['glue PutResourcePolicy', { policyInJson: encodeURIComponent(encodeURIComponent(text)) }],
      ['es UpdateDomainConfig', { accessPolicies: text }],
      ['backup PutBackupVaultAccessPolicy', { policy: JSON.stringify(document, null, 2) }],
      [
        'apigateway UpdateRestApi',
        { patchOperations: [{ op: 'replace', path: '/policy', value: text }] },
      ],
      ['events PutPermission', { policy: text }],
      ['glacier SetVaultAccessPolicy', { policy: { policy: text } }],
      ['made Up', { deep: [[{ er: { statement: [allow('*')] } }]] }],
    ];
    for (const [call, parameters] of table) {
      expect(accessOfCall(call, parameters).map(told), call).to.deep.equal(['public']);
    }
  });

  it('says of what is no document that it cannot judge it', () => {
    const table: [unknown, string][] = [
      [{ policyDocument: '{"Statement": [' }, 'policyDocument is not a policy document in JSON'],
      [{ anything: '{"Statement": [' }, 'anything is not a policy document in JSON'],
      [{ policy: 'HIDDEN_DUE_TO_SECURITY_REASONS' }, 'policy is not a policy document in JSON'],
      [{ policy: '%7B%' }, 'policy is not a policy document in JSON'],
      [{ policy: '"just a text"' }, 'policy is not a policy document in JSON'],
      [
        { policy: `{"Statement": [${'['.repeat(40)}${']'.repeat(40)}]}` },
        'policy is not a policy document in JSON',
      ],
      [
        { omitted: true, originalSize: 120_000 },
        'CloudTrail left the parameters out, they were too large',
      ],
      [
        { bucketPolicy: { Statement: [{ Principal: '*' }] } },
        'a statement without the effect Allow or Deny',
      ],
      [
        { bucketPolicy: { Statement: [{ Effect: 'Perhaps' }] } },
        'a statement without the effect Allow or Deny',
      ],
      [{ bucketPolicy: { Statement: ['text'] } }, 'a statement without the effect Allow or Deny'],
      [
        { bucketPolicy: { Statement: [allow({ AWS: 'AIDACKCEVSQ6C2EXAMPLE' })] } },
        'deleted principal AIDACKCEVSQ6C2EXAMPLE',
      ],
    ];
    for (const [parameters, unknown] of table) {
      const found = accessOfCall('any Call', parameters).map((access) => access.unknown);
      expect(found, JSON.stringify(parameters)).to.deep.equal([unknown]);
    }
  });

  it('finds nothing where nothing is opened', () => {
    const none = [
      undefined,
      null,
      'text',
      7,
      [],
      {},
      { policy: '' },
      { policyArn: 'arn:aws:iam::aws:policy/A' },
    ];
    const others = [
      { policy: 'arn:aws:iam::aws:policy/A' },
      { securityPolicy: 'TLS-1-2' },
      { json: '{"a": 1}' },
      { json: '{"inner": "{\\"Statement\\": []}"}' },
    ];
    for (const parameters of [...none, ...others]) {
      expect(accessOfCall('any Call', parameters), JSON.stringify(parameters)).to.deep.equal([]);
    }
  });

  it('allows a stranger nothing that it does not tell, in the eyes of an IAM simulator', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(statement, { minLength: 1, maxLength: 4 }), async (Statement) => {
        const allowed = await allowsStranger(Statement);
        const found = ofStatements(...Statement);
        const isTold = found.some(
          (one) => one.public || one.outside.includes(OUTSIDER) || one.unknown !== undefined,
        );
        if (allowed) expect(isTold, JSON.stringify(Statement)).to.equal(true);
        // Where nothing is said by exclusion, what is told to be public is.
        const isSimple = !/Deny|Not|Null/.test(JSON.stringify(Statement));
        if (isSimple && found.some((one) => one.public))
          expect(allowed, JSON.stringify(Statement)).to.equal(true);
      }),
      { numRuns: 300, seed: 1 },
    );
  }).timeout(120_000);

  it('takes names that every object has for those of keys, claims and providers', () => {
    for (const name of ['constructor', '__proto__']) {
      const condition = (key: string) =>
        JSON.parse(`{"StringEquals": {"${key}": "x"}, "IpAddress": {"${key}": "x"}}`) as object;
      const provider = (host: string) => ({
        Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/${host}`,
      });
      const table: [unknown, object, string][] = [
        ['*', condition(name), 'public'],
        [provider('gitlab.com'), condition(`gitlab.com:${name}`), 'public'],
        [provider(name), condition(`${name}:${name}`), ''],
        [provider(name), condition('other:sub'), 'unknown'],
        [{ [name]: '*' }, condition(name), 'unknown'],
      ];
      for (const [principal, conditions, expected] of table) {
        const [access] = ofStatements(allow(principal, conditions));
        const what = JSON.stringify([principal, conditions]);
        expect(access && told(access), what).to.equal(expected);
      }
    }
  });

  it('takes any parameters', () => {
    const names = fc.constantFrom(
      'Statement',
      'Principal',
      'policy',
      'Condition',
      'Effect',
      'Federated',
      'StringEquals',
      'StringNotLike',
      'ForAnyValue:StringLike',
      '__proto__',
      'constructor',
      'gitlab.com:constructor',
      'aws:SourceVpc',
      'AWS',
      'a',
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 6 },
        fc.oneof(
          fc.string(),
          fc.integer(),
          fc.boolean(),
          fc.constantFrom(null, '*', 'Allow', 'Deny', 'gitlab.com', '{', '%7B', '"{}"'),
        ),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(names, tie('value'), { maxKeys: 4, noNullPrototype: true }),
      ),
    }));
    const calls = [
      's3 PutBucketAcl',
      'ec2 AuthorizeSecurityGroupIngress',
      'lambda AddPermission',
      'ram CreateResourceShare',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...calls), value, (call, parameters) => {
        for (const access of accessOfCall(call, parameters)) {
          expect(Object.keys(access)).to.include.members(Object.keys(NOTHING));
        }
      }),
      { numRuns: 1000, seed: 1 },
    );
  });

  it('reads a policy of 100 KB that allows and denies a thousand times', () => {
    const denies = Array.from({ length: 500 }, (_, index) => ({
      Effect: 'Deny',
      Principal: '*',
      Action: `s3:Put${index}*`,
      Resource: '*',
    }));
    const statements = [...denies, ...Array.from({ length: 500 }, () => allow('*'))];
    const found = accessOfCall('s3 PutBucketPolicy', {
      bucketPolicy: { Statement: statements },
      policy: JSON.stringify({ Statement: statements }),
    });
    expect(found.filter((access) => access.public)).to.have.length(1000);
    const actions = Array.from({ length: 5000 }, (_, index) => `s3:Get${index}`);
    const [wide] = ofStatements(
      { ...allow('*'), Action: actions },
      { Effect: 'Deny', Principal: '*', Action: actions, Resource: '*' },
    );
    expect(wide?.public).to.equal(true); // too much to compare: on the safe side
  });
});

const condition = fc.constantFrom<Record<string, Record<string, unknown>>>(
  { StringEquals: { 'aws:PrincipalOrgID': ORGANIZATION } },
  { StringEquals: { 'aws:PrincipalAccount': OUTSIDER } },
  { StringEquals: { 'aws:PrincipalAccount': ACCOUNT } },
  { StringNotEquals: { 'aws:PrincipalAccount': ACCOUNT } },
  { StringEqualsIfExists: { 'aws:PrincipalOrgID': ORGANIZATION } },
  { StringNotEquals: { 'aws:PrincipalOrgID': ORGANIZATION } },
  { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': ORGANIZATION } },
  { 'ForAllValues:StringEquals': { 'aws:PrincipalOrgPaths': `${ORGANIZATION}/r-1/` } },
  { 'ForAnyValue:StringEquals': { 'aws:PrincipalOrgPaths': `${ORGANIZATION}/r-1/` } },
  { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
  { IpAddress: { 'aws:SourceIp': '198.0.0.0/7' } }, // the simulator takes /0 for nothing
  { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
  { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${OUTSIDER}:role/*` } },
  { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/*' } },
  { StringEquals: { 'aws:SourceVpce': 'vpce-0a1b2c3d' } },
  { StringLike: { 'aws:SourceVpce': 'vpce-*' } },
  { StringLike: { 'aws:userid': 'A*' } },
  { StringNotEquals: { 'aws:PrincipalAccount': OUTSIDER } },
  { Null: { 'aws:PrincipalOrgID': 'false' } },
  { Bool: { 'aws:PrincipalIsAWSService': 'false' } },
  { Null: { 'aws:PrincipalOrgID': 'true' } },
);

const statement = fc
  .record({
    Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
    principals: fc.constantFrom<object>(
      { Principal: '*' },
      { Principal: { AWS: '*' } },
      { Principal: { AWS: OUTSIDER } },
      { Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } },
      { Principal: { AWS: [`arn:aws:iam::${OUTSIDER}:role/stranger`, ACCOUNT] } },
    ),
    Action: fc.constantFrom('s3:GetObject', 's3:Get*', 's3:*', '*', [
      's3:GetObject',
      's3:PutObject',
    ]),
    resources: fc.constantFrom<object>(
      { Resource: `${BUCKET}/*` },
      { Resource: '*' },
      { Resource: `${BUCKET}/file` },
      { Resource: [`${BUCKET}/other`, `${BUCKET}/fil*`] },
      { NotResource: `${BUCKET}/other` },
      { NotResource: `${BUCKET}/file` },
    ),
    conditions: fc.array(condition, { maxLength: 3 }),
  })
  .map(({ conditions, principals, resources, ...rest }) => {
    const Condition: Record<string, Record<string, unknown>> = {};
    for (const [operator, keys] of conditions.flatMap((one) => Object.entries(one))) {
      Condition[operator] = { ...Condition[operator], ...keys };
    }
    const whole = { ...rest, ...principals, ...resources };
    return conditions.length === 0 ? whole : { ...whole, Condition };
  });

/** Whether a policy lets a role of another account read a file, that account allowing it all. */
async function allowsStranger(statements: readonly unknown[]): Promise<boolean> {
  const any = { Effect: 'Allow', Action: '*', Resource: '*' };
  return isAllowed(
    {
      principal: `arn:aws:iam::${OUTSIDER}:role/stranger`,
      action: 's3:GetObject',
      resource: `${BUCKET}/file`,
      accountId: ACCOUNT,
      context: {
        'aws:PrincipalAccount': OUTSIDER,
        'aws:PrincipalArn': `arn:aws:iam::${OUTSIDER}:role/stranger`,
        'aws:SourceIp': '198.51.100.7',
        'aws:PrincipalIsAWSService': 'false',
        'aws:userid': 'AROASTRANGERSTRANGER:session',
        'aws:SourceVpce': 'vpce-0123456789abcdef0',
      },
    },
    {
      identity: [{ name: 'any', policy: { Version: '2012-10-17', Statement: [any] } }],
      resource: { Version: '2012-10-17', Statement: statements },
    },
  );
}
