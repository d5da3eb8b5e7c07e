import { folded } from './matchesWildcard.ts';
import { KNOWN_ACCOUNTS } from './namedLists.ts';
import { parsePath } from './parsePath.ts';
import { parseWildcard } from './parseWildcard.ts';
import { type Conditions, isObject, type Parsing, refuse } from './parsing.ts';
import type { Condition } from './pattern.ts';

const EXPECTED =
  'expected a string, a number, an array of either, or an object of one of prefix, suffix, equals-ignore-case, wildcard, list, same-as';

/** What stands at `anything-but`. */
export function parseAnythingBut(parsing: Parsing, operand: unknown, label: string): Conditions {
  if (!isObject(operand)) return butValues(parsing, operand, label);
  const [name, ...more] = Object.keys(operand);
  if (name === undefined || more.length > 0) return refuse(parsing, label, EXPECTED);
  const inner = `${label}.${name}`;
  const value = operand[name];
  switch (name) {
    case 'prefix':
    case 'suffix':
    case 'equals-ignore-case':
    case 'wildcard':
      return butTexts(parsing, name, value, inner);
    case 'list':
      return butList(parsing, value, inner);
    case 'same-as':
      return butSameAs(parsing, value, inner);
    default:
      return refuse(parsing, label, `unknown operator ${JSON.stringify(name)}; ${EXPECTED}`);
  }
}

function butValues(parsing: Parsing, operand: unknown, label: string): Conditions {
  const values = Array.isArray(operand) ? (operand as readonly unknown[]) : [operand];
  const ofOneType =
    values.every((value) => typeof value === 'string') ||
    values.every((value) => Number.isFinite(value));
  if (values.length === 0 || !ofOneType) return refuse(parsing, label, EXPECTED);
  // Every value is a string or every value a number, as was just seen.
  return but((values as readonly (string | number)[]).map((value) => ({ kind: 'exact', value })));
}

/** One text, or several, for prefix, suffix and the like; `refused` says what else is wrong. */
export function butTexts(
  parsing: Parsing,
  name: 'prefix' | 'suffix' | 'equals-ignore-case' | 'wildcard' | 'wildcard-ignore-case',
  value: unknown,
  label: string,
): Conditions {
  const texts = Array.isArray(value) ? (value as readonly unknown[]) : [value];
  if (texts.length === 0 || !texts.every((text) => typeof text === 'string')) {
    return refuse(parsing, label, 'expected a string or an array of strings');
  }
  const isAffix = name === 'prefix' || name === 'suffix';
  if (isAffix && texts.includes(''))
    return refuse(parsing, label, 'expected a text that is not empty');
  // event-ruler reads such a pattern by an older grammar, which knows less.
  if (parsing.orIsName && (name === 'wildcard' || (isAffix && Array.isArray(value)))) {
    return refuse(parsing, label, 'not where "$or" is the name of a field');
  }
  if (name !== 'wildcard' && name !== 'wildcard-ignore-case') {
    return but(texts.map((text) => ({ kind: name, text })));
  }
  const conditions: Condition[] = [];
  for (const text of texts) {
    const parsed = parseWildcard(text);
    if ('problems' in parsed) refuse(parsing, label, parsed.problems.join('; '));
    else conditions.push({ kind: name, literals: foldedFor(name, parsed.value) });
  }
  return but(conditions);
}

function butList(parsing: Parsing, name: unknown, label: string): Conditions {
  if (typeof name !== 'string') return refuse(parsing, label, 'expected the name of a list');
  if (name === KNOWN_ACCOUNTS) return but([{ kind: 'known-accounts' }]);
  const conditions = parsing.lists.get(name);
  if (conditions === undefined) return parsing.conditionsOfList(parsing, name, label);
  return conditions.every((value) => typeof value === 'string')
    ? but(conditions.map((value) => ({ kind: 'exact', value })))
    : refuse(parsing, label, `the list ${JSON.stringify(name)} holds more than exact strings`);
}

function butSameAs(parsing: Parsing, text: unknown, label: string): Conditions {
  if (typeof text !== 'string') return refuse(parsing, label, 'expected a path');
  const path = parsePath(text);
  return 'value' in path
    ? [{ kind: 'anything-but-same-as', path: path.value }]
    : refuse(parsing, label, path.problems.join('; '));
}

const but = (conditions: Conditions): Conditions => [{ kind: 'anything-but', conditions }];

function foldedFor(name: 'wildcard' | 'wildcard-ignore-case', literals: readonly string[]) {
  return name === 'wildcard' ? literals : literals.map(folded);
}
