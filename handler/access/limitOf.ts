import type { ConditionTest } from './conditionTests.ts';
import { ACCOUNT_ID } from './principals.ts';
import { isWorld } from './world.ts';

/** To whom the conditions of a statement limit it, beyond its principals. */
export interface Narrowing {
  readonly narrows: boolean; // not everybody can meet them
  readonly accounts: readonly string[];
  readonly organizations: readonly string[];
}

const ACCOUNTS = new Set([
  'aws:principalaccount',
  'aws:sourceaccount',
  'aws:sourceowner',
  'aws:vpceaccount',
  'kms:calleraccount',
  's3:dataaccesspointaccount',
]);
const ARNS = new Set([
  'aws:federatedprovider',
  'aws:principalarn',
  'aws:sourcearn',
  'aws:sourcevpcarn',
  'lambda:sourcefunctionarn',
  's3:dataaccesspointarn',
]);
const ORGANIZATIONS = new Set([
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
  'aws:vpceorgid',
  'aws:vpceorgpaths',
]);
const NETWORKS = new Set(['aws:sourceip', 'aws:vpcsourceip']);
const NAMES = new Set([
  'aws:principalservicename',
  'aws:principalservicenameslist',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:userid',
]);

/** Whom the values of a key leave; nothing if that is everybody, or any one value is. */
export function limitOf({ key, values }: ConditionTest): readonly Narrowing[] {
  const limits = values.flatMap((value) => limitOfValue(key, value));
  return limits.length === values.length && values.length > 0 ? [together(limits)] : [];
}

function limitOfValue(key: string, value: string): readonly Narrowing[] {
  if (ACCOUNTS.has(key)) return limitToAccount(value.padStart(12, '0'));
  if (ARNS.has(key)) return limitToArn(value);
  if (ORGANIZATIONS.has(key)) return limitToOrganization(value);
  if (NETWORKS.has(key)) return isWorld(value) || value === '*' ? [] : [NARROW];
  return NAMES.has(key) && /^[^*?]/.test(value) ? [NARROW] : [];
}

function limitToAccount(value: string): readonly Narrowing[] {
  if (value.toLowerCase() === '${aws:resourceaccount}') return [NARROW]; // our own
  return ACCOUNT_ID.test(value) ? [{ ...NARROW, accounts: [value] }] : [];
}

function limitToArn(value: string): readonly Narrowing[] {
  const [, , service, , account = '', resource = ''] = value.split(':');
  // The name of a bucket is one owner's, whatever stands where others have the account.
  if (service === 's3' && /^[^*?]/.test(resource)) return [NARROW];
  return limitToAccount(account);
}

/** An organisation's id, or a path below it; or the one that the resource belongs to. */
function limitToOrganization(value: string): readonly Narrowing[] {
  const [id = ''] = value.split('/');
  const isOne = /^o-[a-z0-9]{10,32}$/.test(id) || id.toLowerCase() === '${aws:resourceorgid}';
  return isOne ? [{ ...NARROW, organizations: [id] }] : [];
}

export const NARROW: Narrowing = { narrows: true, accounts: [], organizations: [] };
export const OPEN: Narrowing = { narrows: false, accounts: [], organizations: [] };

export function together(limits: readonly Narrowing[]): Narrowing {
  return {
    narrows: limits.length > 0,
    accounts: [...new Set(limits.flatMap(({ accounts }) => accounts))],
    organizations: [...new Set(limits.flatMap(({ organizations }) => organizations))],
  };
}
