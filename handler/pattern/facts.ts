/** What a pattern, and a path, may name under `trailwatch`. */
export const FACTS = [
  'trailwatch.principal.key',
  'trailwatch.principal.label',
  'trailwatch.account.alias',
  'trailwatch.account.owner',
  'trailwatch.account.environment',
  'trailwatch.account.known',
  'trailwatch.source.kind',
  'trailwatch.access.effect',
  'trailwatch.access.public',
  'trailwatch.access.accounts',
  'trailwatch.access.outside',
  'trailwatch.access.organizations',
  'trailwatch.access.services',
  'trailwatch.access.actions',
  'trailwatch.access.resources',
  'trailwatch.access.conditioned',
  'trailwatch.access.unknown',
  'trailwatch.access.protocol',
  'trailwatch.access.fromPort',
  'trailwatch.access.toPort',
] as const;

/** What exceptions may name besides: it is looked up after a pattern has matched. */
export const ORIGINATOR_FACTS = [
  'trailwatch.originator.kind',
  'trailwatch.originator.name',
  'trailwatch.originator.arn',
  'trailwatch.originator.accountId',
] as const;
