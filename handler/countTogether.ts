import { addTold, NOTHING_TOLD, type ToldCounts } from './grouping/teller.ts';
import { tellFirstSeen } from './grouping/tellFirstSeen.ts';
import { tellGroups } from './grouping/tellGroups.ts';
import { tellOnce } from './grouping/tellOnce.ts';
import type { OriginatorContext } from './originator/tellOriginator.ts';
import type { Telling } from './originator/withOriginator.ts';
import type { Ports } from './ports.ts';
import type { SortedMatches, Together } from './sortMatches.ts';
import { type Tally, tallyOf } from './tally.ts';

/** Counts the matches of entries that count, entry by entry; one that fails costs only itself. */
export async function countTogether(
  { counted, firstSeen }: SortedMatches,
  telling: Telling,
  ports: Ports,
  invocation: OriginatorContext,
): Promise<Tally> {
  const teller = tellOnce(ports, telling, invocation);
  let told = NOTHING_TOLD;
  for (const { entryId, rule, matches } of counted) {
    const tell = () => tellGroups(entryId, matches, rule, ports, teller);
    told = addTold(told, await orFailed(tell, entryId, ports));
  }
  for (const { entryId, rule, matches } of firstSeen) {
    const tell = () => tellFirstSeen(entryId, matches, rule, ports, teller);
    told = addTold(told, await orFailed(tell, entryId, ports));
  }
  return tallyOf({
    matchesCounted: lengthOf(counted) + lengthOf(firstSeen),
    groupsOpened: told.opened,
    followUps: told.followUps,
    groupsFailed: told.failed,
  });
}

function lengthOf(together: readonly Together<unknown>[]): number {
  return together.reduce((sum, { matches }) => sum + matches.length, 0);
}

async function orFailed(
  tell: () => Promise<ToldCounts>,
  entry: string,
  ports: Ports,
): Promise<ToldCounts> {
  try {
    return await tell();
  } catch (error) {
    ports.log({ level: 'error', message: 'matches could not be counted', entry, error });
    return { ...NOTHING_TOLD, failed: 1 };
  }
}
