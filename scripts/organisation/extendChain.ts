import { assumeRole } from './assumeRole.ts';
import type { Caller } from './caller.ts';
import type { World } from './world.ts';

/** A caller, and whom it becomes by assuming one role after the other; up to five sessions. */
export function extendChain(world: World, first: Caller): readonly Caller[] {
  const depth = first.canAssume ? world.random.pick([0, 0, 0, 1, 1, 1, 2, 2, 3, 4, 5]) : 0;
  const callers = [first];
  let last = first;
  while (last.truth.depth < depth) {
    last = assumeRole(world, last);
    callers.push(last);
  }
  return callers;
}
