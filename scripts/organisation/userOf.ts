import type { Caller } from './caller.ts';
import { fromSomewhere } from './from.ts';
import { accessKey, uniqueId } from './ids.ts';
import { HOUR } from './times.ts';
import { keep, type World } from './world.ts';

const NAMES = ['nagios', 'terraform', 'bert', 'carla.m', 'backup-job', 'dmitri', 'legacy-erp'];

/** Any IAM user, with the key that never ends. */
export function userOf(world: World, begins: number): Caller & { readonly name: string } {
  const { random } = world;
  const { id: accountId } = random.pick(world.accounts);
  const name = random.pick(NAMES);
  const arn = `arn:aws:iam::${accountId}:user/${name}`;
  const principalId = keep(world, arn, () => uniqueId(random, 'AIDA'));
  const accessKeyId = keep(world, `${arn} key`, () => accessKey(random, 'AKIA'));
  const identity = { type: 'IAMUser', principalId, arn, accountId, accessKeyId, userName: name };
  return {
    name,
    accountId,
    principalId,
    arn,
    truth: { kind: 'user', name, depth: 0 },
    begins,
    ends: begins + HOUR,
    canAssume: true,
    from: fromSomewhere(random),
    identity: () => identity,
  };
}
