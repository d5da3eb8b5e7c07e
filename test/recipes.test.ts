import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { compileWatchlist } from '../handler/compileWatchlist.ts';
import { matchRecords } from '../handler/matchRecords.ts';
import { ACCOUNT, recordOf, roleRecordOf } from './factories.ts';

const CI_ROLE = `arn:aws:iam::${ACCOUNT}:role/Admin`;
const LISTS = [
  { eventName: '$list', id: 'own-networks', conditions: [{ cidr: '203.0.113.0/24' }] },
  { eventName: '$list', id: 'ci-roles', conditions: [CI_ROLE] },
];
const ALIASES = new Map([
  [ACCOUNT, { accountId: ACCOUNT, alias: 'acme-prod', environment: 'production' }],
  ['222222222222', { accountId: '222222222222', alias: 'acme-dev', environment: 'development' }],
]);

const event = (eventSource: string, eventName: string, fields = {}) =>
  recordOf({ eventSource: `${eventSource}.amazonaws.com`, eventName, ...fields });
const policy = (statement: unknown) => ({
  requestParameters: { attributes: { Policy: JSON.stringify({ Statement: statement }) } },
});
const denied = { errorCode: 'AccessDenied' };

/** Records that each recipe must match, and others that it must not. */
const RECORDS: Readonly<Record<string, { match: unknown[]; noMatch: unknown[] }>> = {
  'recipe-key-from-outside': {
    match: [event('iam', 'CreateAccessKey', { sourceIPAddress: '198.51.100.7' })],
    noMatch: [
      event('iam', 'CreateAccessKey', { sourceIPAddress: '203.0.113.9' }),
      event('iam', 'CreateAccessKey', { sourceIPAddress: 'cloudformation.amazonaws.com' }),
      event('iam', 'CreateAccessKey', { sourceIPAddress: '198.51.100.7', ...denied }),
    ],
  },
  'recipe-not-ci': {
    match: [event('iam', 'AttachRolePolicy')],
    noMatch: [roleRecordOf({ eventSource: 'iam.amazonaws.com', eventName: 'AttachRolePolicy' })],
  },
  'recipe-only-production': {
    match: [event('ec2', 'StopInstances'), event('ec2', 'TerminateInstances')],
    noMatch: [event('ec2', 'StopInstances', { recipientAccountId: '222222222222' })],
  },
  'recipe-only-outsiders': {
    match: [event('sts', 'AssumeRole', { userIdentity: { accountId: '999999999999' } })],
    noMatch: [
      event('sts', 'AssumeRole'),
      event('sts', 'AssumeRole', { userIdentity: { accountId: '222222222222' } }),
    ],
  },
  'recipe-denied-in-numbers': {
    match: [event('s3', 'ListBuckets', denied)],
    noMatch: [
      event('s3', 'ListBuckets'),
      event('s3', 'ListBuckets', { errorCode: 'NoSuchBucket' }),
    ],
  },
  'recipe-many-passwords': {
    match: [event('ec2', 'GetPasswordData', { requestParameters: { instanceId: 'i-1' } })],
    noMatch: [event('ec2', 'DescribeInstances')],
  },
  'recipe-new-region': {
    match: [event('ec2', 'RunInstances')],
    noMatch: [event('ec2', 'RunInstances', { errorCode: 'Client.DryRunOperation' })],
  },
  'recipe-opened': {
    match: [
      event('sqs', 'SetQueueAttributes', policy([{ Effect: 'Allow', Principal: '*' }])),
      event('sqs', 'AddPermission', { requestParameters: { aWSAccountIds: ['999999999999'] } }),
    ],
    noMatch: [
      event('sqs', 'SetQueueAttributes', policy([{ Effect: 'Deny', Principal: '*' }])),
      event('sqs', 'AddPermission', { requestParameters: { aWSAccountIds: ['222222222222'] } }),
    ],
  },
  'recipe-open-policy': {
    match: [
      event('sqs', 'SetQueueAttributes', policy([{ Effect: 'Allow', Principal: '*' }])),
      event('sqs', 'SetQueueAttributes', policy({ Effect: 'Allow', Principal: { AWS: ['*'] } })),
    ],
    noMatch: [
      event('sqs', 'SetQueueAttributes', policy({ Effect: 'Deny', Principal: '*' })),
      event(
        'sqs',
        'SetQueueAttributes',
        policy([
          { Effect: 'Deny', Principal: '*' },
          { Effect: 'Allow', Principal: { AWS: ACCOUNT } },
        ]),
      ),
    ],
  },
  'recipe-not-oneself': {
    match: [event('iam', 'UpdateLoginProfile', { requestParameters: { userName: 'alice' } })],
    noMatch: [
      event('iam', 'UpdateLoginProfile', { requestParameters: { userName: 'bert-jan' } }),
      event('iam', 'UpdateLoginProfile', { requestParameters: {} }),
    ],
  },
};

describe('docs/watchlist.md', () => {
  it('has recipes that match what they say, and nothing else', async () => {
    const text = await readFile('docs/watchlist.md', 'utf8');
    const section = text.slice(text.indexOf('\n## Recipes'), text.indexOf('\n## Reference'));
    const entries = [...section.matchAll(/```json\n([\s\S]*?)```/g)].map(
      ([, json = '']) => JSON.parse(json) as { id: string; eventName: string | string[] },
    );
    expect(entries.map(({ id }) => id)).to.have.members(Object.keys(RECORDS));
    for (const entry of entries) {
      const rows = [entry.eventName].flat().map((eventName) => ({ ...entry, eventName }));
      const watchlist = compileWatchlist([...LISTS, ...rows]);
      expect(watchlist.refused).to.deep.equal([]);
      const matches = (record: unknown) =>
        matchRecords(watchlist, [record as never], { accountId: ACCOUNT, aliases: ALIASES }).length;
      for (const record of RECORDS[entry.id]?.match ?? []) {
        expect(matches(record), `${entry.id} must match ${JSON.stringify(record)}`).to.equal(1);
      }
      for (const record of RECORDS[entry.id]?.noMatch ?? []) {
        expect(matches(record), `${entry.id} must not match ${JSON.stringify(record)}`).to.equal(0);
      }
    }
  });
});
