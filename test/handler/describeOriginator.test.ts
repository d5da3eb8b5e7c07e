import { expect } from 'chai';
import type { Alert } from '../../handler/alert.ts';
import { buildAlert } from '../../handler/buildAlert.ts';
import { chainLines, whoText } from '../../handler/describeOriginator.ts';
import type { CloudTrailRecord } from '../../handler/readLogFile.ts';
import { ACCOUNT, ACCOUNTS, BUCKET, keyOf, matchOf, recordOf, roleRecordOf } from '../factories.ts';

type Originator = Alert['originator'];
type Step = NonNullable<Originator['chain']>[number];

/** The alert for a record, of the originator that it names itself or of another. */
function alertOf(record: CloudTrailRecord, originator?: Originator): Alert {
  const context = { ...ACCOUNTS, logFile: { bucket: BUCKET, key: keyOf() }, now: Date.now() };
  const told = { id: 'e/trail-stopped', thread: 'e/trail-stopped' };
  return buildAlert(matchOf(record), context, { ...told, ...(originator && { originator }) });
}

const identity = (userIdentity: object) => recordOf({ userIdentity });
const BOB: Originator = { status: 'resolved', kind: 'user', name: 'bob' };
const SET = 'AWSReservedSSO_AdminAccess_0123456789abcdef';

/** A session of a role at a path that ends in the role’s name. */
const sessionOf = (path: string, name: string) => {
  const role = path.slice(path.lastIndexOf('/') + 1);
  const arn = `arn:aws:iam::${ACCOUNT}:role/${path}`;
  return identity({
    type: 'AssumedRole',
    principalId: `AROATFQR7NSC2FYAGA6MT:${name}`,
    arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${role}/${name}`,
    accountId: ACCOUNT,
    sessionContext: { sessionIssuer: { type: 'Role', arn, accountId: ACCOUNT, userName: role } },
  });
};

describe('whoText', () => {
  const as = 'as role Admin/deploy-42, session key ASIATFQR7NSC7V5LQ3NM';
  const said: [string, Alert, string][] = [
    [
      'a user with a key',
      alertOf(recordOf()),
      'IAM user bert-jan, long-term key AKIATFQR7NSC8Q4X20BJ (direct)',
    ],
    [
      'a user in the console',
      alertOf(identity({ type: 'IAMUser', userName: 'eve', accessKeyId: 'ASIATFQR7NSC7V5LQ3NM' })),
      'IAM user eve, session key ASIATFQR7NSC7V5LQ3NM (direct)',
    ],
    [
      'a user whose name AWS hides',
      alertOf(
        identity({
          type: 'IAMUser',
          userName: 'HIDDEN_DUE_TO_SECURITY_REASONS',
          accountId: ACCOUNT,
        }),
      ),
      'IAM user a name hidden by AWS (the name of this principal is not in this record)',
    ],
    ['a user in a role', alertOf(roleRecordOf(), BOB), `IAM user bob, ${as} (resolved)`],
    [
      'a person in a role',
      alertOf(roleRecordOf(), { ...BOB, kind: 'person' }),
      `bob, ${as} (resolved)`,
    ],
    [
      'root in a role',
      alertOf(roleRecordOf(), { ...BOB, kind: 'root', name: 'root' }),
      `root, ${as} (resolved)`,
    ],
    [
      'a service in a role',
      alertOf(roleRecordOf(), { ...BOB, kind: 'service', name: 'ecs.amazonaws.com' }),
      `AWS service ecs.amazonaws.com, ${as} (resolved)`,
    ],
    [
      'a workload in a role',
      alertOf(roleRecordOf(), { ...BOB, kind: 'workload', name: 'repo:acme/shop' }),
      `workload repo:acme/shop, ${as} (resolved)`,
    ],
    [
      'an account in a role',
      alertOf(roleRecordOf(), { ...BOB, kind: 'account', name: '193672423079' }),
      `account 193672423079, ${as} (resolved)`,
    ],
    [
      'somebody without a name in a role',
      alertOf(roleRecordOf(), { status: 'resolved', kind: 'person' }),
      `unknown, ${as} (resolved)`,
    ],
    [
      'nobody yet',
      alertOf(roleRecordOf(), { status: 'unresolved', kind: 'unknown', reason: 'nobody was seen' }),
      'role Admin/deploy-42, session key ASIATFQR7NSC7V5LQ3NM (nobody was seen)',
    ],
    ['root', alertOf(identity({ type: 'Root', accountId: ACCOUNT })), 'root (direct)'],
    [
      'an assumed root',
      alertOf(
        identity({ type: 'Root', accountId: ACCOUNT, sessionContext: { assumedRoot: 'true' } }),
        BOB,
      ),
      'IAM user bob (resolved)',
    ],
    [
      'a federated user',
      alertOf(
        identity({
          type: 'FederatedUser',
          arn: 'arn:aws:sts::1:federated-user/x',
          sessionContext: { sessionIssuer: { type: 'IAMUser', userName: 'bob' } },
        }),
      ),
      'IAM user bob (direct)',
    ],
    [
      'an account',
      alertOf(identity({ type: 'AWSAccount', accountId: '193672423079' })),
      'account 193672423079 (direct)',
    ],
    [
      'a service',
      alertOf(identity({ type: 'AWSService', invokedBy: 'config.amazonaws.com' })),
      'AWS service config.amazonaws.com (direct)',
    ],
    [
      'a person of Identity Center',
      alertOf(sessionOf(`aws-reserved/sso.amazonaws.com/${SET}`, 'alice@example.com')),
      'alice@example.com, via IAM Identity Center, as AdminAccess',
    ],
    [
      'a person of Identity Center in a region',
      alertOf(sessionOf(`aws-reserved/sso.amazonaws.com/eu-west-1/${SET}`, 'alice')),
      'alice, via IAM Identity Center, as AdminAccess',
    ],
    [
      'a permission set with lines in its name',
      alertOf(
        sessionOf(
          'aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_Access_2_0123456789abcdef',
          'alice',
        ),
      ),
      'alice, via IAM Identity Center, as Admin_Access_2',
    ],
  ];
  for (const [what, alert, text] of said) {
    it(`says ${what}`, () => expect(whoText(alert)).to.equal(text));
  }

  it('says of Identity Center what it made, and of nothing else', () => {
    // A path may hold colons, even a whole ARN.
    for (const path of [
      `x:role/aws-reserved/sso.amazonaws.com/${SET}/Evil`,
      `arn:aws:iam::${ACCOUNT}:role/aws-reserved/sso.amazonaws.com/${SET}/Evil`,
      `x/aws-reserved/sso.amazonaws.com/${SET}/Evil`,
      SET,
    ]) {
      const text = whoText(alertOf(sessionOf(path, 'alice'), BOB));
      expect(text).to.match(/^IAM user bob, as role \S+\/alice \(resolved\)$/);
    }
  });
});

describe('chainLines', () => {
  const linesOf = (...chain: Step[]) => chainLines(alertOf(roleRecordOf(), { ...BOB, chain }));
  const step = { action: 'sts:AssumeRole', time: '2023-07-10T12:20:00Z' };
  const begin = '2023-07-10 12:20:00';

  it('says nothing where nobody was in between', () => {
    expect(chainLines(alertOf(recordOf()))).to.deep.equal([]);
    expect(linesOf()).to.deep.equal([]);
  });

  it('says of each step when, who, where, what and by which event', () => {
    const arn = `arn:aws:iam::${ACCOUNT}:user/staff/bob`;
    const role = `arn:aws:sts::${ACCOUNT}:assumed-role/Admin/deploy-42`;
    const lines = linesOf(
      { ...step, arn, accountId: ACCOUNT, alias: 'acme-prod', eventId: 'e1' },
      { ...step, time: '2023-07-10T12:30:00Z', arn: role, accountId: ACCOUNT },
    );
    expect(lines).to.deep.equal([
      `${begin} user/staff/bob in acme-prod sts:AssumeRole (event e1)`,
      `2023-07-10 12:30:00 assumed-role/Admin/deploy-42 in ${ACCOUNT} sts:AssumeRole`,
    ]);
  });

  it('says what there is to say of somebody without ARN', () => {
    const service = 'ecs-tasks.amazonaws.com';
    expect(
      linesOf(step, { ...step, accountId: ACCOUNT }, { ...step, service }, { ...step, arn: 'odd' }),
    ).to.deep.equal([
      `${begin} bob sts:AssumeRole`, // as the alert names the originator
      `${begin} ${ACCOUNT} sts:AssumeRole`,
      `${begin} ${service} sts:AssumeRole`,
      `${begin} odd sts:AssumeRole`,
    ]);
    const nobody = { status: 'unresolved', kind: 'unknown' } as const;
    expect(chainLines(alertOf(roleRecordOf(), { ...nobody, chain: [step] }))).to.deep.equal([
      `${begin} somebody sts:AssumeRole`,
    ]);
  });

  it('cuts no name at a colon', () => {
    const arn = `arn:aws:iam::${ACCOUNT}:user/a:root/bob`;
    expect(linesOf({ ...step, arn })).to.deep.equal([`${begin} user/a:root/bob sts:AssumeRole`]);
  });
});
