import { hexAddress } from '../../handler/pattern/hexAddress.ts';
import type { Condition, PatternNode, Scalar } from '../../handler/pattern/pattern.ts';

/**
 * The values one of which a record needs at a path for a pattern to match; undefined where the
 * pattern leaves more open than some values.
 */
export function requiredValues(
  nodes: readonly PatternNode[],
  path: string,
): ReadonlySet<Scalar> | undefined {
  const isNamedInOr = nodes.some((node) => node.kind === 'or' && isNamedIn(node, path));
  const leaf = nodes.find((node) => node.kind === 'leaf' && node.path.join('.') === path);
  if (isNamedInOr || leaf?.kind !== 'leaf') return undefined; // within $or it would stand for this
  const values = leaf.conditions.flatMap(valueOf);
  return values.length === leaf.conditions.length ? new Set(values) : undefined;
}

function isNamedIn(node: PatternNode, path: string): boolean {
  if (node.kind === 'leaf') return node.path.join('.') === path;
  return node.alternatives.flat().some((inner) => isNamedIn(inner, path));
}

/** An address may be written in many ways. */
function valueOf(condition: Condition): Scalar[] {
  if (condition.kind === 'exactly') return [condition.text];
  if (condition.kind !== 'exact') return [];
  const { value } = condition;
  return typeof value === 'string' && hexAddress(value) !== undefined ? [] : [value];
}
