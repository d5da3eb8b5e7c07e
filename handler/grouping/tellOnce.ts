import { alertOnce } from '../alertOnce.ts';
import { type AlertContext, buildAlert } from '../buildAlert.ts';
import type { Ports } from '../ports.ts';
import { present } from '../present.ts';
import { renderMessage } from '../renderMessage.ts';
import { type Decision, decide } from './decide.ts';
import { NOTHING_TOLD, type Occasion, type Teller, type ToldCounts } from './teller.ts';

/** How messages are made and how long they are claimed. */
export interface TellingContext {
  readonly context: AlertContext;
  readonly timeZone: string;
  readonly leaseEndsAt: number; // epoch seconds
}

const ROUNDS = 5; // another run may tell something between our reading and our claim

/** Tells each occasion once: its alert, or what of it has not been told yet. */
export function tellOnce(ports: Ports, telling: TellingContext): Teller {
  return async (occasion) => {
    try {
      return await tellRest(occasion, ports, telling);
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
  telling: TellingContext,
): Promise<ToldCounts> {
  for (let round = 0; round < ROUNDS; round += 1) {
    // A refused claim costs a write, this a read.
    const claims = await ports.readState({
      key: `alert#${occasion.id}`,
      from: 'alert',
      to: 'count#~',
    });
    const decision = decide(occasion.count, claims, ports.now());
    if (decision.say === 'nothing') return NOTHING_TOLD;
    const told = await tell(occasion, decision, ports, telling);
    if (told !== 'told before') return told;
  }
  ports.log({ level: 'warn', message: 'others kept telling an alert', alert: occasion.id });
  return { ...NOTHING_TOLD, failed: 1 };
}

async function tell(
  occasion: Occasion,
  decision: Exclude<Decision, { say: 'nothing' }>,
  ports: Ports,
  telling: TellingContext,
): Promise<ToldCounts | 'told before'> {
  const { id, count, until } = occasion;
  const isSilent = occasion.match.compiled.entry.mode === 'silent';
  const part = decision.say === 'alert' ? 'alert' : `count#${decision.at}`;
  const claim = isSilent
    ? { id, part, told: count, until }
    : { id, part, told: count, until, message: await messageOf(occasion, decision, telling) };
  const [delivery] = await alertOnce([claim], ports, telling.leaseEndsAt);
  if (delivery === 'sent before') return 'told before';
  if (delivery !== 'sent') return { ...NOTHING_TOLD, failed: 1 };
  if (isSilent) return NOTHING_TOLD;
  if (decision.say === 'follow-up') return { ...NOTHING_TOLD, followUps: 1 };
  return { ...NOTHING_TOLD, opened: 1 };
}

async function messageOf(
  { match, id, thread, details }: Occasion,
  decision: Exclude<Decision, { say: 'nothing' }>,
  { context, timeZone }: TellingContext,
) {
  const followsUp =
    decision.say === 'follow-up' ? { why: 'count' as const, at: decision.at } : undefined;
  const told = { id, thread, ...(await details()), ...present({ followsUp }) };
  const firstSubject = decision.say === 'follow-up' ? decision.subject : undefined;
  return renderMessage(buildAlert(match, context, told), timeZone, firstSubject);
}
