import type { ConditionTest } from './conditionTest.ts';
import { anyOf, type DocumentTest } from './ownTest.ts';
import type { Condition, Leaf, Pattern } from './pattern.ts';

/** The conditions at a leaf, ready. */
export interface CompiledLeaf {
  readonly holds: ConditionTest; // for a value that is there
  readonly absent: boolean; // holds where no scalar is
  readonly textAbsent: boolean; // holds where nothing at all is
  readonly anything: boolean; // holds where anything at all is, an empty array too
}

export function compileLeaf(
  { conditions }: Leaf,
  compileDocument: (pattern: Pattern) => DocumentTest,
): CompiledLeaf {
  return {
    holds: withNumbersAsNumbers(conditions, compileDocument),
    absent: conditions.some(isAbsence),
    textAbsent: conditions.some((one) => one.kind === 'text' && one.conditions.some(isAbsence)),
    anything: conditions.some((one) => one.kind === 'text' && one.conditions.some(isPresence)),
  };
}

/** Beside a condition on numbers event-ruler reads no number's digits as those of an address. */
function withNumbersAsNumbers(
  conditions: readonly Condition[],
  compileDocument: (pattern: Pattern) => DocumentTest,
): ConditionTest {
  const holds = anyOf(conditions, compileDocument);
  if (!conditions.some(isOnNumbers)) return holds;
  const forNumbers = conditions.filter((one) => !isOnAddresses(one));
  if (forNumbers.length === conditions.length) return holds;
  const numberHolds = anyOf(forNumbers, compileDocument);
  return (value, subject) =>
    typeof value === 'number' ? numberHolds(value, subject) : holds(value, subject);
}

function isOnNumbers(condition: Condition): boolean {
  if (condition.kind === 'anything-but') return condition.conditions.some(isOnNumbers);
  if (condition.kind === 'exact') return typeof condition.value === 'number';
  return condition.kind === 'numeric';
}

function isOnAddresses(condition: Condition): boolean {
  return (
    condition.kind === 'addresses' ||
    (condition.kind === 'exact' && typeof condition.value === 'string')
  );
}

function isAbsence(condition: Condition): boolean {
  return condition.kind === 'exists' && !condition.exists;
}

function isPresence(condition: Condition): boolean {
  return condition.kind === 'exists' && condition.exists;
}
