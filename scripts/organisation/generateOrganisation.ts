import { actAsService } from './actAsService.ts';
import { runPod, runWorkflow } from './assumeWithWebIdentity.ts';
import { comeFromOutside } from './comeFromOutside.ts';
import { deliver } from './deliver.ts';
import { extendChain } from './extendChain.ts';
import type { Organisation } from './organisation.ts';
import { runFunction, runInstance } from './runWorkload.ts';
import { signInThroughIdentityCenter, signInThroughOwnProvider } from './signInAsPerson.ts';
import { signInAsRoot, signInAsUser } from './signInToConsole.ts';
import { actAsUser, getFederationToken, getSessionToken } from './userSessions.ts';
import { useSession } from './useSession.ts';
import { createWorld } from './world.ts';

/** Who can stand at the start of a chain, and how often. */
const ORIGINS = (
  [
    [signInThroughIdentityCenter, 3],
    [signInThroughOwnProvider, 2],
    [actAsUser, 2],
    [getSessionToken, 1],
    [getFederationToken, 1],
    [signInAsUser, 2],
    [signInAsRoot, 1],
    [runWorkflow, 2],
    [runPod, 1],
    [runInstance, 2],
    [runFunction, 2],
    [actAsService, 1],
    [comeFromOutside, 1],
  ] as const
).flatMap(([origin, times]) => Array.from({ length: times }, () => origin));

/**
 * The log files of an organisation, and who really acted in them. The same ones for the same input.
 * @param uses how many calls there are beside those that grant sessions
 */
export function generateOrganisation({
  seed,
  uses,
}: {
  readonly seed: number;
  readonly uses: number;
}): Organisation {
  const world = createWorld(seed, uses);
  const { random, accounts, truth, grantTruth } = world;
  while (truth.size < uses) {
    const time = world.begins + random.whole(0, world.lasts);
    const callers = random
      .pick(ORIGINS)(world, time)
      .flatMap((one) => extendChain(world, one));
    const calls = callers.flatMap((caller) =>
      Array.from({ length: random.whole(0, 4) }, () => caller),
    );
    for (const caller of calls.slice(0, uses - truth.size)) useSession(world, caller);
  }
  return { accounts, logFiles: deliver(world), truth, grantTruth };
}
