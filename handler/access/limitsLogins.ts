import { testsIn } from './conditionTests.ts';

// Claims that name whose login it is, and how; their audience is AWS's for everybody but a few.
const OWNER = /^[a-z_]+:[^/:*?]+[/:]/;
const ANY = /^[^*?]+$/;
const OWNERS = mapOf({
  'token.actions.githubusercontent.com': mapOf({
    sub: /^(?:repo|repository|repository_owner|job_workflow_ref):[^/:*?]+(?:[/:]|$)/,
    repository: /^[^/*?]+\//,
    repository_id: ANY,
    repository_owner: ANY,
    repository_owner_id: ANY,
    job_workflow_ref: /^[^/*?]+\//,
    enterprise: ANY,
  }),
  'gitlab.com': mapOf({
    sub: OWNER,
    namespace_id: ANY,
    namespace_path: ANY,
    project_id: ANY,
    project_path: /^[^/*?]+\//,
  }),
  'app.terraform.io': mapOf({
    sub: OWNER,
    terraform_organization_id: ANY,
    terraform_organization_name: ANY,
  }),
  'agent.buildkite.com': mapOf({ sub: OWNER, organization_slug: ANY, organization_id: ANY }),
  'cognito-identity.amazonaws.com': mapOf({ aud: ANY, sub: ANY }),
  'accounts.google.com': mapOf({ aud: ANY, oaud: ANY, sub: ANY }),
  'www.amazon.com': mapOf({ app_id: ANY, user_id: ANY }),
  'graph.facebook.com': mapOf({ app_id: ANY, id: ANY }),
});

/** Looked up by what policies say, where `constructor` must find nothing. */
function mapOf<T>(fields: Readonly<Record<string, T>>): ReadonlyMap<string, T> {
  return new Map(Object.entries(fields));
}

const HOLDS_FOR = new Set(['stringequals', 'stringequalsignorecase', 'stringlike']);

/** Whether conditions limit the logins of an identity provider to those of somebody. */
export function limitsLogins(provider: string, condition: unknown): boolean {
  const owners = OWNERS.get(provider);
  return testsIn(condition).some(({ operator, set, ifExists, key, values }) => {
    if (!HOLDS_FOR.has(operator) || ifExists || set === 'forallvalues') return false;
    if (!key.startsWith(`${provider}:`) || values.length === 0) return false;
    const claim = key.slice(provider.length + 1);
    // Of a provider that we do not know any claim but the audience may name an owner.
    const form = owners === undefined ? (claim === 'aud' ? undefined : ANY) : owners.get(claim);
    return form !== undefined && values.every((value) => form.test(value));
  });
}

/** Whether everybody can have a login of a provider. */
export function isShared(provider: string): boolean {
  return OWNERS.has(provider);
}
