import { KNOWN_ACCOUNTS, type NamedLists } from '../../handler/pattern/namedLists.ts';
import type { Row } from '../planSeed.ts';

/**
 * What entries and suppressions ask in vain: named lists that are empty, and which accounts are ours
 * where none has an alias. One line for each list, however many ask.
 */
export function listWarnings(
  rows: readonly Row[],
  lists: NamedLists,
  knownAccounts: number,
): readonly string[] {
  const byList = Map.groupBy(
    rows.flatMap((row) => listsIn(row).map((list) => ({ list, id: String(row['id']) }))),
    ({ list }) => list,
  );
  return [...byList].flatMap(([list, asking]) => {
    const ids = [...new Set(asking.map(({ id }) => id))];
    if (list !== KNOWN_ACCOUNTS) {
      return lists.get(list)?.length === 0
        ? [`the list ${list} is empty: no condition on it holds, in ${placesOf(ids)}`]
        : [];
    }
    return knownAccounts > 0
      ? []
      : [
          `no account has an alias, so all but the event's own count as outside, in ${placesOf(ids)}`,
        ];
  });
}

function placesOf(ids: readonly string[]): string {
  const [first = ''] = ids;
  return ids.length === 1 ? first : `${ids.length} entries such as ${first}`;
}

/** The lists that conditions name; what is outside of our accounts asks for two of them. */
function listsIn(row: Row): readonly string[] {
  const names: string[] = [];
  JSON.stringify([row['pattern'], row['unless']], (key, part: unknown) => {
    if (key === 'list' && typeof part === 'string') names.push(part);
    if (key === 'outside') names.push(KNOWN_ACCOUNTS);
    return part;
  });
  return [...new Set(names)];
}
