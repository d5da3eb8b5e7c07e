import { type Audience, EVERYONE, NOBODY, together } from './access.ts';
import { elements, isFields } from './fields.ts';
import { isShared } from './limitsLogins.ts';

/** Whom the `Principal` of a statement names. */
export function principalsIn(principal: unknown): Audience {
  if (!isFields(principal)) return together(elements([principal]).map(awsPrincipal));
  return together(
    Object.entries(principal).flatMap(([kind, values]) =>
      elements([values]).map((value) => principalOf(kind, value)),
    ),
  );
}

function principalOf(kind: string, value: unknown): Audience {
  switch (kind.toLowerCase()) {
    case 'aws':
      return awsPrincipal(value);
    case 'service':
      return typeof value === 'string' ? { ...NOBODY, services: [value] } : unknown(value);
    case 'federated':
      return federated(value);
    default: // CanonicalUser: an id that belongs to an account, but does not say to which
      return unknown(value, kind);
  }
}

/** An account, or a principal of one, as an ARN or an id; or everybody. */
export function awsPrincipal(value: unknown): Audience {
  const text = typeof value === 'number' ? String(value).padStart(12, '0') : value;
  if (typeof text !== 'string') return unknown(value);
  if (text === '*') return EVERYONE;
  if (ACCOUNT_ID.test(text)) return { ...NOBODY, accounts: [text] };
  const [arn, , service, , account = '', ...resource] = text.split(':');
  if (arn !== 'arn') return unknown(text);
  if (service === 'organizations') return ofOrganization(resource.join(':'), text);
  if (ACCOUNT_ID.test(account)) return { ...NOBODY, accounts: [account] };
  if (account.includes('*')) return EVERYONE;
  // CloudFront's origin access identities belong to no account.
  return account === 'cloudfront' ? { ...NOBODY, services: ['cloudfront'] } : unknown(text);
}

export const ACCOUNT_ID = /^\d{12}$/;

/** `organization/o-...`, or a part of one: `ou/o-.../ou-...`. */
function ofOrganization(resource: string, arn: string): Audience {
  const id = /^(?:organization|ou)\/(o-[a-z0-9]{10,32})(?:\/|$)/.exec(resource)?.[1];
  return id === undefined ? unknown(arn) : { ...NOBODY, organizations: [id] };
}

/** A provider in an account, or one that AWS knows. statementGrants.ts asks whose logins it is for. */
function federated(value: unknown): Audience {
  if (typeof value !== 'string') return unknown(value);
  const account = value.split(':')[4] ?? '';
  if (ACCOUNT_ID.test(account)) return { ...NOBODY, accounts: [account] };
  return isShared(value) ? NOBODY : unknown(value);
}

/** The OpenID Connect provider that a federated principal is, without `https://`; if it is one. */
export function providerOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const named = /:oidc-provider\/(.+)$/.exec(value)?.[1];
  return named ?? (isShared(value) ? value : undefined);
}

// What IAM shows in place of a principal that was deleted.
const UNIQUE_ID = /^A(?:IDA|ROA|GPA|NPA|SCA|IPA|KIA)[A-Z0-9]{12,}$/;

function unknown(value: unknown, kind?: string): Audience {
  const text = typeof value === 'string' ? value : typeof value;
  const what = UNIQUE_ID.test(text) ? `deleted principal ${text}` : `principal ${text}`;
  return { ...NOBODY, unknown: [kind === undefined ? what : `${kind} ${text}`] };
}
