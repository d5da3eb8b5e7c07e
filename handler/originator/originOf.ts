import type { Alert } from '../alert.ts';
import { present } from '../present.ts';
import type { Caller } from './caller.ts';
import { copyLink, linksOf } from './links.ts';

type Kind = Alert['originator']['kind'];

/** Somebody who stands at the start of a chain. */
export interface Found {
  readonly kind: Exclude<Kind, 'unknown'>;
  readonly name?: string;
  readonly arn?: string;
  readonly accountId?: string;
}

/** Who an alert's originator is; undefined while that is not known. */
export function foundIn({
  status,
  kind,
  name,
  arn,
  accountId,
}: Alert['originator']): Found | undefined {
  if (status === 'unresolved' || kind === 'unknown') return undefined;
  return { kind, ...present({ name, arn, accountId }) };
}

/** What a caller tells of its origin: who it is, or a session and where its grant may be found. */
export type Origin =
  | { readonly found: Found }
  | {
      readonly behind: string;
      readonly links: readonly string[];
      readonly otherwise?: Found; // where nothing is found under them
    };

/**
 * Who a caller is, as far as AWS vouches for it in the record itself. The name of a role session is
 * its caller's choice, unless a service has set it.
 * @param isOurs whether an account id is one of ours
 */
export function originOf(caller: Caller, isOurs: (accountId: string) => boolean): Origin {
  if (caller.isUnproved) return { behind: 'who tried to sign in', links: [] };
  const origin = originByType(caller, isOurs);
  // Whoever has no name is nobody that an exception, or a tired reader, should trust.
  if ('found' in origin && origin.found.name === undefined)
    return { behind: 'the name of this principal', links: [] };
  return origin;
}

function originByType(caller: Caller, isOurs: (accountId: string) => boolean): Origin {
  switch (caller.type) {
    case 'IAMUser':
      return own(caller, 'user', caller.userName ?? lastPart(caller.arn));
    case 'Root':
      return caller.isAssumedRoot
        ? session(caller, 'who assumed root')
        : own(caller, 'root', 'root');
    case 'AWSService':
      return caller.servedName === undefined
        ? { found: { kind: 'service', ...present({ name: caller.invokedBy }) } }
        : workload(caller.servedName, undefined, undefined);
    case 'AssumedRole':
      return roleOrigin(caller);
    case 'FederatedUser': // its issuer is who called GetFederationToken
      return issuerOrigin(caller);
    case 'SAMLUser':
      return { found: { kind: 'person', ...present({ name: caller.userName }) } };
    case 'WebIdentityUser':
      return { found: webIdentity(caller) };
    case 'IdentityCenterUser':
      return personOrigin(caller, caller.userName ?? caller.personId);
    case 'AWSAccount':
      return accountOrigin(caller, isOurs);
    default:
      return caller.personId === undefined
        ? session(caller, 'who is behind this principal')
        : personOrigin(caller, caller.personId);
  }
}

function own({ arn, accountId }: Caller, kind: Found['kind'], name: string | undefined): Origin {
  return { found: { kind, ...present({ name, arn, accountId }) } };
}

function session(caller: Caller, behind: string): Origin {
  return { behind, links: linksOf(caller) };
}

// Nobody else can make roles of these paths; a path may hold colons, so the whole beginning counts.
const ROLE_OF_SERVICE = /^arn:[^:]+:iam::\d{12}:role\/aws-service-role\/([^/]+)\//;
const IDENTITY_CENTER = /^arn:[^:]+:iam::\d{12}:role\/aws-reserved\/sso\.amazonaws\.com\//;

/** Whether the sessions of a role name who is behind them: those of services and of Identity Center. */
export function isTellingRole(roleArn: string): boolean {
  return ROLE_OF_SERVICE.test(roleArn) || IDENTITY_CENTER.test(roleArn);
}

/** Whether a session has the name that EC2 gives it, an instance's id. */
export function isInstance(name: string): boolean {
  return /^i-(?:[0-9a-f]{8}|[0-9a-f]{17})$/.test(name);
}

function roleOrigin(caller: Caller): Origin {
  const { issuedTo, issuerArn = '', isOnInstance, accountId, personId } = caller;
  const service = ROLE_OF_SERVICE.exec(issuerArn)?.[1];
  if (service !== undefined) return { found: { kind: 'service', name: service } };
  if (IDENTITY_CENTER.test(issuerArn)) return personOrigin(caller, sessionName(caller));
  if (issuedTo !== undefined) return workload(nameOf(issuedTo), issuedTo, accountId);
  const name = sessionName(caller);
  if (isOnInstance && name !== undefined && isInstance(name))
    return workload(name, undefined, accountId);
  if (personId !== undefined) return personOrigin(caller, personId);
  const { webIdentityProvider: provider } = caller;
  return session(caller, `who${provider ? ` of ${provider}` : ''} is behind this role session`);
}

function personOrigin({ accountId }: Caller, name: string | undefined): Origin {
  return { found: { kind: 'person', ...present({ name, accountId }) } };
}

function workload(
  name: string | undefined,
  arn: string | undefined,
  accountId: string | undefined,
): Origin {
  return { found: { kind: 'workload', ...present({ name, arn, accountId }) } };
}

function issuerOrigin(caller: Caller): Origin {
  const { issuerType, issuerArn: arn, issuerName, accountId } = caller;
  if (issuerType === 'IAMUser')
    return { found: { kind: 'user', ...present({ name: issuerName, arn, accountId }) } };
  if (issuerType === 'Root')
    return { found: { kind: 'root', name: 'root', ...present({ arn, accountId }) } };
  return session(caller, 'who is behind this federated session');
}

// People have logins there; elsewhere programs do.
const OF_PEOPLE = [
  'accounts.google.com',
  'cognito-identity.amazonaws.com',
  'graph.facebook.com',
  'www.amazon.com',
];

function webIdentity({ userName: name, identityProvider = '' }: Caller): Found {
  const provider = identityProvider.replace(/^arn:[^:]+:iam::\d{12}:oidc-provider\//, '');
  const isPerson = OF_PEOPLE.includes(provider);
  const arn = identityProvider.startsWith('arn:') ? identityProvider : undefined;
  return { kind: isPerson ? 'person' : 'workload', ...present({ name, arn }) };
}

/** The owner's copy of a call from another account names that account only. */
function accountOrigin(caller: Caller, isOurs: (accountId: string) => boolean): Origin {
  const { accountId } = caller;
  const link = copyLink(caller);
  const masked = { behind: 'who is behind this account', links: link === undefined ? [] : [link] };
  if (accountId === undefined || !/^\d{12}$/.test(accountId) || isOurs(accountId)) return masked;
  const found: Found = { kind: 'account', name: accountId, accountId };
  return link === undefined ? { found } : { ...masked, otherwise: found };
}

function sessionName({ arn = '', principalId = '' }: Caller): string | undefined {
  const inArn = /^arn:[^:]+:sts::\d{12}:assumed-role\/[^/]+\/([^/]+)$/.exec(arn)?.[1];
  return inArn ?? /^[^:]+:([^]+)$/.exec(principalId)?.[1];
}

/** Of a function, whose ARN may end in a version, or of an instance. */
function nameOf(arn: string): string | undefined {
  return /^arn:[^:]+:lambda:[^:]+:\d{12}:function:([^:]+)/.exec(arn)?.[1] ?? lastPart(arn);
}

function lastPart(arn: string | undefined): string | undefined {
  const part = arn?.slice(Math.max(arn.lastIndexOf('/'), arn.lastIndexOf(':')) + 1);
  return part === '' ? undefined : part;
}
