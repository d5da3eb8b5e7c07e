import type { AccountAliases } from '../accountAlias.ts';
import { present } from '../present.ts';
import type { Originator } from './followChain.ts';

/** The same, with the names of the accounts in the chain. */
export function withAliases(
  originator: Originator,
  aliases: AccountAliases['byAccountId'],
): Originator {
  const { chain } = originator;
  if (chain === undefined) return originator;
  const named = chain.map((step) => {
    const alias = step.accountId === undefined ? undefined : aliases.get(step.accountId)?.alias;
    return { ...step, ...present({ alias }) };
  });
  return { ...originator, chain: named };
}
