import { type NamedLists, TRUSTED_ACCOUNTS } from './pattern/namedLists.ts';
import { patternCompiler } from './pattern/patternCompiler.ts';

/**
 * Whether the list `trusted-accounts` holds the id of an account or an organisation. Without the list
 * no account is trusted; while it names no organisation each is taken for ours, as most are.
 */
export function compileTrusted(lists: NamedLists): (id: string) => boolean {
  const parsed = patternCompiler(lists).pattern({ id: [{ list: TRUSTED_ACCOUNTS }] });
  const isListed = 'problems' in parsed ? () => false : parsed.value.matches;
  const namesOrganization = lists.get(TRUSTED_ACCOUNTS)?.some(isOrganization) ?? false;
  return (id) =>
    (isOrganization(id) && !namesOrganization) || isListed({ record: { id }, ...NOTHING_ELSE });
}

function isOrganization(id: unknown): boolean {
  return typeof id === 'string' && id.startsWith('o-');
}

// The conditions of a list ask for neither.
/* c8 ignore next 4 */
const NOTHING_ELSE = {
  facts: () => ({}),
  isKnownAccount: () => false,
};
