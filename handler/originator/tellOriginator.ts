import type { Alert } from '../alert.ts';
import { alertOnce } from '../alertOnce.ts';
import type { Invocation } from '../invocation.ts';
import type { Ports, StateItem } from '../ports.ts';
import { present } from '../present.ts';
import { renderMessage } from '../renderMessage.ts';
import { awaitLinks, WAITING, type Waiting, waitingIn } from './awaitGrant.ts';
import { explanationOf } from './explanationOf.ts';
import { followChain, type Originator } from './followChain.ts';
import { withAliases } from './withAliases.ts';

export type OriginatorContext = Pick<
  Invocation,
  'aliases' | 'leaseEndsAt' | 'suppressions' | 'timeZone' | 'watchlist'
>;

/** The parts of `alert#ID` in State: its claims, that of its originator, and what waits for it. */
export const ALL_PARTS = { from: 'alert', to: WAITING };

/** What became of telling; an alert is left out where too many wait for the same session. */
export type Naming = 'told' | 'nothing' | 'left out' | 'failed';

/**
 * Says who was behind an alert that went out unresolved, once that is known: one follow-up, claimed
 * as a part of its own.
 * @param items of `alert#ID` in State, if they have just been read
 */
export async function tellOriginator(
  id: string,
  ports: Ports,
  context: OriginatorContext,
  items?: readonly StateItem[],
): Promise<Naming> {
  const parts = items ?? (await ports.readState({ key: `alert#${id}`, ...ALL_PARTS }));
  const waiting = waitingIn(parts);
  const told = (part: string) =>
    parts.find((item) => item.part === part && item['state'] === 'confirmed');
  const first = told('alert');
  if (waiting === undefined || first === undefined || told('originator')) return 'nothing';
  const { alert, caller } = waiting;
  const { aliases, timeZone, leaseEndsAt } = context;
  const isOurs = (account: string) => aliases.has(account) || account === alert.account.id;
  const chain = await followChain(caller, isOurs, ports.readSessions);
  // Behind one session there may be another that nothing is known of yet.
  const after = await awaitLinks(id, caller, chain, isOurs, ports);
  const { originator, awaited } = after.chain;
  if (originator.status === 'unresolved' || isSaid(originator, alert)) {
    return after.isLeftOut ? 'left out' : 'nothing';
  }
  // Where no account is known this one may be ours, and its own copy tell who it was. One follow-up.
  const mayTellMore = originator.kind === 'account' && awaited.length > 0;
  if (mayTellMore && aliases.size === 0) return 'nothing';
  const followUp = followUpOf(waiting, originator, context, ports.now());
  const { subject: firstSubject } = first;
  const message = renderMessage(followUp, timeZone, {
    severity: alert.entry.severity, // whoever was woken hears the all-clear as well
    ...(typeof firstSubject === 'string' && { firstSubject }),
  });
  const [delivery] = await alertOnce([{ id, part: 'originator', message }], ports, leaseEndsAt);
  if (delivery === 'sent') return 'told';
  return delivery === 'sent before' ? 'nothing' : 'failed';
}

/** An account is said at once; whoever called in it may be known later. */
function isSaid({ kind, name }: Originator, { originator }: Alert): boolean {
  return originator.kind === kind && originator.name === name;
}

function followUpOf(
  waiting: Waiting,
  originator: Originator,
  context: OriginatorContext,
  now: number,
): Alert {
  const { alert } = waiting;
  const explainedBy = explanationOf(waiting, originator, context);
  return {
    ...alert,
    entry: explainedBy === undefined ? alert.entry : { ...alert.entry, severity: 'info' },
    originator: withAliases(originator, context.aliases),
    followsUp: { why: 'originator', ...present({ explainedBy }) },
    published: new Date(now).toISOString(),
  };
}
