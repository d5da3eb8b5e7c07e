import { expect } from 'chai';
import { buildAlert } from '../../handler/buildAlert.ts';
import { expectAlert } from '../alertShape.ts';
import { bundledRecords } from '../bundledLogs.ts';
import { ACCOUNT, BUCKET, keyOf, matchOf, recordOf, roleRecordOf, rowOf } from '../factories.ts';

const ALIAS = {
  accountId: ACCOUNT,
  alias: 'acme-prod',
  owner: 'payments',
  environment: 'prod',
  ou: 'w/p',
};
const CONTEXT = {
  logFile: { bucket: BUCKET, key: keyOf() },
  accountId: '999999999999',
  aliases: new Map([[ACCOUNT, ALIAS]]),
  now: Date.parse('2023-07-10T12:26:00.123Z'),
};

const build = (record = recordOf(), entry = rowOf(), context = CONTEXT) =>
  expectAlert(JSON.stringify(buildAlert(matchOf(record, entry), context)));

describe('buildAlert', () => {
  it('says everything that record, entry and tables know', () => {
    const entry = rowOf({
      references: ['https://example.com'],
      tags: ['attack:T1562'],
      needs: 'management',
    });
    const record = recordOf({ eventID: 'e1', errorCode: 'AccessDenied', errorMessage: 'no' });
    const { principal, originator, record: whole, ...alert } = build(record, entry);
    expect(alert).to.deep.equal({
      schema: 'trailwatch.alert/1',
      id: 'e1/trail-stopped',
      thread: 'e1/trail-stopped',
      entry: {
        id: 'trail-stopped',
        title: 'CloudTrail logging stopped',
        severity: 'critical',
        description: 'Nothing done from now on will be seen.',
        runbook: ['Start logging again.', 'Ask the principal.', 'Read what the key did before.'],
        references: ['https://example.com'],
        tags: ['attack:T1562'],
      },
      summary:
        'IAM user bert-jan was denied cloudtrail:StopLogging in account acme-prod (123837392027).',
      event: {
        id: 'e1',
        action: 'cloudtrail:StopLogging',
        source: 'cloudtrail.amazonaws.com',
        name: 'StopLogging',
        outcome: 'failure',
        time: '2023-07-10T12:22:41Z',
        region: 'us-east-1',
        readOnly: false,
        errorCode: 'AccessDenied',
        errorMessage: 'no',
      },
      account: {
        id: ACCOUNT,
        alias: 'acme-prod',
        owner: 'payments',
        environment: 'prod',
        ou: 'w/p',
      },
      from: { ip: '192.168.10.20', userAgent: 'aws-cli/2.15.0' },
      links: {
        console:
          'https://us-east-1.console.aws.amazon.com/cloudtrailv2/home?region=us-east-1#/events/e1',
        logFile: `s3://${BUCKET}/${keyOf()}`,
      },
      published: '2023-07-10T12:26:00.123Z',
    });
    expect(principal.name).to.equal('bert-jan');
    expect(originator.status).to.equal('direct');
    expect(whole).to.deep.equal(record);
  });

  it('says how the call ended', () => {
    expect(build().summary).to.include('bert-jan called cloudtrail:StopLogging');
    const failed = build(recordOf({ errorCode: 'TrailNotFoundException' }));
    expect(failed.summary).to.include('tried and failed to call');
    const login = { ConsoleLogin: 'Failure' };
    expect(build(recordOf({ responseElements: login })).event.outcome).to.equal('failure');
  });

  it('takes the account of the record, else of the log file, and may know none', () => {
    expect(build(recordOf({ recipientAccountId: '111122223333' })).account).to.deep.equal({
      id: '111122223333',
    });
    const without = recordOf({ recipientAccountId: undefined });
    expect(build(without).account).to.deep.equal({ id: '999999999999' });
    expect(build(without, rowOf(), { ...CONTEXT, accountId: '' }).account).to.deep.equal({});
  });

  it('leaves out what the record does not say', () => {
    const bare = { eventSource: 'x.amazonaws.com', eventName: 'Y' };
    const { event, from, principal, links } = build(bare);
    expect(event).to.deep.equal({
      action: 'x:Y',
      source: 'x.amazonaws.com',
      name: 'Y',
      outcome: 'success',
    });
    expect(from).to.deep.equal({});
    expect(principal).to.deep.equal({ name: 'unknown' });
    expect(links).to.have.all.keys('logFile');
  });

  it('cuts what a record says to what AWS allows, and makes its sentence printable', () => {
    const long = `\n${'x'.repeat(2000)}`;
    const names = ['eventID', 'eventTime', 'awsRegion', 'recipientAccountId', 'sourceIPAddress'];
    const more = ['userAgent', 'errorCode', 'errorMessage', 'eventSource', 'eventName'];
    const record = recordOf(Object.fromEntries([...names, ...more].map((name) => [name, long])));
    const { event, account, from, summary } = build(record);
    const lengths = (...texts: (string | undefined)[]) => texts.map((text) => text?.length);
    expect(lengths(event.id, event.time, event.region, account.id, from.ip)).to.deep.equal(
      Array(5).fill(256),
    );
    expect(lengths(event.source, event.name)).to.deep.equal([256, 256]);
    expect(lengths(from.userAgent, event.errorCode, event.errorMessage)).to.deep.equal(
      Array(3).fill(1024),
    );
    expect(summary)
      .to.have.length.below(400)
      .and.not.match(/[\p{Cc}\p{Cf}]/u);
    const odd = build(recordOf({ userIdentity: { type: 'IAMUser', userName: long } })).summary;
    expect(odd)
      .to.have.length.below(400)
      .and.not.match(/[\p{Cc}\p{Cf}]/u);
  });

  it('reads readOnly as a truth value, however it is written', () => {
    const readOnly = (value: unknown) => build(recordOf({ readOnly: value })).event.readOnly;
    expect([true, 'true', false, 'false', 'yes', null].map(readOnly)).to.deep.equal([
      true,
      true,
      false,
      false,
      undefined,
      undefined,
    ]);
  });

  it('does not call a session by what its caller chose alone', () => {
    const alert = build(roleRecordOf());
    expect(alert.summary).to.match(/^role Admin\/deploy-42 called/);
    expect(alert.originator.status).to.equal('unresolved');
  });

  it('is as the schema says for every real record', () => {
    for (const record of [...bundledRecords('invictus'), ...bundledRecords('awsdocs')])
      build(record);
  });
});
