import { actionOf } from '../actionOf.ts';
import { eventSeconds, isoSeconds } from '../eventSeconds.ts';
import { identityOf } from '../identityOf.ts';
import { outcomeOf } from '../outcomeOf.ts';
import { present } from '../present.ts';
import type { CloudTrailRecord } from '../readLogFile.ts';
import { textAt, valueAt } from '../textAt.ts';
import { type Caller, callerOf } from './caller.ts';
import { copyLink, keyLink, sessionLink } from './links.ts';
import { isIdentityCenterRole } from './originOf.ts';

/** Who was given the credentials of a session, as it is remembered. */
export interface Grant {
  readonly identity: string; // of the record: two copies of one call have the same
  readonly eventId?: string;
  readonly action: string;
  readonly time: string;
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
  const seconds = eventSeconds(record);
  if (seconds === undefined) return undefined;
  const caller = callerOf(record);
  const links = [...sessionLinks(record, caller, seconds), ...copyLinks(record, caller)];
  if (links.length === 0) return undefined;
  const grant = {
    identity: identityOf(record),
    ...present({ eventId: textAt(record, 'eventID') }),
    action: actionOf(record),
    time: isoSeconds(seconds),
    caller: withServedName(record, caller),
  };
  return { links, grant, endsAt: endOf(record, seconds) };
}

function sessionLinks(
  record: CloudTrailRecord,
  caller: Caller,
  seconds: number,
): readonly string[] {
  const rule = Object.hasOwn(RULES, record.eventSource) ? RULES[record.eventSource] : undefined;
  if (rule?.includes(record.eventName) !== true || outcomeOf(record) !== 'success') return [];
  if (isTold(record, caller)) return [];
  const session = sessionLink(principalIn(record, caller), isoSeconds(seconds));
  const links = [...keysIn(record).map(keyLink), session];
  return [...new Set(links.filter((link) => link !== undefined))];
}

/** Reads of other accounts' things are too many to be kept. */
function copyLinks(record: CloudTrailRecord, caller: Caller): readonly string[] {
  const isOwnCopy = caller.accountId === textAt(record, 'recipientAccountId');
  if (!isOwnCopy || caller.type === 'AWSService' || valueAt(record, 'readOnly') === true) return [];
  return [copyLink(caller)].filter((link) => link !== undefined);
}

const RULES: Readonly<Record<string, readonly string[]>> = {
  'sts.amazonaws.com': [
    'AssumeRole',
    'AssumeRoleWithSAML',
    'AssumeRoleWithWebIdentity',
    'AssumeRoot',
  ],
  'rolesanywhere.amazonaws.com': ['CreateSession'],
  'eks-auth.amazonaws.com': ['AssumeRoleForPodIdentity'],
  'cognito-identity.amazonaws.com': ['GetCredentialsForIdentity'],
  'signin.amazonaws.com': ['ConsoleLogin', 'SwitchRole'],
};

/**
 * Whether the session's own records will tell who is behind it, so that nobody will look here: roles
 * of services and of Identity Center, instances, and the console sessions of users and of root.
 * They are most of all grants.
 */
function isTold(record: CloudTrailRecord, caller: Caller): boolean {
  const role = textAt(record, 'requestParameters', 'roleArn') ?? '';
  if (role.includes(':role/aws-service-role/') || isIdentityCenterRole(role)) return true;
  if (caller.type === 'AWSService' && caller.invokedBy === 'ec2.amazonaws.com') return true;
  const isConsole = record.eventSource === 'signin.amazonaws.com';
  return isConsole && (caller.type === 'IAMUser' || caller.type === 'Root');
}

/** AWS Lambda names the session of a function's role after the function. */
function withServedName(record: CloudTrailRecord, caller: Caller): Caller {
  if (caller.type !== 'AWSService' || caller.invokedBy !== 'lambda.amazonaws.com') return caller;
  return {
    ...caller,
    ...present({ servedName: textAt(record, 'requestParameters', 'roleSessionName') }),
  };
}

function keysIn(record: CloudTrailRecord): readonly (string | undefined)[] {
  const sets = valueAt(record, 'responseElements', 'credentialSet');
  return [
    textAt(record, 'responseElements', 'credentials', 'accessKeyId'),
    ...(Array.isArray(sets) ? sets : []).map((set) => textAt(set, 'credentials', 'accessKeyId')),
  ];
}

/** The principal of the session that begins. */
function principalIn(record: CloudTrailRecord, caller: Caller): string | undefined {
  if (record.eventSource === 'signin.amazonaws.com') return caller.principalId;
  if (record.eventName === 'AssumeRoot') {
    return accountIn(textAt(record, 'requestParameters', 'targetPrincipal'));
  }
  const user = (name: string) => textAt(record, 'responseElements', 'assumedRoleUser', name);
  return user('assumedRoleId') ?? user('assumeRoleId');
}

/** The session of AssumeRoot is that of the member's root: its principal is the account. */
function accountIn(target: string | undefined): string | undefined {
  return target === undefined ? undefined : /\d{12}/.exec(target)?.[0];
}

const HOUR = 3600;
const LONGEST = 36 * HOUR; // any credentials of STS

/** When the credentials end: as the record says, within what is possible. */
function endOf(record: CloudTrailRecord, seconds: number): number {
  const text = textAt(record, 'responseElements', 'credentials', 'expiration') ?? '';
  const milliseconds = Date.parse(/[Zz]$|UTC$/.test(text) ? text : `${text} UTC`);
  const end = Number.isNaN(milliseconds) ? seconds + 12 * HOUR : Math.floor(milliseconds / 1000);
  return Math.min(Math.max(end, seconds + HOUR), seconds + LONGEST);
}
