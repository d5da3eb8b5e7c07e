import { addRecord, type Event } from './addRecord.ts';
import type { Caller } from './caller.ts';
import { grantRole } from './grantRole.ts';
import { uuid } from './ids.ts';
import { refuseRole } from './refuseRole.ts';
import { type Role, roleOf } from './roleOf.ts';
import { roleFields, tlsFields } from './stsFields.ts';
import { SECOND } from './times.ts';
import { REGIONS, type World } from './world.ts';

const ROLES = ['Deploy', 'ReadOnly', 'Audit', 'NetworkAdmin', 'DataLoader', 'BreakGlass'];

/** A caller assumes a role of its own or of another account; now and then it is refused one first. */
export function assumeRole(world: World, caller: Caller): Caller {
  const { random } = world;
  const account =
    random.chance(0.4) && isMember(world, caller)
      ? caller.accountId
      : random.pick(world.accounts).id;
  const role = roleOf(world, account, random.pick(ROLES));
  const region = random.pick(['us-east-1', random.pick(REGIONS)]);
  const wanted = caller.begins + random.whole(5, 400) * SECOND;
  if (random.chance(0.08) && isMember(world, caller)) {
    refuseRole(world, caller, { role, region, time: wanted - 2 * SECOND });
  }
  const sessionName = sessionNameFor(world, caller);
  const { truth, from } = caller;
  const grant = grantRole(world, {
    role,
    sessionName,
    time: wanted,
    seconds: 3600,
    truth: { ...truth, depth: truth.depth + 1 },
    from,
  });
  writeCopies(world, caller, role, {
    accountId: caller.accountId,
    region,
    time: grant.time,
    action: 'sts:AssumeRole',
    userIdentity: caller.identity(),
    from: { ...from },
    requestParameters: { roleArn: role.arn, roleSessionName: sessionName, durationSeconds: 3600 },
    responseElements: { credentials: grant.credentials, assumedRoleUser: grant.assumedRoleUser },
    fields: { ...roleFields(role), ...tlsFields(region), ...caller.fields },
  });
  return grant.session;
}

/** One record in each account: that of the role does not learn more of a stranger than its id. */
function writeCopies(world: World, caller: Caller, role: Role, event: Event): void {
  const isCross = caller.accountId !== role.accountId;
  const requestID = uuid(world.random);
  const shared = isCross ? { sharedEventID: uuid(world.random), requestID } : { requestID };
  const { principalId, accountId } = caller;
  const masked = { type: 'AWSAccount', principalId, accountId };
  const copies = [event, { ...event, accountId: role.accountId, userIdentity: masked }];
  const seen = copies.slice(isMember(world, caller) ? 0 : 1, isCross ? 2 : 1);
  for (const copy of seen) {
    const eventID = addRecord(world, { ...copy, fields: { ...copy.fields, ...shared } });
    world.grantTruth.set(eventID, caller.truth);
  }
}

const isMember = (world: World, { accountId }: Caller): boolean =>
  world.accounts.some(({ id }) => id === accountId);

/** What the caller makes up, or hands on. */
function sessionNameFor({ random }: World, { principalId }: Caller): string {
  const own = principalId.split(':')[1] ?? 'cli';
  return random.pick([own, `botocore-session-${random.whole(1e9, 2e9)}`, 'deploy', 'admin']);
}
