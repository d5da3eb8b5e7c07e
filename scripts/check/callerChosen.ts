import type { NamedLists } from '../../handler/pattern/namedLists.ts';
import type { Leaf, PatternNode } from '../../handler/pattern/pattern.ts';
import { holdsOf } from './conditionHolds.ts';
import type { Ground } from './ground.ts';
import { nodesOf } from './nodesOf.ts';
import { ENDS_IN_SESSION_NAME, groundOfEnd } from './sessionNames.ts';
import { isProofOf, isWho } from './whoFields.ts';

/** What the caller of an API writes as it likes. */
const CHOSEN: ReadonlySet<string> = new Set([
  'userAgent',
  'requestParameters.roleSessionName',
  'requestParameters.sourceIdentity',
  'tlsDetails.clientProvidedHostHeader',
]);
const LABEL = 'trailwatch.principal.label'; // of a role session the session's name

/**
 * Whether an exception's pattern can hold for anybody who writes the right thing: it looks at what
 * the caller has written, and, that way, at nothing that tells who the caller is. What was done, and
 * to what, tells nothing of that.
 */
export function restsOnCaller(
  pattern: Readonly<Record<string, unknown>>,
  lists: NamedLists,
): boolean {
  return groundsOf(nodesOf(pattern, lists), true).has('caller');
}

/** The grounds of every way in which all nodes can hold. */
function groundsOf(nodes: readonly PatternNode[], around: boolean): ReadonlySet<Ground> {
  const mayBeSession = around && !nodes.some(excludesSessions);
  const all = nodes.map((node) =>
    node.kind === 'leaf'
      ? groundsOfLeaf(node, mayBeSession)
      : unionOf(node.alternatives.map((inner) => groundsOf(inner, mayBeSession))),
  );
  return all.reduce(together, new Set<Ground>(['nothing']));
}

function groundsOfLeaf({ path, conditions }: Leaf, mayBeSession: boolean): ReadonlySet<Ground> {
  const name = path.join('.');
  if (CHOSEN.has(name) || (name === LABEL && mayBeSession)) return new Set(['caller']);
  if (mayBeSession && ENDS_IN_SESSION_NAME.has(name)) {
    return new Set(conditions.map((condition) => groundOfEnd(name, condition)));
  }
  if (!isWho(name)) return new Set(['nothing']);
  return new Set(conditions.map((condition) => (isProofOf(name, condition) ? 'proof' : 'nothing')));
}

/** Only sessions end in a name that their caller chose. */
const SESSIONS = ['AssumedRole', 'FederatedUser', 'Unknown', 'nobody'];

function excludesSessions(node: PatternNode): boolean {
  if (node.kind === 'or' || node.path.join('.') !== 'userIdentity.type') return false;
  const holds = node.conditions.map((condition) => holdsOf(condition));
  return !SESSIONS.some((type) => holds.some((one) => one(type)));
}

const RANK = ['nothing', 'caller', 'proof'] as const;

/** Proof in one part is proof for all. */
function together(a: ReadonlySet<Ground>, b: ReadonlySet<Ground>): ReadonlySet<Ground> {
  const pairs = [...a].flatMap((one) => [...b].map((other) => [one, other] as const));
  return new Set(
    pairs.map(([one, other]) => (RANK.indexOf(one) > RANK.indexOf(other) ? one : other)),
  );
}

function unionOf(sets: readonly ReadonlySet<Ground>[]): ReadonlySet<Ground> {
  return new Set(sets.flatMap((set) => [...set]));
}
