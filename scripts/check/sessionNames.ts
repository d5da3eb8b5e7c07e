import type { Condition } from '../../handler/pattern/pattern.ts';
import { holdsOf, textsIn } from './conditionHolds.ts';
import type { Ground } from './ground.ts';
import { NOBODY } from './whoFields.ts';

const NO_ACCOUNT = '000000000000';
const PARTITIONS = ['aws', 'aws-cn', 'aws-us-gov'];

/** What stands before the session's name, for a role that no condition names. */
const beginningsOf: Readonly<Record<string, (account: string) => readonly string[]>> = {
  'userIdentity.arn': inArn,
  'responseElements.assumedRoleUser.arn': inArn,
  'userIdentity.principalId': () => ['AROAZQ8V7KZQ8V7KZQ8V7:'],
  'responseElements.assumedRoleUser.assumedRoleId': () => ['AROAZQ8V7KZQ8V7KZQ8V7:'],
};

function inArn(account: string): readonly string[] {
  return PARTITIONS.flatMap((partition) => [
    `arn:${partition}:sts::${account}:assumed-role/${NOBODY}/`,
    `arn:${partition}:sts::${account}:federated-user/`,
  ]);
}

/** Fields that end, for sessions, in a name that the caller chose. */
export const ENDS_IN_SESSION_NAME: ReadonlySet<string> = new Set(Object.keys(beginningsOf));

/**
 * What a condition on such a field rests on: the caller, if a session of any role meets it or not by
 * its name alone. It is tried on sessions of a role that nobody has, in no account and in those
 * that the condition names.
 */
export function groundOfEnd(path: string, condition: Condition): Ground {
  if (condition.kind === 'exact' || condition.kind === 'exactly') return 'proof';
  const holds = holdsOf(condition);
  if (holds(undefined)) return 'nothing';
  const texts = textsIn(condition).slice(0, MOST_TEXTS);
  const names = [NOBODY, ...texts.map(lastPart)];
  const beginnings = (account: string) => beginningsOf[path]?.(account) ?? [];
  const named = texts.flatMap((text) => text.match(ACCOUNT) ?? []);
  for (const beginning of [NO_ACCOUNT, ...new Set(named)].flatMap(beginnings)) {
    const met = names.map((name) => holds(`${beginning}${name}`));
    if (met.includes(true) && met.includes(false)) return 'caller';
  }
  const isMetByAll = [...beginnings(NO_ACCOUNT).map((one) => `${one}${NOBODY}`), ...USERS];
  return isMetByAll.some(holds) ? 'nothing' : 'proof';
}

const MOST_TEXTS = 200; // of one condition: each is tried on all of them
const ACCOUNT = /\d{12}/g;
const USERS = [
  ...PARTITIONS.map((partition) => `arn:${partition}:iam::${NO_ACCOUNT}:user/${NOBODY}`),
  'AIDAZQ8V7KZQ8V7KZQ8V7',
];

/** What a session's name would have to be: it holds neither slash nor colon. */
function lastPart(text: string): string {
  return text.slice(Math.max(text.lastIndexOf('/'), text.lastIndexOf(':')) + 1);
}
