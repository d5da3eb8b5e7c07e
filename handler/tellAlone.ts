import { alertOnce, type Delivery, type Telling } from './alertOnce.ts';
import { type AlertContext, buildAlert, toldAlone } from './buildAlert.ts';
import type { Invocation } from './invocation.ts';
import type { Match } from './matchRecords.ts';
import type { Ports } from './ports.ts';
import { renderMessage } from './renderMessage.ts';
import type { SortedMatches } from './sortMatches.ts';
import { type Tally, tallyOf } from './tally.ts';

// As many as one PublishBatch takes: few claims wait if the process dies, few messages fill memory.
const AT_ONCE = 10;

/** Tells each match that stands alone, once; the silent ones are only claimed. */
export async function tellAlone(
  { alone, silent, suppressed }: SortedMatches,
  context: AlertContext,
  ports: Ports,
  invocation: Pick<Invocation, 'leaseEndsAt' | 'timeZone'>,
): Promise<Tally> {
  const told = await tellAll(
    alone,
    (match) => messageFor(match, context, invocation.timeZone, ports),
    ports,
    invocation,
  );
  const claimed = await tellAll(silent, (match) => [claimFor(match)], ports, invocation);
  const failedSilently = claimed.filter((delivery) => delivery === 'failed').length;
  const alerts = (wanted: Delivery) => told.filter((delivery) => delivery === wanted).length;
  return tallyOf({
    alertsSent: alerts('sent'),
    alertsSentBefore: alerts('sent before'),
    alertsFailed: alerts('failed') + alone.length - told.length,
    alertsSuppressed: [...suppressed.values()].reduce((sum, { length }) => sum + length, 0),
    matchesCounted: silent.length,
    groupsFailed: failedSilently,
  });
}

async function tellAll(
  matches: readonly Match[],
  tellingFor: (match: Match) => readonly Telling[],
  ports: Ports,
  { leaseEndsAt }: Pick<Invocation, 'leaseEndsAt'>,
): Promise<readonly Delivery[]> {
  const deliveries: Delivery[] = [];
  for (let start = 0; start < matches.length; start += AT_ONCE) {
    const tellings = matches.slice(start, start + AT_ONCE).flatMap(tellingFor);
    deliveries.push(...(await alertOnce(tellings, ports, leaseEndsAt)));
  }
  return deliveries;
}

function claimFor(match: Match): Telling {
  return { id: toldAlone(match).id, part: 'alert' };
}

/**
 * The message for a match, or none if rendering it fails, which then costs this alert only: no
 * record that somebody has made up may silence its neighbours.
 */
function messageFor(
  match: Match,
  context: AlertContext,
  timeZone: string,
  ports: Ports,
): readonly Telling[] {
  try {
    return [{ ...claimFor(match), message: renderMessage(buildAlert(match, context), timeZone) }];
  } catch (error) {
    const entry = match.compiled.entry.id;
    ports.log({ level: 'error', message: 'alert could not be rendered', entry, error });
    return [];
  }
}
