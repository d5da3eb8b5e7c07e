import type { Parsed } from '../parseBy.ts';
import { KNOWN_ACCOUNTS } from './namedLists.ts';
import { parseCondition } from './parseCondition.ts';
import { type Conditions, isObject, type Parsing, refuse } from './parsing.ts';

const NOT_IN_LISTS = ['list', 'json', 'same-as', 'exists'];

/** A named list's conditions; it may be empty. */
export function parseList(conditions: unknown): Parsed<readonly unknown[]> {
  if (!Array.isArray(conditions)) return { problems: ['expected an array of conditions'] };
  const written: readonly unknown[] = conditions;
  const { problems } = parsedList(written);
  return problems.length > 0 ? { problems } : { value: written };
}

/** The conditions that `{"list": NAME}` stands for. */
export function conditionsOfList(parsing: Parsing, name: string, label: string): Conditions {
  if (name === KNOWN_ACCOUNTS) return [{ kind: 'known-accounts' }];
  const written = parsing.lists.get(name);
  if (written === undefined) {
    const known = [KNOWN_ACCOUNTS, ...parsing.lists.keys()].join(', ');
    return refuse(parsing, label, `unknown list ${JSON.stringify(name)}; known: ${known}`);
  }
  const { conditions, problems } = parsedList(written);
  for (const problem of problems) refuse(parsing, label, `list ${JSON.stringify(name)}${problem}`);
  return conditions;
}

interface ParsedList {
  readonly conditions: Conditions;
  readonly problems: readonly string[];
}

// A list may be long, and many entries may name it.
const parsedLists = new WeakMap<readonly unknown[], ParsedList>();

function parsedList(written: readonly unknown[]): ParsedList {
  const before = parsedLists.get(written);
  if (before !== undefined) return before;
  const problems: string[] = [];
  const parsing: Parsing = {
    lists: new Map(),
    problems,
    orIsName: false,
    facts: [],
    parseCondition,
    conditionsOfList,
    /* c8 ignore next */
    parseJson: () => undefined, // forbidden below
    depth: 0,
  };
  const conditions = written.flatMap((condition, index) => {
    const name = forbidden(condition);
    return name === undefined
      ? parseCondition(parsing, condition, `[${index}]`)
      : refuse(parsing, `[${index}]`, `${name} cannot stand in a list`);
  });
  const list = { conditions, problems };
  parsedLists.set(written, list);
  return list;
}

/** The operator in a condition, however deep, that lists do not hold. */
function forbidden(condition: unknown): string | undefined {
  for (let inner = condition; isObject(inner); ) {
    const [name = ''] = Object.keys(inner);
    if (NOT_IN_LISTS.includes(name)) return name;
    inner = inner[name];
  }
  return undefined;
}
