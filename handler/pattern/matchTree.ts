import { flat } from '../valueAtPath.ts';
import type { CompiledLeaf } from './compileLeaf.ts';
import { isScalar } from './conditionTest.ts';
import type { Subject } from './subject.ts';
import { valuesIn } from './valuesAt.ts';

/** Leaves below one place of a document, by the next name of their paths. */
export interface MatchTree {
  readonly here: CompiledLeaf | undefined; // whose path ends at this place
  readonly below: readonly Branch[]; // sorted by the first leaf of each
  readonly choices: readonly Choice[]; // for the elements of an array at this place
}

/** A leaf that may be the first to choose an element; those before it hold by absence. */
export interface Choice {
  readonly leaf: CompiledLeaf;
  readonly path: readonly string[]; // from this place on
  readonly rest: MatchTree; // this leaf and all after it
}

export interface Branch {
  readonly name: string;
  readonly tree: MatchTree;
}

/**
 * Whether a value meets all leaves of a tree. Conditions on fields of array elements must hold for
 * one and the same element; `exists: false` is judged before an element is chosen if its path sorts
 * before all that choose one, as event-ruler does.
 * @param mustTake the first leaf must hold by a value that is there, not by its absence
 */
export function matchTree(
  tree: MatchTree,
  value: unknown,
  subject: Subject,
  mustTake: boolean,
): boolean {
  const { here, below } = tree;
  if (here !== undefined && below.length > 0 && Array.isArray(value)) {
    return matchBoth(tree, here, value, subject, mustTake);
  }
  if (here !== undefined && !holdsAt(here, value, subject, mustTake)) return false;
  if (below.length === 0) return true;
  const mustTakeBelow = mustTake && here === undefined;
  if (Array.isArray(value)) return matchElement(tree, flat(value), subject, mustTakeBelow);
  return below.every(({ name, tree: inner }, index) =>
    matchTree(inner, fieldOf(value, name), subject, mustTakeBelow && index === 0),
  );
}

/**
 * A leaf at a place with others below it, which only `$or` can make. A value directly in an array
 * chooses no element of it, one in an array within does: so both are there together, or the leaf
 * here holds by what stands directly in this array.
 */
function matchBoth(
  tree: MatchTree,
  here: CompiledLeaf,
  array: readonly unknown[],
  subject: Subject,
  mustTake: boolean,
  depth = 0,
): boolean {
  const direct = array.filter((one) => !Array.isArray(one));
  const holds =
    direct.some((one) => leafHolds(here, one, subject)) || (!mustTake && isAbsent(here, [array]));
  if (holds && matchElement(tree, flat(array), subject, false)) return true;
  if (depth > DEEPEST) return false;
  return array.some(
    (one) => Array.isArray(one) && matchBoth(tree, here, one, subject, true, depth + 1),
  );
}

const DEEPEST = 100; // arrays within arrays; deeper ones are nobody's

function leafHolds(leaf: CompiledLeaf, value: unknown, subject: Subject): boolean {
  return leaf.anything || leaf.holds(value, subject);
}

function holdsAt(leaf: CompiledLeaf, value: unknown, subject: Subject, mustTake: boolean): boolean {
  if (leaf.anything && value !== undefined) return true;
  const values = Array.isArray(value) ? flat(value) : [value];
  if (values.some((one) => one !== undefined && leaf.holds(one, subject))) return true;
  return !mustTake && isAbsent(leaf, value === undefined ? [] : [value]);
}

/** Tries each element for the leaves from the first on that is not satisfied by absence. */
function matchElement(
  tree: MatchTree,
  elements: readonly unknown[],
  subject: Subject,
  mustTake: boolean,
): boolean {
  for (const { leaf, path, rest } of tree.choices) {
    if (elements.some((one) => isObject(one) && matchTree(rest, one, subject, true))) return true;
    if (mustTake || !isAbsent(leaf, valuesIn(elements, path))) return false;
  }
  return true;
}

/** Whether a leaf holds because nothing is there: no scalar, or for `text` nothing at all. */
function isAbsent(leaf: CompiledLeaf, values: readonly unknown[]): boolean {
  if (leaf.textAbsent && values.length === 0) return true;
  return (
    leaf.absent &&
    !values.some((value) => (Array.isArray(value) ? flat(value) : [value]).some(isScalar))
  );
}

/** A field of an object's own, undefined of anything else. */
export function fieldOf(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
