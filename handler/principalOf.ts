import type { Alert } from './alert.ts';
import { present } from './present.ts';
import { cut } from './printable.ts';
import type { CloudTrailRecord } from './readLogFile.ts';
import { textAt } from './textAt.ts';

export type Principal = Alert['principal'];

const short = (text: string | undefined) => text && cut(text, 256);

/** Whom the record says acted, by `userIdentity`; `name` is for people, `key` for comparing. */
export function principalOf(record: CloudTrailRecord): Principal {
  const of = (...path: string[]) => textAt(record, 'userIdentity', ...path);
  const arn = of('arn');
  return present({
    type: short(of('type')),
    arn: arn && cut(arn, 2048),
    name: cut(nameOf(of), 256),
    accountId: short(of('accountId')),
    accessKeyId: short(of('accessKeyId')),
    key: keyOf(of)?.slice(0, 2048),
  });
}

type FieldOf = (...path: string[]) => string | undefined;

// Nobody else can make roles of this path; a path may hold colons, so the whole beginning counts.
const IDENTITY_CENTER = /^arn:[^:]+:iam::\d{12}:role\/aws-reserved\/sso\.amazonaws\.com\//;

/**
 * Stable over sessions: the role of an assumed role, because the session's ARN ends in what the
 * caller chose. Only for IAM Identity Center's roles is that name set by the service: the person's.
 */
function keyOf(of: FieldOf): string | undefined {
  const issuer = of('sessionContext', 'sessionIssuer', 'arn');
  if (of('type') === 'AssumedRole' && issuer !== undefined) {
    return isIdentityCenter(of) ? [issuer, sessionNameOf(of)].join('/') : issuer;
  }
  return of('arn') ?? of('invokedBy') ?? of('principalId')?.split(':')[0] ?? of('accountId');
}

function nameOf(of: FieldOf): string {
  if (of('type') === 'Root') return 'root';
  if (of('accountId') === 'ANONYMOUS_PRINCIPAL') return 'anonymous';
  if (of('userName') === 'HIDDEN_DUE_TO_SECURITY_REASONS') return 'a name hidden by AWS';
  if (of('type') === 'AssumedRole') return roleSessionName(of);
  return (
    lastPart(of('arn')) ??
    of('userName') ??
    of('onBehalfOf', 'userId') ??
    of('invokedBy') ??
    of('accountId') ??
    'unknown'
  );
}

/** `ROLE/SESSION`: the role is what AWS vouches for. The person's name for Identity Center's roles. */
function roleSessionName(of: FieldOf): string {
  const session = sessionNameOf(of);
  if (isIdentityCenter(of) && session !== undefined) return session;
  const role = of('sessionContext', 'sessionIssuer', 'userName') ?? of('arn')?.split('/')[1];
  return [role, session].filter((part) => part !== undefined).join('/') || 'unknown';
}

function sessionNameOf(of: FieldOf): string | undefined {
  return lastPart(of('arn')) ?? of('principalId')?.split(':')[1];
}

function isIdentityCenter(of: FieldOf): boolean {
  return IDENTITY_CENTER.test(of('sessionContext', 'sessionIssuer', 'arn') ?? '');
}

function lastPart(arn: string | undefined): string | undefined {
  const part = arn?.slice(arn.lastIndexOf('/') + 1);
  return part === '' ? undefined : part;
}
