import { assumeAsService } from './assumeAsService.ts';
import type { Caller } from './caller.ts';
import { fromService } from './from.ts';
import { roleOf } from './roleOf.ts';
import { REGIONS, type World } from './world.ts';

const SERVICES = [
  { service: 'rds.amazonaws.com', role: 'AWSServiceRoleForRDS', sessionName: 'SLRManagement' },
  {
    service: 'config.amazonaws.com',
    role: 'AWSServiceRoleForConfig',
    sessionName: 'AWSConfig-Describe',
  },
  { service: 'firehose.amazonaws.com', role: 'delivery', sessionName: 'AmazonKinesisFirehose' },
] as const;

/** A service on its own behalf, with its own role or one that it was given. */
export function actAsService(world: World, time: number): readonly Caller[] {
  const { random } = world;
  const { id: accountId } = random.pick(world.accounts);
  const { service, role, sessionName } = random.pick(SERVICES);
  const isOwnRole = role.startsWith('AWSServiceRole');
  const path = isOwnRole ? `/aws-service-role/${service}/` : '/service-role/';
  const session = assumeAsService(world, {
    role: roleOf(world, accountId, role, path),
    service,
    region: random.pick(REGIONS),
    sessionName,
    time,
    seconds: 3600,
    truth: { kind: 'service', name: service, depth: 1 },
    from: fromService(service),
    ...(isOwnRole && { more: { invokedBy: service } }),
    saysWho: true,
  });
  return [{ ...session, canAssume: false }];
}
