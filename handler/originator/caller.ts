import { outcomeOf } from '../outcomeOf.ts';
import { present } from '../present.ts';
import { cut } from '../printable.ts';
import type { CloudTrailRecord } from '../readLogFile.ts';
import { shortText } from '../shortText.ts';
import { textAt, valueAt } from '../textAt.ts';

/** What tells whom a call came from: of a record, and of the grant that began a session. */
export interface Caller {
  readonly type?: string;
  readonly arn?: string;
  readonly principalId?: string;
  readonly accountId?: string;
  readonly accessKeyId?: string;
  readonly userName?: string;
  readonly invokedBy?: string;
  readonly identityProvider?: string;
  readonly createdAt?: string; // of the session, ISO 8601
  readonly issuerArn?: string; // the role or user of the session
  readonly issuerType?: string;
  readonly issuerName?: string;
  readonly webIdentityProvider?: string;
  readonly sourceIdentity?: string; // as whoever began the first session of a chain gave it
  readonly isFromConsole?: true; // which gives a session new keys
  readonly isUnproved?: true; // anybody may have been this caller: a sign-in that failed
  readonly isOnInstance?: true; // the metadata service of an EC2 instance delivered the credentials
  readonly isAssumedRoot?: true;
  readonly issuedTo?: string; // the function or instance that AWS gave the session to
  readonly personId?: string; // of IAM Identity Center
  readonly sharedEventId?: string; // of a call that another account has a copy of
  readonly servedName?: string; // of a grant to a service: the function or task that it runs
}

/** The caller of a record. Nothing secret is in it; texts are cut, for it is kept. */
export function callerOf(record: CloudTrailRecord): Caller {
  const of = (...path: string[]) => {
    const text = textAt(record, 'userIdentity', ...path);
    return text && cut(text, MOST);
  };
  const session = (...path: string[]) => of('sessionContext', ...path);
  const userName = of('userName');
  return present({
    type: of('type'),
    arn: of('arn'),
    principalId: of('principalId'),
    accountId: of('accountId'),
    accessKeyId: of('accessKeyId'),
    userName: userName === HIDDEN ? undefined : userName,
    invokedBy: of('invokedBy'),
    identityProvider: of('identityProvider'),
    createdAt: session('attributes', 'creationDate'),
    issuerArn: session('sessionIssuer', 'arn'),
    issuerType: session('sessionIssuer', 'type'),
    issuerName: session('sessionIssuer', 'userName'),
    webIdentityProvider: session('webIdFederationData', 'federatedProvider'),
    sourceIdentity: sourceIdentity(session('sourceIdentity')),
    isFromConsole: flag(valueAt(record, 'sessionCredentialFromConsole')),
    isUnproved: flag(isUnproved(record)),
    isOnInstance: flag(session('ec2RoleDelivery') !== undefined),
    isAssumedRoot: flag(valueAt(record, 'userIdentity', 'sessionContext', 'assumedRoot')),
    issuedTo: of('inScopeOf', 'credentialsIssuedTo'),
    personId: of('onBehalfOf', 'userId'),
    sharedEventId: shortText(record, 'sharedEventID'),
  });
}

const MOST = 640; // characters: an ARN of IAM with a long path has 620

const HIDDEN = 'HIDDEN_DUE_TO_SECURITY_REASONS'; // no name, but what AWS writes in its place

/** CloudTrail writes some booleans as texts. What does not hold is left out. */
function flag(value: unknown): true | undefined {
  return value === true || value === 'true' ? true : undefined;
}

/** A sign-in names who was to be signed in, and the beginning of a password recovery whose it is. */
function isUnproved(record: CloudTrailRecord): boolean {
  if (record.eventSource !== 'signin.amazonaws.com') return false;
  return outcomeOf(record) === 'failure' || record.eventName === 'PasswordRecoveryRequested';
}

/** As STS allows it. */
function sourceIdentity(text: string | undefined): string | undefined {
  return text !== undefined && /^[\w+=,.@-]{2,64}$/.test(text) ? text : undefined;
}
