import { type ConditionTest, testsIn } from './conditionTests.ts';
import { type Limit, limitOf, SOME } from './limitOf.ts';

/** How conditions limit a statement that is for everybody. */
export interface Narrowing {
  readonly accounts: readonly string[];
  readonly organizations: readonly string[];
  readonly isBound: boolean; // only members of the organisations are left
  readonly networks: readonly string[]; // whoever is there gets in, of whatever account
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

/** How the conditions of an Allow narrow it: all of them must be met. Nothing if they do not. */
export function narrowingOf(condition: unknown): Narrowing | undefined {
  const tests = testsIn(condition);
  const mustBeThere = new Set(
    tests.flatMap(({ operator, key, values }) =>
      operator === 'null' && values.join() === 'false' ? [key] : [],
    ),
  );
  const limits = tests.flatMap((test) => {
    // Both hold where the key is absent, as it is for a stranger, unless it must be there.
    const isSpared = test.ifExists || test.set === 'forallvalues';
    if (isSpared && !mustBeThere.has(test.key)) return [];
    if (isNarrowFlag(test)) return [SOME];
    return HOLDS_FOR.has(test.operator) ? (limitOf(test) ?? []) : [];
  });
  return limits.length === 0 ? undefined : allOf(limits.map((limit) => anyOf([limit])));
}

/**
 * How a Deny narrows what it covers: if everybody meets its conditions but those whom they name. All
 * of them must be of that kind, or spare AWS services; who is named by any of them is left.
 */
export function narrowingOfDeny(condition: unknown): Narrowing | undefined {
  const tests = testsIn(condition).filter((test) => !isSparingServices(test));
  const limits = tests.flatMap((test) =>
    test.set !== 'foranyvalue' && HOLDS_FOR_OTHERS.has(test.operator) ? (limitOf(test) ?? []) : [],
  );
  return limits.length === tests.length ? anyOf(limits) : undefined;
}

/** Whoever is left by any of some limits; nobody by none. */
function anyOf(limits: readonly Limit[]): Narrowing {
  const accounts = limits.flatMap((limit) => limit.accounts);
  const networks = limits.flatMap((limit) => limit.networks);
  const isOfMembers = ({ organizations, accounts: some, networks: places }: Limit) =>
    organizations.length > 0 && some.length + places.length === 0;
  return {
    accounts,
    networks,
    organizations: limits.flatMap((limit) => limit.organizations),
    isBound: limits.length > 0 && limits.every(isOfMembers),
  };
}

/** Whoever is left by all of some narrowings. */
export function allOf(all: readonly Narrowing[]): Narrowing {
  return {
    accounts: [...new Set(all.flatMap(({ accounts }) => accounts))],
    organizations: [...new Set(all.flatMap(({ organizations }) => organizations))],
    isBound: all.some(({ isBound }) => isBound),
    networks: all.every(({ networks }) => networks.length > 0)
      ? [...new Set(all.flatMap(({ networks }) => networks))]
      : [],
  };
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
  return operator === 'bool' && key === 'aws:principalisawsservice' && values.join() === 'false';
}
