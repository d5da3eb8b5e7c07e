import { assumeRole } from './assumeRole.ts';
import type { Caller } from './caller.ts';
import { fromSomewhere } from './from.ts';
import { digits, uniqueId } from './ids.ts';
import { HOUR } from './times.ts';
import { keep, type World } from './world.ts';

/** An account outside the organisation assumes a role: its own copy of the record is not ours. */
export function comeFromOutside(world: World, time: number): readonly Caller[] {
  const { random } = world;
  const partner = random.pick(['monitoring vendor', 'backup vendor', 'former subsidiary']);
  const accountId = keep(world, partner, () => digits(random, 12));
  const isUser = random.chance(0.3);
  const id = keep(world, `${partner} ${isUser}`, () => uniqueId(random, isUser ? 'AIDA' : 'AROA'));
  const outside: Caller = {
    accountId,
    principalId: isUser ? id : `${id}:collector`,
    arn: `arn:aws:iam::${accountId}:root`,
    truth: { kind: 'account', name: accountId, depth: 0 },
    begins: time,
    ends: time + HOUR,
    canAssume: true,
    from: fromSomewhere(random),
    identity: () => ({}), // no record shows it
  };
  return [assumeRole(world, outside)];
}
