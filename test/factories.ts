import { gzipSync } from 'node:zlib';
import type { Accounts } from '../handler/accountAlias.ts';
import { compileEntry } from '../handler/compileEntry.ts';
import type { LambdaContext } from '../handler/createHandler.ts';
import type { WatchlistRow } from '../handler/entry.ts';
import type { Match } from '../handler/matchRecords.ts';
import type { NamedLists } from '../handler/pattern/namedLists.ts';
import { patternCompiler } from '../handler/pattern/patternCompiler.ts';
import type { CloudTrailRecord } from '../handler/readLogFile.ts';
import { subjectOf } from '../handler/subjectOf.ts';

export const ACCOUNT = '123837392027';
export const BUCKET = 'trailwatch-123837392027-us-east-1';

/** A record as CloudTrail writes it; `fields` replace its own, undefined removes one. */
export function recordOf(fields: Readonly<Record<string, unknown>> = {}): CloudTrailRecord {
  const record: Record<string, unknown> = {
    eventVersion: '1.08',
    userIdentity: {
      type: 'IAMUser',
      principalId: 'AIDATFQR7NSC5OSEHVQ5A',
      arn: `arn:aws:iam::${ACCOUNT}:user/bert-jan`,
      accountId: ACCOUNT,
      accessKeyId: 'AKIATFQR7NSC8Q4X20BJ',
      userName: 'bert-jan',
    },
    eventTime: '2023-07-10T12:22:41Z',
    eventSource: 'cloudtrail.amazonaws.com',
    eventName: 'StopLogging',
    awsRegion: 'us-east-1',
    sourceIPAddress: '192.168.10.20',
    userAgent: 'aws-cli/2.15.0',
    requestParameters: { name: 'management-events' },
    responseElements: null,
    requestID: '0bd9dd35-2a2c-4bd2-8cb4-cf4e1b0bbf4c',
    eventID: 'f4d4d3b8-3a3d-4ed3-9a5b-b4f2b3b7a0c5',
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: ACCOUNT,
    eventCategory: 'Management',
    ...fields,
  };
  for (const [name, value] of Object.entries(record)) {
    if (value === undefined) delete record[name];
  }
  return record as CloudTrailRecord;
}

/** The record of a role session. */
export function roleRecordOf(fields: Readonly<Record<string, unknown>> = {}): CloudTrailRecord {
  return recordOf({
    userIdentity: {
      type: 'AssumedRole',
      principalId: 'AROATFQR7NSC2FYAGA6MT:deploy-42',
      arn: `arn:aws:sts::${ACCOUNT}:assumed-role/Admin/deploy-42`,
      accountId: ACCOUNT,
      accessKeyId: 'ASIATFQR7NSC7V5LQ3NM',
      sessionContext: {
        sessionIssuer: {
          type: 'Role',
          principalId: 'AROATFQR7NSC2FYAGA6MT',
          arn: `arn:aws:iam::${ACCOUNT}:role/Admin`,
          accountId: ACCOUNT,
          userName: 'Admin',
        },
        attributes: { creationDate: '2023-07-10T12:20:00Z', mfaAuthenticated: 'false' },
      },
    },
    ...fields,
  });
}

/** A row of the Watchlist table. */
export function rowOf(fields: Partial<WatchlistRow> = {}): WatchlistRow {
  return {
    id: 'trail-stopped',
    title: 'CloudTrail logging stopped',
    eventSource: 'cloudtrail.amazonaws.com',
    eventName: 'StopLogging',
    severity: 'critical',
    description: 'Nothing done from now on will be seen.',
    runbook: ['Start logging again.', 'Ask the principal.', 'Read what the key did before.'],
    ...fields,
  };
}

/** A match of a record and a row. */
export function matchOf(record = recordOf(), row = rowOf(), lists: NamedLists = new Map()): Match {
  const compiled = compileEntry(row, patternCompiler(lists));
  if ('problems' in compiled) throw new Error(compiled.problems.join('; '));
  return { record, subject: subjectOf(record, ACCOUNTS, trustsNobody), compiled: compiled.value };
}

/** Nobody has a name. */
export const ACCOUNTS: Accounts = { accountId: ACCOUNT, aliases: new Map() };

export const trustsNobody = () => false;

/** A log file's bytes, as CloudTrail delivers them. */
export function logFileOf(records: readonly unknown[]): Uint8Array {
  return gzipSync(JSON.stringify({ Records: records }));
}

/** A key in CloudTrail's layout; files of different `name` are different files. */
export function keyOf(name = 'AAAAAAAAAAAAAAAA', folder = 'CloudTrail', account = ACCOUNT): string {
  const file = `${account}_${folder}_us-east-1_20230710T1225Z_${name}.json.gz`;
  return `AWSLogs/${account}/${folder}/us-east-1/2023/07/10/${file}`;
}

/** An SQS event that announces objects as S3 does, one message each. */
export function queueEventOf(keys: readonly string[], bucket = BUCKET): unknown {
  return {
    Records: keys.map((key, index) => sqsRecordOf(`message-${index}`, s3EventOf([key], bucket))),
  };
}

/** A message as the function receives it from SQS. */
export function sqsRecordOf(messageId: string, body: unknown): unknown {
  return {
    messageId,
    receiptHandle: 'handle',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    attributes: {},
    messageAttributes: {},
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:us-east-1:${ACCOUNT}:trailwatch-LogFileQueue`,
    awsRegion: 'us-east-1',
  };
}

/** S3's notification of new objects; keys are form-url-encoded, as S3 does. */
export function s3EventOf(keys: readonly string[], bucket = BUCKET): unknown {
  return {
    Records: keys.map((key) => ({
      eventVersion: '2.1',
      eventSource: 'aws:s3',
      awsRegion: 'us-east-1',
      eventTime: '2023-07-10T12:25:10.123Z',
      eventName: 'ObjectCreated:Put',
      s3: {
        s3SchemaVersion: '1.0',
        bucket: { name: bucket, arn: `arn:aws:s3:::${bucket}` },
        object: {
          key: encodeURIComponent(key).replaceAll('%20', '+').replaceAll('%2F', '/'),
          size: 1,
        },
      },
    })),
  };
}

/** Lambda's context with some time left. */
export const contextOf = (remaining = 120_000): LambdaContext => ({
  getRemainingTimeInMillis: () => remaining,
});
