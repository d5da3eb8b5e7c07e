import type { CloudTrailRecord } from '../readLogFile.ts';
import { valueAt } from '../textAt.ts';
import { type Access, type Grant, NOBODY } from './access.ts';
import { aclGrants } from './aclGrants.ts';
import { permissionGrants } from './permissionGrants.ts';
import { policyGrants } from './policyGrants.ts';
import { ruleGrants } from './ruleGrants.ts';
import { sharingGrants } from './sharingGrants.ts';

/**
 * What a request opens, and to whom (docs/watchlist.md): one element for each policy statement,
 * ACL grant, sharing list and security group rule in its parameters. What cannot be judged is an
 * element that says so; nothing throws.
 * @param isOurs whether an account is a known or a trusted one, or an organisation is
 */
export function accessOf(
  record: CloudTrailRecord,
  isOurs: (id: string) => boolean,
): readonly Access[] {
  const parameters = valueAt(record, 'requestParameters');
  const omitted = valueAt(parameters, 'omitted') === true;
  if (omitted) return [toAccess(tooLarge, isOurs)];
  const call = {
    eventSource: record.eventSource,
    eventName: record.eventName,
    parameters,
  };
  const finders = [policyGrants, permissionGrants, sharingGrants, aclGrants, ruleGrants];
  return finders.flatMap((find) => find(call)).map((grant) => toAccess(grant, isOurs));
}

const tooLarge: Grant = {
  effect: 'Allow',
  ...NOBODY,
  actions: [],
  resources: [],
  conditioned: false,
  unknown: ['CloudTrail left the parameters out, they were too large'],
};

function toAccess(grant: Grant, isOurs: (id: string) => boolean): Access {
  const { everyone, isBound: _bound, unknown, ...rest } = grant;
  const allows = grant.effect === 'Allow';
  return {
    ...rest,
    public: allows && everyone,
    outside: allows ? outsideOf(grant, isOurs) : [],
    ...(unknown.length === 0 ? {} : { unknown: unknown.join('; ') }),
  };
}

/** Members of an organisation of ours are ours, whatever account is named beside it. */
function outsideOf(
  { accounts, organizations, isBound }: Grant,
  isOurs: (id: string) => boolean,
): readonly string[] {
  const others = organizations.filter((id) => !id.startsWith('$') && !isOurs(id));
  if (isBound) return others;
  return [...accounts.filter((account) => !isOurs(account)), ...others];
}
