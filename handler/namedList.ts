import * as v from 'valibot';
import { type Parsed, parseBy } from './parseBy.ts';
import { KNOWN_ACCOUNTS, type NamedLists } from './pattern/namedLists.ts';
import { parseList } from './pattern/parseList.ts';
import { printable } from './printable.ts';
import { textAt } from './textAt.ts';

/** The event name under which the Watchlist table keeps named lists. */
export const LIST_ROWS = '$list';

const name = v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,80}$/, 'must match ^[a-z0-9-]{1,80}$'));
const conditions = v.array(v.unknown());

/** A named list as a row of the Watchlist table. */
export const listRowSchema = v.strictObject({
  eventName: v.literal(LIST_ROWS),
  id: name,
  conditions,
});

/** Named lists as their seed file holds them: `{NAME: [condition, ...]}`. */
export const listsSchema = v.record(name, conditions);

export type ListRow = v.InferOutput<typeof listRowSchema>;

/** A row of a named list, or what is wrong with it. */
export function parseListRow(value: unknown): Parsed<ListRow> {
  const parsed = parseBy(listRowSchema, value);
  if ('problems' in parsed) return parsed;
  const { id } = parsed.value;
  if (id === KNOWN_ACCOUNTS)
    return { problems: [`${id}: made of the account aliases; rename this`] };
  const list = parseList(parsed.value.conditions);
  return 'problems' in list ? list : parsed;
}

/** The lists among the rows of the Watchlist table; a malformed one is left out, and told. */
export function compileLists(rows: readonly unknown[]): {
  readonly lists: NamedLists;
  readonly refused: readonly string[]; // `list NAME: problem`
} {
  const lists = new Map<string, readonly unknown[]>();
  const refused: string[] = [];
  for (const row of rows) {
    const parsed = parseListRow(row);
    if ('value' in parsed) lists.set(parsed.value.id, parsed.value.conditions);
    else {
      const id = printable(textAt(row, 'id') ?? 'a row without id', 80);
      refused.push(`list ${id}: ${parsed.problems.join('; ')}`);
    }
  }
  return { lists, refused };
}

/** Whether a row of the Watchlist table is a named list. */
export function isListRow(row: unknown): boolean {
  return textAt(row, 'eventName') === LIST_ROWS;
}
