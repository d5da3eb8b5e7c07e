import { addRecord } from './addRecord.ts';
import type { Caller } from './caller.ts';
import { fromService } from './from.ts';
import { grantRole, type Wanted } from './grantRole.ts';
import { uuid } from './ids.ts';
import { roleFields } from './stsFields.ts';
import type { World } from './world.ts';

/** A role assumed by a service, for itself or for what runs on it. */
export interface ServiceGrant extends Wanted {
  readonly service: string; // `ec2.amazonaws.com`
  readonly region: string;
  readonly saysWho: boolean; // whether the answer names the session; EC2's and Lambda's do not
}

/** Writes the grant; who asked is a service, so there is nothing to find out about it. */
export function assumeAsService(world: World, wanted: ServiceGrant): Caller {
  const { role, service, region, sessionName, seconds, saysWho } = wanted;
  const { time, credentials, assumedRoleUser, session } = grantRole(world, wanted);
  addRecord(world, {
    accountId: role.accountId,
    region,
    time,
    action: 'sts:AssumeRole',
    userIdentity: { type: 'AWSService', invokedBy: service },
    from: { ...fromService(service) },
    requestParameters: {
      roleArn: role.arn,
      roleSessionName: sessionName,
      ...(saysWho && { durationSeconds: seconds }),
    },
    responseElements: { credentials, ...(saysWho && { assumedRoleUser }) },
    fields: { ...roleFields(role), sharedEventID: uuid(world.random) },
  });
  return session;
}
