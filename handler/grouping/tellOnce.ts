import type { Alert } from '../alert.ts';
import { alertOnce } from '../alertOnce.ts';
import { buildAlert } from '../buildAlert.ts';
import { WAITING } from '../originator/awaitGrant.ts';
import {
  ALL_PARTS,
  type Naming,
  type OriginatorContext,
  tellOriginator,
} from '../originator/tellOriginator.ts';
import { type Telling, withOriginator } from '../originator/withOriginator.ts';
import type { Ports, StateItem } from '../ports.ts';
import { present } from '../present.ts';
import { renderMessage } from '../renderMessage.ts';
import { type Decision, decide } from './decide.ts';
import { addTold, NOTHING_TOLD, type Occasion, type Teller, type ToldCounts } from './teller.ts';

const ROUNDS = 5; // another run may tell something between our reading and our claim

/** Tells each occasion once: its alert, or what of it has not been told yet. */
export function tellOnce(ports: Ports, telling: Telling, context: OriginatorContext): Teller {
  return async (occasion) => {
    try {
      return await tellRest(occasion, ports, telling, context);
    } catch (error) {
      // Its neighbours are told all the same, whatever this one's record holds.
      ports.log({ level: 'error', message: 'alert could not be told', alert: occasion.id, error });
      return { ...NOTHING_TOLD, failed: 1 };
    }
  };
}

async function tellRest(
  occasion: Occasion,
  ports: Ports,
  telling: Telling,
  context: OriginatorContext,
): Promise<ToldCounts> {
  for (let round = 0; round < ROUNDS; round += 1) {
    // A refused claim costs a write, this a read.
    const items = await ports.readState({ key: `alert#${occasion.id}`, ...ALL_PARTS });
    const decision = decide(occasion.count, items, ports.now());
    if (decision.say === 'nothing') return tellOwed(occasion, items, ports, context);
    const told = await tell(occasion, decision, ports, telling, context);
    if (told !== 'told before') return told;
  }
  ports.log({ level: 'warn', message: 'others kept telling an alert', alert: occasion.id });
  return { ...NOTHING_TOLD, failed: 1 };
}

/** The run that told an alert unresolved may have died before it could look again. */
async function tellOwed(
  { id }: Occasion,
  items: readonly StateItem[],
  ports: Ports,
  context: OriginatorContext,
): Promise<ToldCounts> {
  if (!items.some(({ part }) => part === WAITING)) return NOTHING_TOLD;
  return countsOf(await tellOriginator(id, ports, context, items));
}

function countsOf(told: Naming): ToldCounts {
  if (told === 'told') return { ...NOTHING_TOLD, followUps: 1 };
  return told === 'failed' ? { ...NOTHING_TOLD, failed: 1 } : NOTHING_TOLD;
}

async function tell(
  occasion: Occasion,
  decision: Exclude<Decision, { say: 'nothing' }>,
  ports: Ports,
  telling: Telling,
  context: OriginatorContext,
): Promise<ToldCounts | 'told before'> {
  const { id, count, until } = occasion;
  const isSilent = occasion.match.compiled.entry.mode === 'silent';
  const part = decision.say === 'alert' ? 'alert' : `count#${decision.at}`;
  const { message, isAwaited } = isSilent
    ? {}
    : await messageOf(occasion, decision, telling, context.timeZone);
  const claim = { id, part, told: count, until, ...present({ message }) };
  const [delivery] = await alertOnce([claim], ports, context.leaseEndsAt);
  if (delivery === 'sent before') return 'told before';
  if (delivery !== 'sent') return { ...NOTHING_TOLD, failed: 1 };
  if (isSilent) return NOTHING_TOLD;
  // A grant may have come between the look for it and the alert.
  const named = isAwaited ? await tellOriginator(id, ports, context) : 'nothing';
  const told = decision.say === 'follow-up' ? { followUps: 1 } : { opened: 1 };
  return addTold({ ...NOTHING_TOLD, ...told }, countsOf(named));
}

async function messageOf(
  { match, id, thread, details }: Occasion,
  decision: Exclude<Decision, { say: 'nothing' }>,
  { context, originators }: Telling,
  timeZone: string,
) {
  const told = { id, thread, ...(await details()) };
  if (decision.say === 'follow-up') {
    // Under its id the first alert may wait to hear who was behind its own record, and nobody else.
    const { originator } = await originators.find(match);
    const followsUp = { why: 'count' as const, at: decision.at };
    const alert = buildAlert(match, context, { ...told, followsUp, originator });
    const first = present({ firstSubject: decision.subject });
    return { message: renderMessage(alert, timeZone, first), isAwaited: false };
  }
  const build = (originator: Alert['originator']) =>
    buildAlert(match, context, { ...told, originator });
  const { alert, isAwaited } = await withOriginator(match, build, originators);
  return { message: renderMessage(alert, timeZone), isAwaited };
}
