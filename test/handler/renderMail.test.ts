import { expect } from 'chai';
import { buildAlert } from '../../handler/buildAlert.ts';
import { renderMail } from '../../handler/renderMail.ts';
import { ACCOUNT, BUCKET, keyOf, matchOf, recordOf, roleRecordOf, rowOf } from '../factories.ts';

const CONTEXT = {
  logFile: { bucket: BUCKET, key: keyOf() },
  accountId: ACCOUNT,
  aliases: new Map(),
  now: Date.parse('2023-07-10T12:26:00Z'),
};

const mail = (record = recordOf(), entry = rowOf(), timeZone = 'UTC', aliases = new Map()) =>
  renderMail(buildAlert(matchOf(record, entry), { ...CONTEXT, aliases }), timeZone);

describe('renderMail', () => {
  it('reads as a person wants it at night', () => {
    const { subject, body } = mail(recordOf({ eventID: 'e1' }), rowOf(), 'Europe/Berlin');
    expect(subject).to.equal('CRITICAL CloudTrail logging stopped - 123837392027 - bert-jan');
    expect(body).to.equal(`IAM user bert-jan called cloudtrail:StopLogging in account 123837392027.

Who      IAM user bert-jan, long-term key AKIATFQR7NSC8Q4X20BJ (direct)
Result   SUCCEEDED  cloudtrail:StopLogging
Request  name management-events
Account  123837392027 (no alias), us-east-1
When     2023-07-10 12:22:41 UTC (14:22 +02:00)
From     192.168.10.20, aws-cli/2.15.0

Why      Nothing done from now on will be seen.
Check    1. Start logging again.
         2. Ask the principal.
         3. Read what the key did before.

Event    https://us-east-1.console.aws.amazon.com/cloudtrailv2/home?region=us-east-1#/events/e1 (sign in to 123837392027 first)
Log file s3://${BUCKET}/${keyOf()}
Alert    e1/trail-stopped
`);
  });

  it('lists what to read, one a line', () => {
    const references = ['https://example.com/a', 'https://example.com/b'];
    expect(mail(recordOf(), rowOf({ references })).body).to.include(
      '\nRead     1. https://example.com/a\n         2. https://example.com/b\n\n',
    );
  });

  it('shortens what would fill a screen', () => {
    const long = 'x'.repeat(1024);
    const userIdentity = { type: 'IAMUser', accessKeyId: long, userName: long };
    const texts = { errorCode: long, errorMessage: long, userAgent: long, awsRegion: long };
    const { body } = mail(recordOf({ ...texts, userIdentity }));
    for (const label of ['Who', 'Result', 'From']) {
      const line = body.split('\n').find((text) => text.startsWith(label));
      expect(line, label).to.have.length.within(300, 700);
    }
  });

  it('says who is behind a session, or that it cannot tell', () => {
    const { subject, body } = mail(roleRecordOf());
    expect(subject).to.match(/ - Admin\/deploy-42$/);
    expect(body).to.include(
      'Who      role Admin/deploy-42, session key ASIATFQR7NSC7V5LQ3NM ' +
        '(who is behind this role session is not in this record)',
    );
  });

  it('says what was denied and what failed, in subject and result', () => {
    const denied = mail(
      recordOf({ errorCode: 'AccessDenied', errorMessage: 'User is not authorized' }),
    );
    expect(denied.subject).to.include('CloudTrail logging stopped, denied - ');
    expect(denied.body).to.include(
      'Result   DENIED  cloudtrail:StopLogging, AccessDenied: User is not authorized',
    );
    expect(mail(recordOf({ errorCode: 'Nope' })).subject).to.include('stopped, failed - ');
  });

  it('shows what was acted on as the entry says, in place of the request', () => {
    const entry = rowOf({
      summary: '{trailwatch.principal.label} stopped {requestParameters.name}.',
      show: { Trail: 'requestParameters.name', 'A label that is long': 'awsRegion' },
    });
    const { body } = mail(recordOf({ errorCode: 'AccessDenied' }), entry);
    expect(body).to.match(/^Denied: bert-jan stopped management-events\.\n/);
    expect(body).to.include('\nTrail    management-events\nA label that is long  us-east-1\n');
    expect(body).to.not.include('Request');
    const failures = { ...entry, outcome: 'failure' as const };
    expect(mail(recordOf({ errorCode: 'X' }), failures).body).to.match(
      /^bert-jan stopped management-events\.\n/,
    );
  });

  it('leaves out what an event does not have, unless that is all', () => {
    const show = { Bucket: 'requestParameters.bucketName', Trail: 'requestParameters.name' };
    const { body } = mail(recordOf(), rowOf({ show }));
    expect(body).to.include('\nTrail    management-events\n').and.not.include('Bucket');
    const nothing = mail(recordOf({ requestParameters: null }), rowOf({ show })).body;
    expect(nothing).to.include('\nBucket   -\n').and.not.include('Trail  ');
  });

  it('shows alias and owner of the account', () => {
    const alias = {
      accountId: ACCOUNT,
      alias: 'acme-prod',
      owner: 'payments',
      environment: 'prod',
      ou: 'w/p',
    };
    const { subject, body } = mail(recordOf(), rowOf(), 'UTC', new Map([[ACCOUNT, alias]]));
    expect(subject).to.include(' - acme-prod - ');
    expect(body).to.include('Account  acme-prod (123837392027), payments, prod, w/p, us-east-1\n');
  });

  it('leaves out lines that would be empty', () => {
    const bare = { eventSource: 'x.amazonaws.com', eventName: 'Y' };
    const entry = { id: 'x', title: 'X', eventName: 'Y', severity: 'low' } as const;
    const { body } = mail(bare, entry);
    const labels = body
      .split('\n')
      .map((text) => text.slice(0, 9).trim())
      .filter(Boolean);
    expect(labels.slice(1)).to.deep.equal(['Who', 'Result', 'Account', 'Log file', 'Alert']);
    expect(body).to.not.match(/undefined|null|\n\n\n/);
  });

  it('does not know the account of a record that names none, outside of any layout', () => {
    const record = recordOf({ recipientAccountId: undefined, eventID: 'e1' });
    const alert = buildAlert(matchOf(record), { ...CONTEXT, accountId: '' });
    const { subject, body } = renderMail(alert, 'UTC');
    expect(subject).to.include(' - unknown - ');
    expect(body).to.include('Account  unknown (no alias), us-east-1\n');
    expect(body).to.include('(sign in to the account first)');
  });

  it('cuts title, account and name in the subject, and never passes 99 characters', () => {
    const long = 'abcdefghij'.repeat(10);
    const alias = { accountId: ACCOUNT, alias: long };
    const userIdentity = { type: 'IAMUser', arn: `arn:aws:iam::1:user/${long}` };
    const record = recordOf({ userIdentity, errorCode: 'AccessDenied' });
    const { subject } = mail(record, rowOf({ title: long }), 'UTC', new Map([[ACCOUNT, alias]]));
    expect(subject.length).to.equal(99);
    const [title = '', account = '', who = ''] = subject.split(' - ');
    expect(title).to.match(/^CRITICAL (abcdefghij)+[a-j]*~, denied$/);
    expect([account.length, who.length]).to.deep.equal([18, 24]);
    const low = mail(recordOf(), rowOf({ title: long, severity: 'low' })).subject;
    expect(low.split(' - ')[0]).to.have.length('LOW '.length + 48);
  });

  it('keeps brackets and foreign letters out of the subject', () => {
    const userIdentity = { type: 'IAMUser', arn: 'arn:aws:iam::1:user/[Zoë]（東）<x>' };
    const { subject } = mail(recordOf({ userIdentity }), rowOf({ title: 'A (b) [c]' }));
    expect(subject).to.equal('CRITICAL A b c - 123837392027 - Zoe ? x');
    const nothing = { type: 'IAMUser', arn: 'arn:aws:iam::1:user/()' };
    expect(mail(recordOf({ userIdentity: nothing })).subject).to.match(/ - unknown$/);
  });

  it('lets no line of a record become a line of the mail', () => {
    const text = 'x\r\nWhy      all is well\u2028Check\u001b[2J\u202e';
    const record = recordOf({
      userAgent: text,
      errorCode: text,
      errorMessage: text,
      awsRegion: text,
      sourceIPAddress: text,
      eventTime: text,
      requestParameters: { name: text, [text]: 'x' },
      recipientAccountId: text,
      userIdentity: { type: text, arn: text, accessKeyId: text, userName: text },
    });
    const clean = mail();
    const hostile = mail(record);
    const labels = (body: string) => body.split('\n').map((line) => line.slice(0, 9));
    const expected = labels(clean.body).filter((label) => label !== 'Event    ');
    expect(labels(hostile.body).slice(1)).to.deep.equal(expected.slice(1));
    expect(hostile.body.replaceAll('\n', '')).to.not.match(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  });
});
