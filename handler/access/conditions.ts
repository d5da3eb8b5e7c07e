import { type ConditionTest, testsIn } from './conditionTests.ts';
import { limitOf, NARROW, type Narrowing, OPEN, together } from './limitOf.ts';

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

/** Only AWS services, or for a file system only machines in networks that mount it. */
function isNarrowFlag({ operator, key, values }: ConditionTest): boolean {
  return operator === 'bool' && NARROW_FLAGS.has(key) && values.join() === 'true';
}

const NARROW_FLAGS = new Set([
  'aws:principalisawsservice',
  'elasticfilesystem:accessedviamounttarget',
]);

function isSparingServices({ operator, key, values }: ConditionTest): boolean {
  const isOnServices = key === 'aws:principalisawsservice' || key === 'aws:viaawsservice';
  return operator === 'bool' && isOnServices && values.join() === 'false';
}
