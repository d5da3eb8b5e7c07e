import { assumeAsService } from './assumeAsService.ts';
import type { Caller } from './caller.ts';
import { fromSomewhere } from './from.ts';
import { hex } from './ids.ts';
import { roleOf } from './roleOf.ts';
import { HOUR } from './times.ts';
import { REGIONS, type World } from './world.ts';

const FUNCTIONS = ['shop-orders', 'image-resize', 'nightly-cleanup', 'audit-export'];

/** An instance; it gets new credentials every hour, and each time they are a session of their own. */
export function runInstance(world: World, time: number): readonly Caller[] {
  const { random } = world;
  const { id: accountId } = random.pick(world.accounts);
  const name = `i-0${hex(random, 16)}`;
  const wanted = {
    role: roleOf(world, accountId, random.pick(['web-server', 'batch-node'])),
    service: 'ec2.amazonaws.com',
    region: random.pick(REGIONS),
    sessionName: name,
    seconds: 6 * 3600 + 600,
    truth: { kind: 'workload', name, depth: 1 } as const,
    from: fromSomewhere(random),
    context: { ec2RoleDelivery: random.pick(['1.0', '2.0', '2.0']) },
    saysWho: false,
  };
  const hours = Array.from({ length: random.whole(1, 3) }, (_, hour) => time + hour * HOUR);
  return hours.map((hour) => assumeAsService(world, { ...wanted, time: hour }));
}

/** A function; newer records name it themselves, older ones leave it to the session's name. */
export function runFunction(world: World, time: number): readonly Caller[] {
  const { random } = world;
  const { id: accountId } = random.pick(world.accounts);
  const region = random.pick(REGIONS);
  const name = random.pick(FUNCTIONS);
  const arn = `arn:aws:lambda:${region}:${accountId}:function:${name}`;
  const inScopeOf = { issuerType: 'AWS::Lambda::Function', credentialsIssuedTo: arn };
  return [
    assumeAsService(world, {
      role: roleOf(world, accountId, `${name}-role`, '/service-role/'),
      service: 'lambda.amazonaws.com',
      region,
      sessionName: name,
      time,
      seconds: 12 * 3600,
      truth: { kind: 'workload', name, depth: 1 },
      from: fromSomewhere(random),
      ...(random.chance(0.5) && { more: { inScopeOf } }),
      saysWho: false,
    }),
  ];
}
