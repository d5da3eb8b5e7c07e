import { KNOWN_ACCOUNTS, type NamedLists } from '../handler/pattern/namedLists.ts';
import type { Row } from './planSeed.ts';

/**
 * The lists that an entry or a suppression names in vain: empty ones, and the accounts that are
 * known where none has an alias.
 */
export function listWarnings(
  row: Row,
  lists: NamedLists,
  knownAccounts: number,
): readonly string[] {
  const names = listNamesIn([row['pattern'], row['unless']]);
  return names.flatMap((name) => {
    if (name === KNOWN_ACCOUNTS) {
      return knownAccounts > 0
        ? []
        : [
            `${String(row['id'])}: no account has an alias, so each but the record's own is unknown to ${name}`,
          ];
    }
    return lists.get(name)?.length === 0 ? [`${String(row['id'])}: the list ${name} is empty`] : [];
  });
}

/** The lists that conditions name. */
function listNamesIn(value: unknown): string[] {
  const names: string[] = [];
  JSON.stringify(value, (key, part: unknown) => {
    if (key === 'list' && typeof part === 'string') names.push(part);
    return part;
  });
  return [...new Set(names)];
}
