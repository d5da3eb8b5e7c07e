import { matchesWildcard } from '../pattern/matchesWildcard.ts';
import { type Audience, type Grant, NOBODY, together } from './access.ts';
import { limitsLogins, narrowingOf, narrowingOfDeny } from './conditions.ts';
import { elements, field, isFields, textsIn } from './fields.ts';
import type { Narrowing } from './limitOf.ts';
import { principalsIn, providerOf } from './principals.ts';

const MOST_DENIES = 50; // compared with each Allow: a policy of 100 KB may hold a thousand of both

/** The statements of one policy as grants. Deny statements narrow the others. */
export function statementGrants(statements: readonly unknown[]): readonly Grant[] {
  const read = statements.map((statement) => ({ statement, grant: grantOf(statement) }));
  const denies = read.filter(({ statement }) => effectOf(statement) === 'Deny');
  const limits = denies.slice(0, MOST_DENIES).flatMap(({ statement, grant }) => {
    const limit = narrowingOfDeny(field(statement, 'Condition'));
    const isWide = grant.everyone && field(statement, 'NotAction') === undefined;
    return isWide && limit.narrows ? [{ grant, limit }] : [];
  });
  return read.map(({ grant }) => {
    if (grant.effect === 'Deny') return grant;
    const own = limits.filter((deny) => covers(deny.grant, grant)).map(({ limit }) => limit);
    return own.reduce(narrowed, grant);
  });
}

function grantOf(statement: unknown): Grant {
  const condition = field(statement, 'Condition');
  const effect = effectOf(statement);
  const audience = audienceOf(statement);
  const grant: Grant = {
    effect: effect === 'Deny' ? 'Deny' : 'Allow',
    ...audience,
    actions: listed(statement, 'Action'),
    resources: listed(statement, 'Resource'),
    conditioned: isFields(condition) && Object.keys(condition).length > 0,
    unknown:
      effect === undefined
        ? [...audience.unknown, 'a statement without the effect Allow or Deny']
        : audience.unknown,
  };
  return narrowed(grant, narrowingOf(condition));
}

function effectOf(statement: unknown): 'Allow' | 'Deny' | undefined {
  const effect = field(statement, 'Effect');
  return effect === 'Allow' || effect === 'Deny' ? effect : undefined;
}

/** `NotAction` and `NotResource` are everything but a little. */
function listed(statement: unknown, name: string): readonly string[] {
  return field(statement, `Not${name}`) === undefined ? textsIn(field(statement, name)) : ['*'];
}

function audienceOf(statement: unknown): Audience {
  // Everybody but a few; of a Deny too, which then spares those few.
  if (field(statement, 'NotPrincipal') !== undefined) return { ...NOBODY, everyone: true };
  const principal = field(statement, 'Principal');
  const named = principalsIn(principal);
  const shared = elements([field(principal, 'Federated')]).flatMap(
    (value) => providerOf(value) ?? [],
  );
  const isUnlimited = shared.some((name) => !limitsLogins(name, field(statement, 'Condition')));
  return isUnlimited ? together([named, { ...NOBODY, everyone: true }]) : named;
}

/** Conditions on accounts say for whom only where the principals do not: everybody, or a service. */
function narrowed(grant: Grant, { narrows, accounts, organizations }: Narrowing): Grant {
  if (!narrows) return grant;
  const isForNamed = !grant.everyone && grant.services.length === 0;
  return {
    ...grant,
    everyone: false,
    accounts: isForNamed ? grant.accounts : [...new Set([...grant.accounts, ...accounts])],
    organizations: [...new Set([...grant.organizations, ...organizations])],
  };
}

/** Whether a Deny reaches all that an Allow allows. */
function covers(deny: Grant, allow: Grant): boolean {
  return (
    allow.actions.every((action) => anyMatches(deny.actions, action.toLowerCase())) &&
    allow.resources.every((resource) => anyMatches(deny.resources, resource.toLowerCase()))
  );
}

function anyMatches(patterns: readonly string[], text: string): boolean {
  return patterns.some((pattern) => matchesWildcard(text, pattern.toLowerCase().split('*')));
}
