/** What a pattern, and a path, may name under `trailwatch`. */
export const FACTS = [
  'trailwatch.principal.key',
  'trailwatch.principal.label',
  'trailwatch.account.alias',
  'trailwatch.account.owner',
  'trailwatch.account.environment',
  'trailwatch.account.known',
  'trailwatch.source.kind',
] as const;
