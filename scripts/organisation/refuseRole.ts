import { addRecord } from './addRecord.ts';
import type { Caller } from './caller.ts';
import type { Role } from './roleOf.ts';
import { tlsFields } from './stsFields.ts';
import type { World } from './world.ts';

/** A call of AssumeRole that grants nothing. */
export function refuseRole(
  world: World,
  caller: Caller,
  asked: { readonly role: Role; readonly region: string; readonly time: number },
): void {
  const { role, region, time } = asked;
  const eventID = addRecord(world, {
    accountId: caller.accountId,
    region,
    time,
    action: 'sts:AssumeRole',
    userIdentity: caller.identity(),
    from: { ...caller.from },
    fields: {
      errorCode: 'AccessDenied',
      errorMessage: `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${role.arn}`,
      ...tlsFields(region),
      ...caller.fields,
    },
  });
  world.grantTruth.set(eventID, caller.truth);
}
