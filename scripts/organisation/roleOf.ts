import { uniqueId } from './ids.ts';
import { keep, type World } from './world.ts';

export interface Role {
  readonly accountId: string;
  readonly name: string;
  readonly id: string;
  readonly arn: string;
}

/** The role of this name, which keeps its id. */
export function roleOf(world: World, accountId: string, name: string, path = '/'): Role {
  const arn = `arn:aws:iam::${accountId}:role${path}${name}`;
  const id = keep(world, arn, () => uniqueId(world.random, 'AROA'));
  return { accountId, name, id, arn };
}
