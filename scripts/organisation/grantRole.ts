import type { Caller, From } from './caller.ts';
import { changingKey } from './changingKey.ts';
import { issueCredentials } from './issueCredentials.ts';
import type { Truth } from './organisation.ts';
import type { Role } from './roleOf.ts';
import { eventTime, SECOND } from './times.ts';
import type { Json, World } from './world.ts';

/** Which session of a role is wanted. */
export interface Wanted {
  readonly role: Role;
  readonly sessionName: string;
  readonly time: number;
  readonly seconds: number; // until it ends
  readonly truth: Truth; // of its calls
  readonly from: From;
  readonly context?: Json; // joins `sessionContext`
  readonly more?: Json; // joins `userIdentity`
  readonly fromConsole?: boolean; // then its key changes
}

/** What the record of a grant says of the session, and its holder. */
export interface RoleGrant {
  readonly time: number;
  readonly credentials: Json;
  readonly assumedRoleUser: Json;
  readonly session: Caller;
}

/** Opens a session of a role; writes nothing. No two sessions of one principal begin in one second. */
export function grantRole(world: World, wanted: Wanted): RoleGrant {
  const { role, sessionName, seconds, truth, from } = wanted;
  const { accountId } = role;
  const principalId = `${role.id}:${sessionName}`;
  const arn = `arn:aws:sts::${accountId}:assumed-role/${role.name}/${sessionName}`;
  const issued = issueCredentials(world, principalId, wanted.time, seconds);
  const { time, accessKeyId } = issued;
  const keyNow = wanted.fromConsole === true ? changingKey(world.random) : () => accessKeyId;
  const session: Caller = {
    accountId,
    principalId,
    arn,
    truth,
    begins: time,
    ends: time + seconds * SECOND,
    canAssume: true,
    from,
    identity: () => ({
      type: 'AssumedRole',
      principalId,
      arn,
      accountId,
      accessKeyId: keyNow(),
      sessionContext: { ...contextOf(role, time), ...wanted.context },
      ...wanted.more,
    }),
    ...(wanted.fromConsole === true && { fields: { sessionCredentialFromConsole: 'true' } }),
  };
  const assumedRoleUser = { assumedRoleId: principalId, arn };
  return { time, credentials: issued.credentials, assumedRoleUser, session };
}

function contextOf({ id, arn, accountId, name }: Role, time: number): Json {
  return {
    sessionIssuer: { type: 'Role', principalId: id, arn, accountId, userName: name },
    attributes: { creationDate: eventTime(time), mfaAuthenticated: 'false' },
  };
}
