import type { Alert } from './alert.ts';
import { present } from './present.ts';
import type { Principal } from './principalOf.ts';
import type { CloudTrailRecord } from './readLogFile.ts';
import { valueAt } from './textAt.ts';

export type Originator = Alert['originator'];

const DIRECT: ReadonlyMap<string, Originator['kind']> = new Map([
  ['IAMUser', 'user'],
  ['Root', 'root'],
  ['AWSService', 'service'],
]);

/** The principal itself where it acts with its own credentials; otherwise, honestly, unresolved. */
export function originatorOf(record: CloudTrailRecord, principal: Principal): Originator {
  const type = principal.type ?? '';
  const kind = DIRECT.get(type);
  if (kind === undefined)
    return unresolved(`who is behind ${BEHIND.get(type) ?? 'this principal'}`);
  if (kind === 'root' && isAssumedRoot(record)) return unresolved('who assumed root');
  const { name, arn, accountId } = principal;
  return { status: 'direct', kind, ...present({ name, arn, accountId }) };
}

const BEHIND: ReadonlyMap<string, string> = new Map([
  ['AssumedRole', 'this role session'],
  ['FederatedUser', 'this federated session'],
  ['AWSAccount', 'this account'],
]);

function unresolved(what: string): Originator {
  return { status: 'unresolved', reason: `${what} is not in this record`, kind: 'unknown' };
}

/** A management account may act as root of its members with AssumeRoot. */
function isAssumedRoot(record: CloudTrailRecord): boolean {
  const assumed = valueAt(record, 'userIdentity', 'sessionContext', 'assumedRoot');
  return assumed === true || assumed === 'true';
}
