import { folded } from './matchesWildcard.ts';
import { butTexts, parseAnythingBut } from './parseAnythingBut.ts';
import { parseWildcard } from './parseWildcard.ts';
import { type Conditions, isObject, type Parsing, refuse } from './parsing.ts';

const OPERATORS = [
  'prefix',
  'suffix',
  'equals-ignore-case',
  'exactly',
  'wildcard',
  'wildcard-ignore-case',
  'anything-but',
  'exists',
  'list',
];
const EXPECTED = `expected a string or an operator for strings: ${OPERATORS.join(', ')}`;

/** What stands at `text`: one condition on a string. */
export function parseText(parsing: Parsing, operand: unknown, label: string): Conditions {
  const conditions = parseStringCondition(parsing, operand, label);
  // An empty list stands for no condition, and then the text meets none.
  return [{ kind: 'text', conditions }];
}

function parseStringCondition(parsing: Parsing, operand: unknown, label: string): Conditions {
  if (typeof operand === 'string') return parsing.parseCondition(parsing, operand, label);
  if (!isObject(operand)) return refuse(parsing, label, EXPECTED);
  const [name, ...more] = Object.keys(operand);
  if (name === undefined || more.length > 0 || !OPERATORS.includes(name)) {
    return refuse(parsing, label, EXPECTED);
  }
  const value = operand[name];
  if (name === 'wildcard-ignore-case')
    return wildcardIgnoreCase(parsing, value, `${label}.${name}`);
  if (name === 'anything-but') return butText(parsing, value, `${label}.${name}`);
  return parsing.parseCondition(parsing, operand, label);
}

function wildcardIgnoreCase(parsing: Parsing, value: unknown, label: string): Conditions {
  if (typeof value !== 'string') return refuse(parsing, label, 'expected a string');
  const parsed = parseWildcard(value);
  return 'value' in parsed
    ? [{ kind: 'wildcard-ignore-case', literals: parsed.value.map(folded) }]
    : refuse(parsing, label, parsed.problems.join('; '));
}

function butText(parsing: Parsing, value: unknown, label: string): Conditions {
  if (isObject(value) && Object.keys(value).length === 1) {
    if (Object.hasOwn(value, 'same-as')) return refuse(parsing, label, EXPECTED);
    if (Object.hasOwn(value, 'wildcard-ignore-case')) {
      const inner = `${label}.wildcard-ignore-case`;
      return butTexts(parsing, 'wildcard-ignore-case', value['wildcard-ignore-case'], inner);
    }
  }
  const isNumeric = [value].flat().some((each) => typeof each === 'number');
  return isNumeric ? refuse(parsing, label, EXPECTED) : parseAnythingBut(parsing, value, label);
}
