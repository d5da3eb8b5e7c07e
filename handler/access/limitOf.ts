import { isIP } from 'node:net';
import type { ConditionTest } from './conditionTests.ts';
import { ACCOUNT_ID } from './principals.ts';
import { isWorldTogether } from './world.ts';

/** Whom one test of a condition leaves: any of these. */
export interface Limit {
  readonly accounts: readonly string[];
  readonly organizations: readonly string[];
  readonly networks: readonly string[]; // addresses, VPCs and endpoints: of anybody who is there
}

export const SOME: Limit = { accounts: [], organizations: [], networks: [] };

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
const ADDRESSES = new Set(['aws:sourceip', 'aws:vpcsourceip']);
const SERVICES = new Set(['aws:principalservicename', 'aws:principalservicenameslist']);
// Maps, not objects: keys come from policies, and `constructor` is one that an object has.
const PLACES: ReadonlyMap<string, RegExp> = new Map([
  ['aws:sourcevpc', /^vpc-[0-9a-f]{8,17}$/],
  ['aws:sourcevpce', /^vpce-[0-9a-f]{8,17}$/],
]);
const USER_ID = /^(?:A[A-Z]{3}[A-Z0-9]{12,}|\d{12})(?::|$)/; // a role's or user's, whatever its session

/** Whom the values of a key leave; undefined if that is everybody, or any one value is. */
export function limitOf({ operator, key, values }: ConditionTest): Limit | undefined {
  if (values.length === 0) return undefined;
  if (ADDRESSES.has(key)) return limitToAddresses(operator, values);
  const limits = values.map((value) => limitOfValue(key, value));
  return limits.some((limit) => limit === undefined)
    ? undefined
    : together(limits.filter((limit) => limit !== undefined));
}

function limitOfValue(key: string, value: string): Limit | undefined {
  if (ACCOUNTS.has(key)) return limitToAccount(value.padStart(12, '0'));
  if (ARNS.has(key)) return limitToArn(value);
  if (ORGANIZATIONS.has(key)) return limitToOrganization(value);
  if (PLACES.get(key)?.test(value)) return { ...SOME, networks: [value] };
  if (SERVICES.has(key)) return /^[a-z0-9.-]+$/.test(value) ? SOME : undefined;
  return key === 'aws:userid' && USER_ID.test(value) ? SOME : undefined;
}

function limitToAccount(value: string): Limit | undefined {
  if (value.toLowerCase() === '${aws:resourceaccount}') return SOME; // our own
  return ACCOUNT_ID.test(value) ? { ...SOME, accounts: [value] } : undefined;
}

function limitToArn(value: string): Limit | undefined {
  const [, , service, , account = '', resource = ''] = value.split(':');
  // The name of a bucket is one owner's, whatever stands where others have the account.
  if (service === 's3' && /^[a-z0-9.-]+(?:\/|$)/.test(resource)) return SOME;
  return limitToAccount(account);
}

/** An organisation's id, or a path below it; or the one that the resource belongs to. */
function limitToOrganization(value: string): Limit | undefined {
  const [id = ''] = value.split('/');
  const isOne = /^o-[a-z0-9]{10,32}$/.test(id) || id.toLowerCase() === '${aws:resourceorgid}';
  return isOne ? { ...SOME, organizations: [id] } : undefined;
}

/** Only as addresses: compared as texts, a star in them lets anybody in. */
function limitToAddresses(operator: string, values: readonly string[]): Limit | undefined {
  const isOfAddresses = operator === 'ipaddress' || operator === 'notipaddress';
  const areNetworks = values.every((value) => isIP(value.replace(/\/.*$/, '')) !== 0);
  if (!isOfAddresses || !areNetworks || isWorldTogether(values)) return undefined;
  return { ...SOME, networks: values };
}

function together(limits: readonly Limit[]): Limit {
  return {
    accounts: [...new Set(limits.flatMap(({ accounts }) => accounts))],
    organizations: [...new Set(limits.flatMap(({ organizations }) => organizations))],
    networks: [...new Set(limits.flatMap(({ networks }) => networks))],
  };
}
