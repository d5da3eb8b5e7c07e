import { addRecord } from './addRecord.ts';
import type { Caller } from './caller.ts';
import { tlsFields } from './stsFields.ts';
import { MINUTE, SECOND } from './times.ts';
import { type Json, REGIONS, type World } from './world.ts';

const CALLS: readonly (readonly [action: string, parameters: Json | null, readOnly: boolean])[] = [
  ['s3:ListBuckets', null, true],
  ['s3:PutBucketPolicy', { bucketName: 'acme-exports' }, false],
  ['ec2:DescribeInstances', { instancesSet: {}, filterSet: {} }, true],
  ['ec2:AuthorizeSecurityGroupIngress', { groupId: 'sg-0a1b2c3d4e5f60718' }, false],
  [
    'ec2:StopInstances',
    { instancesSet: { items: [{ instanceId: 'i-0a9b8c7d6e5f40312' }] } },
    false,
  ],
  ['iam:CreateUser', { userName: 'helper' }, false],
  [
    'iam:AttachRolePolicy',
    { roleName: 'Deploy', policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
    false,
  ],
  [
    'kms:ScheduleKeyDeletion',
    { keyId: '5b1f3c52-0f3e-4c4b-9d55-6f2a3c1e7b90', pendingWindowInDays: 7 },
    false,
  ],
  ['cloudtrail:StopLogging', { name: 'management-events' }, false],
  ['secretsmanager:GetSecretValue', { secretId: 'shop/database' }, true],
  ['sts:GetCallerIdentity', null, true],
];

/** An ordinary call, some time after the session began. */
export function useSession(world: World, caller: Caller): void {
  const { random } = world;
  const [action, requestParameters, readOnly] = random.pick(CALLS);
  const service = action.split(':')[0];
  const region = service === 'iam' ? 'us-east-1' : random.pick(REGIONS);
  const most = Math.min(caller.ends - caller.begins, 35 * MINUTE) - 2 * SECOND;
  // Most calls follow soon, few come late.
  const time = caller.begins + SECOND + Math.floor(random.share() ** 4 * most);
  const eventID = addRecord(world, {
    accountId: caller.accountId,
    region,
    time,
    action,
    userIdentity: caller.identity(),
    from: { ...caller.from },
    requestParameters,
    readOnly,
    fields: { ...tlsFields(region, service), ...caller.fields },
  });
  world.truth.set(eventID, caller.truth);
}
