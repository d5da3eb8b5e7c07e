import { isFields, textsIn } from './fields.ts';
import { ACCOUNT_ID } from './principals.ts';
import { isWorld } from './world.ts';

/** To whom the conditions of a statement limit it, beyond its principals. */
export interface Narrowing {
  readonly narrows: boolean; // not everybody can meet them
  readonly accounts: readonly string[];
  readonly organizations: readonly string[];
}

interface Test {
  readonly operator: string; // in lower case, without set and `IfExists`
  readonly set: string; // `foranyvalue`, `forallvalues` or ``
  readonly ifExists: boolean;
  readonly key: string; // in lower case
  readonly values: readonly string[];
}

const HOLDS_FOR = new Set([
  'stringequals',
  'stringequalsignorecase',
  'stringlike',
  'arnequals',
  'arnlike',
  'ipaddress',
]);
const HOLDS_FOR_OTHERS = new Set([
  'stringnotequals',
  'stringnotequalsignorecase',
  'stringnotlike',
  'arnnotequals',
  'arnnotlike',
  'notipaddress',
]);

/** How the conditions of an Allow narrow it. */
export function narrowingOf(condition: unknown): Narrowing {
  return together(
    testsIn(condition).flatMap((test) => {
      // Both hold where the key is absent, as it is for a stranger.
      if (test.ifExists || test.set === 'forallvalues') return [];
      if (isNarrowFlag(test)) return [NARROW];
      return HOLDS_FOR.has(test.operator) ? limitOf(test) : [];
    }),
  );
}

/**
 * How a Deny narrows what it covers: if everybody meets its conditions but those whom they name.
 * All of them must be of that kind, or spare calls of AWS services.
 */
export function narrowingOfDeny(condition: unknown): Narrowing {
  const tests = testsIn(condition).filter((test) => !isSparingServices(test));
  const limits = tests.flatMap((test) =>
    test.set !== 'foranyvalue' && HOLDS_FOR_OTHERS.has(test.operator) ? limitOf(test) : [],
  );
  // Without any test it denies everybody everything.
  return limits.length === tests.length ? { ...together(limits), narrows: true } : OPEN;
}

/** Whether conditions limit the logins of a shared identity provider to some of them. */
export function limitsLogins(provider: string, condition: unknown): boolean {
  return testsIn(condition).some(
    ({ operator, set, ifExists, key, values }) =>
      HOLDS_FOR.has(operator) &&
      !ifExists &&
      set !== 'forallvalues' &&
      key.startsWith(`${provider}:`) &&
      (APPLICATION_IN_AUDIENCE.has(provider) || !key.endsWith(':aud')) &&
      values.length > 0 &&
      values.every(isSomeLogins),
  );
}

// Their audience is the application; of the others it is AWS, for everybody.
const APPLICATION_IN_AUDIENCE = new Set([
  'cognito-identity.amazonaws.com',
  'accounts.google.com',
  'www.amazon.com',
]);

/** A subject without wildcard, or with its owner written out: `repo:acme/*`, not `repo:acme*`. */
function isSomeLogins(value: string): boolean {
  const [literal = '', ...rest] = value.split(/[*?]/);
  return rest.length === 0 ? literal !== '' : /^[a-z_]+:[^/:]+[/:]/.test(literal);
}

function testsIn(condition: unknown): readonly Test[] {
  if (!isFields(condition)) return [];
  return Object.entries(condition).flatMap(([written, keys]) => {
    const [, set = '', name = '', ifExists] =
      /^(?:(foranyvalue|forallvalues):)?(\w+?)(ifexists)?$/.exec(written.toLowerCase()) ?? [];
    return Object.entries(isFields(keys) ? keys : {}).map(([key, values]) => ({
      operator: name,
      set,
      ifExists: ifExists !== undefined,
      key: key.toLowerCase(),
      values: elementsAsTexts(values),
    }));
  });
}

/** The texts of a condition's values: booleans may stand without quotation marks. */
function elementsAsTexts(values: unknown): readonly string[] {
  return typeof values === 'boolean' ? [String(values)] : textsIn(values);
}

/** Only AWS services, or for a file system only machines in networks that mount it. */
function isNarrowFlag({ operator, key, values }: Test): boolean {
  return operator === 'bool' && NARROW_FLAGS.has(key) && values.join() === 'true';
}

const NARROW_FLAGS = new Set([
  'aws:principalisawsservice',
  'elasticfilesystem:accessedviamounttarget',
]);

function isSparingServices({ operator, key, values }: Test): boolean {
  const isOnServices = key === 'aws:principalisawsservice' || key === 'aws:viaawsservice';
  return operator === 'bool' && isOnServices && values.join() === 'false';
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
function limitOf({ key, values }: Test): readonly Narrowing[] {
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

const NARROW: Narrowing = { narrows: true, accounts: [], organizations: [] };
const OPEN: Narrowing = { narrows: false, accounts: [], organizations: [] };

function together(limits: readonly Narrowing[]): Narrowing {
  return {
    narrows: limits.length > 0,
    accounts: [...new Set(limits.flatMap(({ accounts }) => accounts))],
    organizations: [...new Set(limits.flatMap(({ organizations }) => organizations))],
  };
}
