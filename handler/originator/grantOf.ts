import { actionOf } from '../actionOf.ts';
import { eventSeconds, isoSeconds } from '../eventSeconds.ts';
import { identityOf } from '../identityOf.ts';
import { outcomeOf } from '../outcomeOf.ts';
import { present } from '../present.ts';
import { cut } from '../printable.ts';
import type { CloudTrailRecord } from '../readLogFile.ts';
import { shortText } from '../shortText.ts';
import { textAt, valueAt } from '../textAt.ts';
import { type Caller, callerOf } from './caller.ts';
import { copyLink, keyLink, sessionLink } from './links.ts';
import { isInstance, isTellingRole, originOf } from './originOf.ts';

/** Who was given the credentials of a session, as it is remembered. */
export interface Grant {
  readonly identity: string; // of the record: two copies of one call have the same
  readonly eventId?: string;
  readonly action: string;
  readonly time: string;
  readonly accessKeyId?: string; // that was given out, if the record names one
  readonly caller: Caller;
}

export interface Granted {
  readonly links: readonly string[]; // one at least
  readonly grant: Grant;
  readonly endsAt: number; // of the credentials, epoch seconds
}

/**
 * What a record grants, if it is the begin of a session whose own records do not name its origin; or
 * the caller's own copy of a call in another account, whose copy names that account only.
 */
export function grantOf(record: CloudTrailRecord): Granted | undefined {
  if (!isBegin(record) && !Object.hasOwn(record, 'sharedEventID')) return undefined; // most of all
  const seconds = eventSeconds(record);
  if (seconds === undefined) return undefined;
  const caller = callerOf(record);
  const asker = askerOf(record, caller);
  const begun = sessionLinks(record, caller, asker, seconds);
  const links = [...begun, ...copyLinks(record, caller, begun.length > 0)];
  if (links.length === 0) return undefined;
  const grant = {
    identity: identityOf(record),
    ...present({ eventId: shortText(record, 'eventID') }),
    action: actionOf(record),
    time: isoSeconds(seconds),
    ...present({ accessKeyId: keysIn(record).find((key) => keyLink(key) !== undefined) }),
    caller: asker,
  };
  return { links, grant, endsAt: endOf(record, seconds) };
}

function sessionLinks(
  record: CloudTrailRecord,
  caller: Caller,
  asker: Caller,
  seconds: number,
): readonly string[] {
  if (!isBegin(record) || outcomeOf(record) !== 'success' || isTold(record, caller)) return [];
  const session = sessionLink(principalIn(record, caller), isoSeconds(seconds));
  const all = [...keysIn(record).map(keyLink), session];
  const links = [...new Set(all.filter((link) => link !== undefined))];
  return isSignIn(record) && !leadsOn(record, asker, links) ? [] : links;
}

function isBegin({ eventSource, eventName }: CloudTrailRecord): boolean {
  return BEGINS.get(eventSource)?.has(eventName) === true;
}

function isSignIn({ eventSource }: CloudTrailRecord): boolean {
  return eventSource === 'signin.amazonaws.com';
}

/** A sign-in may name nobody but the session that it begins; that would contradict who is named. */
function leadsOn(record: CloudTrailRecord, asker: Caller, links: readonly string[]): boolean {
  if (textAt(record, 'responseElements', record.eventName) !== 'Success') return false;
  const origin = originOf(asker, () => false);
  if ('found' in origin) return true;
  return origin.links.length > 0 && !origin.links.some((link) => links.includes(link));
}

const MASKED: readonly string[] = ['AWSAccount', 'AWSService']; // these name nobody

/** Reads of other accounts' things are too many to be kept; to ask for a session counts as a read. */
function copyLinks(record: CloudTrailRecord, caller: Caller, isGrant: boolean): readonly string[] {
  const { type, accountId } = caller;
  const isOwnCopy = accountId !== undefined && accountId === textAt(record, 'recipientAccountId');
  if (!isOwnCopy || type === undefined || MASKED.includes(type)) return [];
  if (!isGrant && valueAt(record, 'readOnly') === true) return [];
  return [copyLink(caller)].filter((link) => link !== undefined);
}

const BEGINS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [
    'sts.amazonaws.com',
    new Set(['AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity', 'AssumeRoot']),
  ],
  ['rolesanywhere.amazonaws.com', new Set(['CreateSession'])],
  ['eks-auth.amazonaws.com', new Set(['AssumeRoleForPodIdentity'])],
  ['cognito-identity.amazonaws.com', new Set(['GetCredentialsForIdentity'])],
  ['signin.amazonaws.com', new Set(['ConsoleLogin', 'SwitchRole'])],
]);

/**
 * Whether the session's own records will tell who is behind it, so that nobody will look here: roles
 * of services and of Identity Center, instances, and the console sessions of users and of root.
 * They are most of all grants.
 */
function isTold(record: CloudTrailRecord, caller: Caller): boolean {
  const asked = (name: string) => textAt(record, 'requestParameters', name) ?? '';
  if (isTellingRole(asked('roleArn'))) return true;
  if (caller.type === 'AWSService' && caller.invokedBy === 'ec2.amazonaws.com')
    return isInstance(asked('roleSessionName'));
  return isSignIn(record) && (caller.type === 'IAMUser' || caller.type === 'Root');
}

/** Who asked, as far as the record tells more than its caller. */
function askerOf(record: CloudTrailRecord, caller: Caller): Caller {
  if (record.eventName === 'AssumeRoleForPodIdentity') return podOf(record);
  return isSignIn(record) ? switchedFrom(record, caller) : withServedName(record, caller);
}

/** A node asks for the credentials of its pods; the answer says for whom. */
function podOf(record: CloudTrailRecord): Caller {
  const subject = (name: string) => textAt(record, 'responseElements', 'subject', name);
  const [namespace, account] = [subject('namespace'), subject('serviceAccount')];
  if (namespace === undefined || account === undefined) {
    return { type: 'AWSService', invokedBy: 'pods.eks.amazonaws.com' };
  }
  const userName = cut(`system:serviceaccount:${namespace}:${account}`, 320);
  return { type: 'WebIdentityUser', userName };
}

/** The record of SwitchRole has the new session for its caller, and the user who switched besides. */
function switchedFrom(record: CloudTrailRecord, caller: Caller): Caller {
  const arn = textAt(record, 'additionalEventData', 'SwitchFrom') ?? '';
  const accountId = /^arn:[^:]+:iam::(\d{12}):user\/[^]+$/.exec(arn)?.[1];
  return accountId === undefined ? caller : { type: 'IAMUser', arn: cut(arn, 640), accountId };
}

/** Names that services give to the sessions of what they run: a function's name, a task's id. */
const SERVED: Readonly<Record<string, RegExp>> = {
  'ecs-tasks.amazonaws.com': /^[0-9a-f]{32}$/,
  'lambda.amazonaws.com': /^(?!awslambda_)/, // its own work
};

function withServedName(record: CloudTrailRecord, caller: Caller): Caller {
  const { type, invokedBy = '' } = caller;
  const servedName = textAt(record, 'requestParameters', 'roleSessionName') ?? '';
  const isServed = Object.hasOwn(SERVED, invokedBy) && SERVED[invokedBy]?.test(servedName);
  if (type !== 'AWSService' || servedName === '' || isServed !== true) return caller;
  return { ...caller, servedName: cut(servedName, 64) };
}

function keysIn(record: CloudTrailRecord): readonly (string | undefined)[] {
  const sets = valueAt(record, 'responseElements', 'credentialSet'); // of one, so far
  return [
    textAt(record, 'responseElements', 'credentials', 'accessKeyId'),
    ...(Array.isArray(sets) ? sets : [])
      .slice(0, 5)
      .map((set) => textAt(set, 'credentials', 'accessKeyId')),
  ];
}

/** The principal of the session that begins. */
function principalIn(record: CloudTrailRecord, caller: Caller): string | undefined {
  if (isSignIn(record)) return caller.principalId;
  if (record.eventName === 'AssumeRoot') {
    return accountIn(textAt(record, 'requestParameters', 'targetPrincipal'));
  }
  const user = (name: string) => textAt(record, 'responseElements', 'assumedRoleUser', name);
  return user('assumedRoleId') ?? user('assumeRoleId');
}

/** The session of AssumeRoot is that of the member's root: its principal is the account. */
function accountIn(target: string | undefined): string | undefined {
  return /^(?:arn:[^:]+:iam::)?(\d{12})(?::root)?$/.exec(target ?? '')?.[1];
}

const HOUR = 3600;
export const LONGEST = 36 * HOUR; // any credentials of STS

const ZONE = /(?:Z|UTC|[+-]\d{2}:?\d{2})$/i;

/** When the credentials end: as the record says, within what is possible. */
function endOf(record: CloudTrailRecord, seconds: number): number {
  const text = textAt(record, 'responseElements', 'credentials', 'expiration') ?? '';
  const milliseconds = Date.parse(ZONE.test(text) ? text : `${text} UTC`);
  const end = Number.isNaN(milliseconds) ? seconds + 12 * HOUR : Math.floor(milliseconds / 1000);
  return Math.min(Math.max(end, seconds + HOUR), seconds + LONGEST);
}
