import type { Condition } from '../../handler/pattern/pattern.ts';

/** A condition, ready to be tried on values. */
export interface Held {
  readonly condition: Condition;
  readonly holds: (value: unknown) => boolean;
}

/** Whether what meets a condition meets one of some others too, as far as they show it. */
export function isWithinAny(condition: Condition, others: readonly Held[]): boolean {
  if (condition.kind === 'exact') return others.some(({ holds }) => holds(condition.value));
  if (condition.kind === 'exactly') return others.some(({ holds }) => holds(condition.text));
  return others.some((other) => isWithin(condition, other.condition));
}

function isWithin(narrow: Condition, wide: Condition): boolean {
  switch (wide.kind) {
    case 'exists':
      return wide.exists && narrow.kind !== 'exists' && narrow.kind !== 'text';
    case 'prefix':
      return beginningOf(narrow)?.startsWith(wide.text) ?? false;
    case 'suffix':
      return endOf(narrow)?.endsWith(wide.text) ?? false;
    case 'addresses':
      return (
        narrow.kind === 'addresses' &&
        narrow.first.length === wide.first.length &&
        narrow.first >= wide.first &&
        narrow.last <= wide.last
      );
    default:
      return false;
  }
}

function beginningOf(condition: Condition): string | undefined {
  if (condition.kind === 'wildcard') return condition.literals[0];
  return condition.kind === 'prefix' ? condition.text : undefined;
}

function endOf(condition: Condition): string | undefined {
  if (condition.kind === 'wildcard') return condition.literals.at(-1);
  return condition.kind === 'suffix' ? condition.text : undefined;
}
