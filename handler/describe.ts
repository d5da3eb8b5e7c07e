import type { Alert } from './alert.ts';

const NOUNS: Readonly<Record<string, string>> = {
  IAMUser: 'IAM user',
  AssumedRole: 'role',
  Role: 'role',
  FederatedUser: 'federated user',
  AWSService: 'AWS service',
  AWSAccount: 'account',
  SAMLUser: 'SAML user',
  WebIdentityUser: 'web identity',
  IdentityCenterUser: 'Identity Center user',
  Directory: 'directory user',
};

/** The principal with its kind: `IAM user alice`, `role Admin/session`, `root`. Not yet printable. */
export function describePrincipal({ type = '', name }: Alert['principal']): string {
  const noun = Object.hasOwn(NOUNS, type) && name !== 'anonymous' ? `${NOUNS[type]} ` : '';
  return `${noun}${name}`;
}

/** How the call ended, in one word for a subject and a headline. */
export function verdictOf(event: Alert['event']): 'succeeded' | 'denied' | 'failed' {
  if (event.outcome === 'success') return 'succeeded';
  return DENIED.test(event.errorCode ?? '') ? 'denied' : 'failed';
}

const DENIED = /AccessDenied|Unauthorized|NotAuthorized|Forbidden/i;

/** `acme-prod (123456789012)`, or the id alone. Not yet printable. */
export function describeAccount({ id = 'unknown', alias }: Alert['account']): string {
  return alias === undefined ? id : `${alias} (${id})`;
}
