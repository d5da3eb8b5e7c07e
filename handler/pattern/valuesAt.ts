import { flat, valueAtPath } from '../valueAtPath.ts';
import { isScalar } from './conditionTest.ts';
import type { Scalar } from './pattern.ts';
import type { Subject } from './subject.ts';

/**
 * Raw values at a path, through objects and arrays; none if there is nothing. An array at the end
 * stands for its elements, an empty one for itself.
 */
export function valuesIn(value: unknown, path: readonly string[]): readonly unknown[] {
  const found = valueAtPath(value, path);
  if (found === undefined) return [];
  if (!Array.isArray(found)) return [found];
  const elements = flat(found);
  return elements.length === 0 ? [found] : elements;
}

/** The same in a record, or below `trailwatch` in its facts. */
export function valuesAt(subject: Subject, path: readonly string[]): readonly unknown[] {
  return path[0] === 'trailwatch'
    ? valuesIn(subject.facts(), path.slice(1))
    : valuesIn(subject.record, path);
}

/** The scalars among them. */
export function scalarsAt(subject: Subject, path: readonly string[]): readonly Scalar[] {
  return valuesAt(subject, path).filter(isScalar);
}
