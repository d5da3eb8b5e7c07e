import { addressRange } from './addressRange.ts';
import { isScalar } from './conditionTest.ts';
import { parseAnythingBut } from './parseAnythingBut.ts';
import { parseNumeric } from './parseNumeric.ts';
import { parsePath } from './parsePath.ts';
import { parseText } from './parseText.ts';
import { parseWildcard } from './parseWildcard.ts';
import { type Conditions, isObject, type Parsing, refuse } from './parsing.ts';

type Operator = (parsing: Parsing, operand: unknown, label: string) => Conditions;

/** One condition at a leaf: a value to equal, or an object of one operator. */
export function parseCondition(parsing: Parsing, condition: unknown, label: string): Conditions {
  if (isScalar(condition)) {
    return [{ kind: 'exact', value: condition }];
  }
  if (!isObject(condition)) return refuse(parsing, label, 'expected a value or an operator');
  const [name, ...more] = Object.keys(condition);
  if (name === undefined || more.length > 0) {
    return refuse(parsing, label, 'expected an object of one operator');
  }
  const operator = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
  if (operator !== undefined) return operator(parsing, condition[name], `${label}.${name}`);
  const known = Object.keys(OPERATORS).join(', ');
  return refuse(parsing, label, `unknown operator ${JSON.stringify(name)}; expected ${known}`);
}

const OPERATORS: Readonly<Record<string, Operator>> = {
  prefix: affix('prefix'),
  suffix: affix('suffix'),
  'equals-ignore-case': textual((text) => [{ kind: 'equals-ignore-case', text }]),
  wildcard: textual((text, parsing, label) => {
    const parsed = parseWildcard(text);
    return 'value' in parsed
      ? [{ kind: 'wildcard', literals: parsed.value }]
      : refuse(parsing, label, parsed.problems.join('; '));
  }),
  'anything-but': parseAnythingBut,
  numeric: (parsing, operand, label) => {
    const parsed = parseNumeric(operand);
    return 'value' in parsed
      ? [{ kind: 'numeric', range: parsed.value }]
      : refuse(parsing, label, parsed.problems.join('; '));
  },
  cidr: textual((text, parsing, label) => {
    const parsed = addressRange(text);
    return 'value' in parsed
      ? [{ kind: 'addresses', ...parsed.value }]
      : refuse(parsing, label, parsed.problems.join('; '));
  }),
  exists: (parsing, operand, label) =>
    typeof operand === 'boolean'
      ? [{ kind: 'exists', exists: operand }]
      : refuse(parsing, label, 'expected true or false'),
  exactly: textual((text) => [{ kind: 'exactly', text }]),
  text: parseText,
  json: (parsing, operand, label) => {
    const pattern = parsing.parseJson(operand, label, parsing.depth);
    return pattern === undefined ? [] : [{ kind: 'json', pattern }];
  },
  'same-as': textual((text, parsing, label) => {
    const path = parsePath(text);
    return 'value' in path
      ? [{ kind: 'same-as', path: path.value }]
      : refuse(parsing, label, path.problems.join('; '));
  }),
  list: textual((name, parsing, label) => parsing.conditionsOfList(parsing, name, label)),
};

function textual(parse: (text: string, parsing: Parsing, label: string) => Conditions): Operator {
  return (parsing, operand, label) =>
    typeof operand === 'string'
      ? parse(operand, parsing, label)
      : refuse(parsing, label, 'expected a string');
}

function affix(kind: 'prefix' | 'suffix'): Operator {
  const expected = 'expected a string or {"equals-ignore-case": "..."}';
  return (parsing, operand, label) => {
    if (typeof operand === 'string') return [{ kind, text: operand }];
    if (!isObject(operand) || Object.keys(operand).length !== 1) {
      return refuse(parsing, label, expected);
    }
    const text = Object.hasOwn(operand, IGNORE_CASE) ? operand[IGNORE_CASE] : undefined;
    return typeof text === 'string'
      ? [{ kind: `${kind}-ignore-case`, text }]
      : refuse(parsing, label, expected);
  };
}

const IGNORE_CASE = 'equals-ignore-case';
