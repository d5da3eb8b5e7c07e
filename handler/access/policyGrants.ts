import { type Call, type Grant, NOBODY } from './access.ts';
import { policiesIn } from './policiesIn.ts';
import { statementGrants } from './statementGrants.ts';

/** What the policy documents among a call's parameters allow and deny. */
export function policyGrants({ parameters }: Call): readonly Grant[] {
  const { policies, unknown } = policiesIn(parameters);
  return [
    ...policies.flatMap(statementGrants),
    ...unknown.map((why) => ({
      effect: 'Allow' as const,
      ...NOBODY,
      actions: [],
      resources: [],
      conditioned: false,
      unknown: [why],
    })),
  ];
}
