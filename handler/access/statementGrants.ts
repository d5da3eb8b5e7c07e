import { type Audience, EVERYONE, type Grant, NOBODY, together } from './access.ts';
import { allOf, type Narrowing, narrowingOf } from './conditions.ts';
import { denialsOf } from './denials.ts';
import { elements, field, isFields, textsIn } from './fields.ts';
import { isShared, limitsLogins } from './limitsLogins.ts';
import { principalsIn, providerOf } from './principals.ts';

/** The statements of one policy as grants. Deny statements narrow the others. */
export function statementGrants(statements: readonly unknown[]): readonly Grant[] {
  const denials = denialsOf(statements.filter((statement) => effectOf(statement) === 'Deny'));
  return statements.map((statement) => {
    const grant = grantOf(statement);
    if (grant.effect === 'Deny') return grant;
    const own = narrowingOf(field(statement, 'Condition'));
    const all = [own, ...denials(grant)].filter((one) => one !== undefined);
    return all.length === 0 ? grant : narrowed(grant, allOf(all));
  });
}

function grantOf(statement: unknown): Grant {
  const condition = field(statement, 'Condition');
  const effect = effectOf(statement);
  const audience = audienceOf(statement);
  return {
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
  if (field(statement, 'NotPrincipal') !== undefined) return EVERYONE; // but a few
  const principal = field(statement, 'Principal');
  const condition = field(statement, 'Condition');
  const logins = elements([field(principal, 'Federated')]).map((value) =>
    loginsOf(value, condition),
  );
  return together([principalsIn(principal), ...logins]);
}

// Clusters and user pools of the account's own.
const OWN_PROVIDER = /^(?:oidc\.eks\.|oidc-eks\.|cognito-idp\.)/;

/** Whose logins of an identity provider get in, beyond its account. */
function loginsOf(value: unknown, condition: unknown): Audience {
  const provider = providerOf(value);
  if (provider === undefined || OWN_PROVIDER.test(provider)) return NOBODY;
  if (limitsLogins(provider, condition)) return NOBODY;
  return isShared(provider) ? EVERYONE : { ...NOBODY, unknown: [`any login of ${provider}`] };
}

/** Conditions on accounts say for whom only where the principals do not: everybody, or a service. */
function narrowed(grant: Grant, by: Narrowing): Grant {
  const isForNamed = !grant.everyone && grant.services.length === 0;
  const isFromPlaces = grant.everyone && by.networks.length > 0;
  return {
    ...grant,
    everyone: false,
    isBound: by.isBound,
    accounts: isForNamed ? grant.accounts : [...new Set([...grant.accounts, ...by.accounts])],
    organizations: [...new Set([...grant.organizations, ...by.organizations])],
    unknown: isFromPlaces
      ? [...grant.unknown, `everybody from ${by.networks.join(', ')}`]
      : grant.unknown,
  };
}
