import type { Parsed } from '../parseBy.ts';
import type { NumericRange } from './pattern.ts';

const EXPECTED = 'expected [OPERATOR, NUMBER] or [">" or ">=", NUMBER, "<" or "<=", NUMBER]';
const EVERYTHING = {
  low: -Number.MAX_VALUE,
  high: Number.MAX_VALUE,
  withLow: true,
  withHigh: true,
};

/** What stands at `numeric`. */
export function parseNumeric(value: unknown): Parsed<NumericRange> {
  if (!Array.isArray(value) || (value.length !== 2 && value.length !== 4)) return problem(EXPECTED);
  const [operator, number, second, upper]: unknown[] = value;
  if (!isNumber(number)) return problem(`a bound is not a number, ${EXPECTED}`);
  if (value.length === 2) return checked(operator, oneSided(operator, number));
  if (!isNumber(upper)) return problem(`a bound is not a number, ${EXPECTED}`);
  if (operator !== '>' && operator !== '>=') return checked(operator, undefined);
  if (second !== '<' && second !== '<=') return checked(second, undefined);
  return checked(operator, {
    low: number,
    high: upper,
    withLow: operator === '>=',
    withHigh: second === '<=',
  });
}

function oneSided(operator: unknown, number: number): NumericRange | undefined {
  switch (operator) {
    case '=':
      return { low: number, high: number, withLow: true, withHigh: true };
    case '<':
    case '<=':
      return { ...EVERYTHING, high: number, withHigh: operator === '<=' };
    case '>':
    case '>=':
      return { ...EVERYTHING, low: number, withLow: operator === '>=' };
    default:
      return undefined;
  }
}

function checked(operator: unknown, range: NumericRange | undefined): Parsed<NumericRange> {
  if (range === undefined)
    return problem(`unknown comparison ${JSON.stringify(operator)}, ${EXPECTED}`);
  if (operator !== '=' && range.low >= range.high) {
    return problem('the lower bound is not below the upper one');
  }
  return { value: range };
}

/** Beyond the largest double JSON text gives infinity, which event-ruler compares with nothing. */
const isNumber = (value: unknown): value is number => Number.isFinite(value);

const problem = (text: string) => ({ problems: [text] });
