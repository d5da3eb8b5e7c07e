import type { Alert } from './alert.ts';
import { describePrincipal } from './describe.ts';

const NOUNS: Readonly<Record<Alert['originator']['kind'], string>> = {
  account: 'account ',
  person: '',
  root: '',
  service: 'AWS service ',
  unknown: '',
  user: 'IAM user ',
  workload: 'workload ',
};

/** Who was behind it, in a sentence without end: who, in which role, and how that is known. */
export function whoText(alert: Alert): string {
  const { originator, principal } = alert;
  const credentials = credentialsOf(principal);
  const { status, kind, name, reason } = originator;
  if (status === 'unresolved') return `${describePrincipal(principal)}${credentials} (${reason})`;
  if (kind === 'user' && status === 'direct' && principal.type === 'IAMUser') {
    return `${describePrincipal(principal)}${credentials} (direct)`;
  }
  const who = `${NOUNS[kind]}${name ?? 'unknown'}`;
  const set = permissionSetOf(principal);
  if (set !== undefined) return `${who}, via IAM Identity Center, as ${set}${credentials}`;
  if (principal.type !== 'AssumedRole') return `${who}${credentials} (${status})`;
  return `${who}, as ${describePrincipal(principal)}${credentials} (${status})`;
}

/** The sessions on the way, from the first, each with its time; none where it was direct. */
export function chainLines({ originator: { chain = [], name } }: Alert): readonly string[] {
  return chain.map(({ time, arn, accountId, service, alias, action, eventId }, index) => {
    const first = index === 0 ? name : undefined; // a login has no ARN; unresolved, no name
    const who = (arn && withoutAccount(arn)) ?? service ?? first ?? accountId ?? 'somebody';
    const where = [alias ?? accountId].filter((part) => part !== undefined && arn !== undefined);
    const event = eventId === undefined ? '' : ` (event ${eventId})`;
    return `${time.slice(0, 19).replace('T', ' ')} ${[who, ...where].join(' in ')} ${action}${event}`;
  });
}

/** `user/alice` of an ARN; its path may hold colons. */
function withoutAccount(arn: string): string {
  return arn.split(':').slice(5).join(':') || arn;
}

function credentialsOf({ accessKeyId: key }: Alert['principal']): string {
  if (key === undefined) return '';
  return `, ${key.startsWith('AKIA') ? 'long-term key' : 'session key'} ${key}`;
}

/** Of the role `AWSReservedSSO_SET_HASH` that IAM Identity Center made; its path cannot be another's. */
function permissionSetOf({ key = '' }: Alert['principal']): string | undefined {
  return /^arn:[^:]+:iam::\d{12}:role\/aws-reserved\/sso\.amazonaws\.com\/(?:[^/]+\/)?AWSReservedSSO_([^/]+)_[0-9a-f]{16}\//.exec(
    key,
  )?.[1];
}
