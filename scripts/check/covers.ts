import type { Alternatives, Condition, Leaf, PatternNode } from '../../handler/pattern/pattern.ts';
import { holdsOf } from './conditionHolds.ts';
import { type Held, isWithinAny } from './conditionWithin.ts';

/**
 * Whether all nodes of one pattern hold for each record that all nodes of another hold for, as far
 * as their conditions show it: fewer values, longer beginnings, smaller networks.
 */
export function covers(wide: readonly PatternNode[], narrow: readonly PatternNode[]): boolean {
  if (isPlain(wide) && isPlain(narrow)) {
    return shortestFirst(wide).every((node) => isImplied(node, narrow));
  }
  return JSON.stringify(wide) === JSON.stringify(narrow);
}

/** Most patterns differ in a short condition, and then long lists need not be compared. */
function shortestFirst(nodes: readonly PatternNode[]): readonly PatternNode[] {
  const sizeOf = (node: PatternNode) => (node.kind === 'leaf' ? node.conditions.length : 1);
  return nodes.length === 1 ? nodes : nodes.toSorted((a, b) => sizeOf(a) - sizeOf(b));
}

function isImplied(wide: PatternNode, narrow: readonly PatternNode[]): boolean {
  const isByNode = wide.kind === 'leaf' ? leafIsImplied(wide, narrow) : orIsImplied(wide, narrow);
  return (
    isByNode ||
    narrow.some(
      (node) => node.kind === 'or' && node.alternatives.every((one) => isImplied(wide, one)),
    )
  );
}

function orIsImplied({ alternatives }: Alternatives, narrow: readonly PatternNode[]): boolean {
  return alternatives.some((nodes) => nodes.every((node) => isImplied(node, narrow)));
}

function leafIsImplied(wide: Leaf, narrow: readonly PatternNode[]): boolean {
  const { keys, others } = indexOf(wide);
  return narrow.some(
    (node) =>
      node.kind === 'leaf' &&
      node.conditions.length > 0 &&
      isSamePath(node.path, wide.path) &&
      indexOf(node).written.every(
        ([key, condition]) => keys.has(key) || isWithinAny(condition, others),
      ),
  );
}

function isSamePath(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, index) => name === b[index]);
}

/** The conditions of a leaf, worked out once. */
interface Index {
  readonly keys: ReadonlySet<string>; // each condition as JSON
  readonly written: readonly (readonly [key: string, condition: Condition])[];
  readonly others: readonly Held[]; // all but exact values
}

const indexes = new WeakMap<Leaf, Index>();

function indexOf(leaf: Leaf): Index {
  const found = indexes.get(leaf);
  if (found !== undefined) return found;
  const written = leaf.conditions.map((one) => [JSON.stringify(one), one] as const);
  const index = {
    keys: new Set(written.map(([key]) => key)),
    written,
    others: leaf.conditions
      .filter(({ kind }) => kind !== 'exact' && kind !== 'exactly')
      .map((condition) => ({ condition, holds: holdsOf(condition) })),
  };
  indexes.set(leaf, index);
  return index;
}

const plain = new WeakMap<readonly PatternNode[], boolean>();

/** Not where `$or` writes a path again that stands beside it: there the later one counts alone. */
function isPlain(nodes: readonly PatternNode[]): boolean {
  const found = plain.get(nodes);
  if (found !== undefined) return found;
  const ors = nodes.filter(({ kind }) => kind === 'or');
  const beside = nodes.filter(({ kind }) => kind === 'leaf').flatMap(pathsIn);
  const isIt = new Set(beside).isDisjointFrom(new Set(ors.flatMap(pathsIn)));
  plain.set(nodes, isIt);
  return isIt;
}

function pathsIn(node: PatternNode): readonly string[] {
  return node.kind === 'leaf' ? [node.path.join('.')] : node.alternatives.flat().flatMap(pathsIn);
}
