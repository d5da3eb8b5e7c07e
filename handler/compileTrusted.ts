import { compilePattern } from './pattern/compilePattern.ts';
import { type NamedLists, TRUSTED_ACCOUNTS } from './pattern/namedLists.ts';
import { parsePattern } from './pattern/parsePattern.ts';

/** Whether the list `trusted-accounts` holds an account id; nobody is trusted without one. */
export function compileTrusted(lists: NamedLists): (accountId: string) => boolean {
  const parsed = parsePattern({ accountId: [{ list: TRUSTED_ACCOUNTS }] }, lists);
  if ('problems' in parsed) return () => false;
  const isListed = compilePattern(parsed.value);
  return (accountId) => isListed({ record: { accountId }, ...NOTHING_ELSE });
}

// The conditions of a list ask for neither.
/* c8 ignore next 4 */
const NOTHING_ELSE = {
  facts: () => ({}),
  isKnownAccount: () => false,
};
