import { hexAddress } from './hexAddress.ts';
import { caseForms, endOfForms, startOfForms } from './ignoringCase.ts';
import { isInAddressRange } from './isInAddressRange.ts';
import { folded, matchesWildcard } from './matchesWildcard.ts';
import type { Condition, NumericRange, Scalar } from './pattern.ts';
import type { Subject } from './subject.ts';

/** Whether a value that is there meets a condition. Scalars only, but for `text`. */
export type ConditionTest = (value: unknown, subject: Subject) => boolean;

/** Compiles the conditions of EventBridge. The other ones are in ownTest.ts. */
export function conditionTest(condition: PlainCondition): ConditionTest {
  switch (condition.kind) {
    case 'exact':
      return exact(condition.value);
    case 'prefix':
      // To event-ruler a text ends with a quotation mark, and begins with one.
      return onText((text) => `${text}"`.startsWith(condition.text));
    case 'suffix':
      return onText((text) => `"${text}`.endsWith(condition.text));
    case 'prefix-ignore-case':
      return beginning(condition.text);
    case 'suffix-ignore-case':
      return ending(condition.text);
    case 'equals-ignore-case':
      return equalling(condition.text);
    case 'wildcard':
      return onText((text) => matchesWildcard(text, condition.literals));
    case 'wildcard-ignore-case': // folded when parsed
      return onText((text) => matchesWildcard(folded(text), condition.literals));
    case 'numeric':
      return (value) => typeof value === 'number' && isWithin(value, condition.range);
    case 'addresses':
      return (value) => isAddressIn(value, condition.first, condition.last);
    case 'exists':
      return condition.exists ? isScalar : never;
  }
}

/** Absence is no matter of a value: CompiledLeaf tells it. */
const never: ConditionTest = () => false;

export type PlainCondition = Exclude<
  Condition,
  {
    kind:
      | 'exactly'
      | 'anything-but'
      | 'known-accounts'
      | 'same-as'
      | 'anything-but-same-as'
      | 'text'
      | 'json';
  }
>;

export function isScalar(value: unknown): value is Scalar {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

function onText(holds: (text: string) => boolean): ConditionTest {
  return (value) => typeof value === 'string' && holds(value);
}

function exact(wanted: Scalar): ConditionTest {
  const digits = typeof wanted === 'string' ? hexAddress(wanted) : undefined;
  if (digits === undefined) return (value) => value === wanted;
  return (value) => value === wanted || isAddressIn(value, digits, digits);
}

function isAddressIn(value: unknown, first: string, last: string): boolean {
  const digits = typeof value === 'string' ? hexAddress(value) : digitsOf(value);
  return digits !== undefined && isInAddressRange(digits, first, last);
}

/** event-ruler reads the digits of a number as those of an address. */
function digitsOf(value: unknown): string | undefined {
  return typeof value === 'number' ? String(value) : undefined;
}

function isWithin(value: number, { low, high, withLow, withHigh }: NumericRange): boolean {
  if (!Number.isFinite(value)) return false;
  return (withLow ? value >= low : value > low) && (withHigh ? value <= high : value < high);
}

function beginning(wanted: string): ConditionTest {
  const forms = caseForms(wanted);
  return onText((text) => endOfForms(`${text}"`, forms) !== undefined);
}

function ending(wanted: string): ConditionTest {
  const forms = caseForms(wanted);
  return onText((text) => startOfForms(`"${text}`, forms) !== undefined);
}

function equalling(wanted: string): ConditionTest {
  const forms = caseForms(wanted);
  return onText((text) => endOfForms(text, forms) === text.length);
}
