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
    holds: anyOf(conditions, compileDocument),
    absent: conditions.some(isAbsence),
    textAbsent: conditions.some((one) => one.kind === 'text' && one.conditions.some(isAbsence)),
    anything: conditions.some((one) => one.kind === 'text' && one.conditions.some(isPresence)),
  };
}

function isAbsence(condition: Condition): boolean {
  return condition.kind === 'exists' && !condition.exists;
}

function isPresence(condition: Condition): boolean {
  return condition.kind === 'exists' && condition.exists;
}
