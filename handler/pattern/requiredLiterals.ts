import { hexAddress } from './hexAddress.ts';
import type { Leaf, Pattern, PatternNode } from './pattern.ts';

/** Texts one of which a record needs at a path to match at all. */
export interface Literal {
  readonly path: readonly string[];
  readonly values: readonly string[];
}

/** The literals of a pattern: its leaves outside of `$or` whose conditions are whole texts only. */
export function requiredLiterals({ nodes }: Pattern): readonly Literal[] {
  const leaves = nodes.filter((node) => node.kind === 'leaf');
  const alternatives = nodes.flatMap((node) => (node.kind === 'or' ? leavesIn(node) : []));
  return leaves.flatMap((leaf) => {
    const values = leaf.conditions.flatMap((condition) => {
      if (condition.kind === 'exactly') return [condition.text];
      return condition.kind === 'exact' && isPlainText(condition.value) ? [condition.value] : [];
    });
    const isRequired =
      values.length === leaf.conditions.length &&
      leaf.path[0] !== 'trailwatch' &&
      !alternatives.some((other) => isSamePath(leaf, other)); // would stand for it
    return isRequired ? [{ path: leaf.path, values }] : [];
  });
}

/** An address may be written in many ways. */
function isPlainText(value: unknown): value is string {
  return typeof value === 'string' && hexAddress(value) === undefined;
}

function leavesIn(node: PatternNode): readonly Leaf[] {
  return node.kind === 'leaf' ? [node] : node.alternatives.flat().flatMap(leavesIn);
}

function isSamePath(a: Leaf, b: Leaf): boolean {
  return JSON.stringify(a.path) === JSON.stringify(b.path);
}
