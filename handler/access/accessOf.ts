import type { CloudTrailRecord } from '../readLogFile.ts';
import { valueAt } from '../textAt.ts';
import type { Access, Grant } from './access.ts';
import { aclGrants } from './aclGrants.ts';
import { permissionGrants } from './permissionGrants.ts';
import { policyGrants } from './policyGrants.ts';
import { ruleGrants } from './ruleGrants.ts';
import { sharingGrants } from './sharingGrants.ts';

/**
 * What a request opens, and to whom (docs/watchlist.md): one element for each policy statement,
 * ACL grant, sharing list and security group rule in its parameters. What cannot be judged is an
 * element that says so; nothing throws.
 * @param isOurs whether an account id is a known or a trusted one
 */
export function accessOf(
  record: CloudTrailRecord,
  isOurs: (accountId: string) => boolean,
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
  everyone: false,
  accounts: [],
  organizations: [],
  services: [],
  actions: [],
  resources: [],
  conditioned: false,
  unknown: ['CloudTrail left the parameters out, they were too large'],
};

function toAccess(grant: Grant, isOurs: (accountId: string) => boolean): Access {
  const { everyone, unknown, ...rest } = grant;
  const allows = grant.effect === 'Allow';
  // An organisation's condition binds the accounts named beside it as well.
  const isOpen = allows && grant.organizations.length === 0;
  return {
    ...rest,
    public: allows && everyone,
    outside: isOpen ? grant.accounts.filter((account) => !isOurs(account)) : [],
    ...(unknown.length === 0 ? {} : { unknown: unknown.join('; ') }),
  };
}
