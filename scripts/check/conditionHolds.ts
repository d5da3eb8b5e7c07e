import { compilePattern } from '../../handler/pattern/compilePattern.ts';
import type { Condition } from '../../handler/pattern/pattern.ts';

/** Whether a condition holds for a value, undefined being absence; no other field is there. */
export function holdsOf(condition: Condition): (value: unknown) => boolean {
  const matches = compilePattern({
    nodes: [{ kind: 'leaf', path: ['value'], written: [], conditions: [condition] }],
  });
  return (value) =>
    matches({
      record: value === undefined ? {} : { value },
      facts: () => ({}),
      isKnownAccount: () => false,
    });
}

/** The texts that a condition, and those within it, are written with. */
export function textsIn(condition: Condition): readonly string[] {
  switch (condition.kind) {
    case 'exact':
      return typeof condition.value === 'string' ? [condition.value] : [];
    case 'wildcard':
    case 'wildcard-ignore-case':
      return [condition.literals.join('')];
    case 'text':
    case 'anything-but':
      return condition.conditions.flatMap(textsIn);
    default:
      return 'text' in condition ? [condition.text] : [];
  }
}
