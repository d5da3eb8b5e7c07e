import type { Alert } from './alert.ts';
import { alertOnce, type Telling as Claimed, type Delivery } from './alertOnce.ts';
import { buildAlert, toldAlone } from './buildAlert.ts';
import type { Match } from './matchRecords.ts';
import type { Naming, OriginatorContext } from './originator/tellOriginator.ts';
import { tellOrFail } from './originator/tellWaiting.ts';
import { type Telling, type WithOriginator, withOriginator } from './originator/withOriginator.ts';
import type { Ports } from './ports.ts';
import { renderMessage } from './renderMessage.ts';
import type { SortedMatches } from './sortMatches.ts';
import { type Tally, tallyOf } from './tally.ts';

// As many as one PublishBatch takes: few claims wait if the process dies, few messages fill memory.
const AT_ONCE = 10;

/** Tells each match that stands alone, once; the silent ones are only claimed. */
export async function tellAlone(
  { alone, silent, suppressed }: SortedMatches,
  telling: Telling,
  ports: Ports,
  invocation: OriginatorContext,
): Promise<Tally> {
  const told = await tellAll(
    alone,
    (match) => draftOf(match, telling, invocation.timeZone, ports),
    ports,
    invocation,
  );
  const claimed = await tellAll(silent, async (match) => [claimFor(match)], ports, invocation);
  const failedSilently = claimed.filter(({ delivery }) => delivery === 'failed').length;
  const alerts = (wanted: Delivery) => told.filter(({ delivery }) => delivery === wanted).length;
  const names = (wanted: string) => told.filter(({ named }) => named === wanted).length;
  return tallyOf({
    alertsSent: alerts('sent'),
    alertsSentBefore: alerts('sent before'),
    alertsFailed: alerts('failed') + alone.length - told.length,
    alertsSuppressed: [...suppressed.values()].reduce((sum, { length }) => sum + length, 0),
    matchesCounted: silent.length,
    followUps: names('told'),
    groupsFailed: failedSilently + names('failed'),
  });
}

/** What is to be told, and what may have to be told of it later. */
type Draft = Claimed & Partial<Omit<WithOriginator, 'alert'>>;

interface Told {
  readonly delivery: Delivery;
  readonly named: Naming; // whether a follow-up named the originator
}

async function tellAll(
  matches: readonly Match[],
  draftFor: (match: Match) => Promise<readonly Draft[]>,
  ports: Ports,
  invocation: OriginatorContext,
): Promise<readonly Told[]> {
  const told: Told[] = [];
  for (let start = 0; start < matches.length; start += AT_ONCE) {
    const some = matches.slice(start, start + AT_ONCE);
    const drafts = (await Promise.all(some.map(draftFor))).flat();
    const deliveries = await alertOnce(drafts, ports, invocation.leaseEndsAt);
    const all = drafts.map(async (draft, index) => {
      const delivery = deliveries[index] as Delivery; // one for each
      return { delivery, named: await nameLater(draft, delivery, ports, invocation) };
    });
    told.push(...(await Promise.all(all)));
  }
  return told;
}

/**
 * A grant may have come between the look for it and the alert; and an alert that was sent before may
 * have been sent by a run that died before it could look again.
 */
async function nameLater(
  { id, isAwaited = false, isResolved = false }: Draft,
  delivery: Delivery,
  ports: Ports,
  invocation: OriginatorContext,
): Promise<Told['named']> {
  const mayBeOwed =
    (delivery === 'sent' && isAwaited) || (delivery === 'sent before' && (isAwaited || isResolved));
  return mayBeOwed ? tellOrFail(id, ports, invocation) : 'nothing';
}

function claimFor(match: Match): Claimed {
  return { id: toldAlone(match).id, part: 'alert' };
}

/**
 * The message for a match, or none if rendering it fails, which then costs this alert only: no
 * record that somebody has made up may silence its neighbours.
 */
async function draftOf(
  match: Match,
  { context, originators }: Telling,
  timeZone: string,
  ports: Ports,
): Promise<readonly Draft[]> {
  try {
    const build = (originator: Alert['originator']) =>
      buildAlert(match, context, { ...toldAlone(match), originator });
    const { alert, ...later } = await withOriginator(match, build, originators);
    return [{ ...claimFor(match), message: renderMessage(alert, timeZone), ...later }];
  } catch (error) {
    const entry = match.compiled.entry.id;
    ports.log({ level: 'error', message: 'alert could not be rendered', entry, error });
    return [];
  }
}
