import { inTurn } from '../grouping/teller.ts';
import type { Ports } from '../ports.ts';
import { type Tally, tallyOf } from '../tally.ts';
import type { Remembered } from './rememberGrants.ts';
import { type Naming, type OriginatorContext, tellOriginator } from './tellOriginator.ts';

/** Tells those alerts who was behind them that waited for the grants of this log file. */
export async function tellWaiting(
  { items }: Remembered,
  ports: Ports,
  context: OriginatorContext,
): Promise<Tally> {
  const waiters = [...new Set(items.flatMap((item) => item.waiters))];
  const told = await inTurn(waiters, (id) => tellOrFail(id, ports, context));
  return told.reduce(
    (tally, one) => ({
      ...tally,
      followUps: tally.followUps + (one === 'told' ? 1 : 0),
      originatorsLeftOut: tally.originatorsLeftOut + (one === 'left out' ? 1 : 0),
      groupsFailed: tally.groupsFailed + (one === 'failed' ? 1 : 0),
    }),
    tallyOf(),
  );
}

/** The same, where one that fails takes nobody with it. */
export async function tellOrFail(
  id: string,
  ports: Ports,
  context: OriginatorContext,
): Promise<Naming> {
  try {
    return await tellOriginator(id, ports, context);
  } catch (error) {
    ports.log({ level: 'error', message: 'originator could not be told', alert: id, error });
    return 'failed';
  }
}
