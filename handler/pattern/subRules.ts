import type { Leaf, PatternNode } from './pattern.ts';

export const MOST_COMBINATIONS = 10_000;

/**
 * Parts of a pattern that name no common top-level field. Elements of one array are shared only by
 * fields below one name, so each part may be matched for itself.
 */
export function partsOf(nodes: readonly PatternNode[]): readonly (readonly PatternNode[])[] {
  let parts: Part[] = [];
  for (const [index, node] of nodes.entries()) {
    const names = topNames(node);
    const joined = parts.filter((part) => !part.names.isDisjointFrom(names));
    parts = parts.filter((part) => !joined.includes(part));
    parts.push({
      names: joined.reduce((all, part) => all.union(part.names), names),
      indexes: [...joined.flatMap((part) => part.indexes), index],
    });
  }
  return parts.map(({ indexes }) => {
    const inPart = new Set(indexes);
    return nodes.filter((_, index) => inPart.has(index));
  });
}

interface Part {
  readonly names: ReadonlySet<string>;
  readonly indexes: readonly number[];
}

function topNames(node: PatternNode): ReadonlySet<string> {
  if (node.kind === 'leaf') return new Set(node.path.slice(0, 1));
  return new Set(node.alternatives.flat().flatMap((inner) => [...topNames(inner)]));
}

/** How many sub-rules the part of a pattern has that has most. */
export function mostCombinations(nodes: readonly PatternNode[]): number {
  return Math.max(0, ...partsOf(nodes).map(combinationsOf));
}

/** How many sub-rules nodes have, not taken apart. */
export function combinationsOf(nodes: readonly PatternNode[]): number {
  return nodes.reduce((product, node) => {
    if (node.kind === 'leaf') return product;
    return product * node.alternatives.reduce((sum, inner) => sum + combinationsOf(inner), 0);
  }, 1);
}

/**
 * The sub-rules of a part, in each of which all leaves must hold. Where a path is written twice,
 * beside `$or` and within, the one written later counts alone, as in event-ruler.
 */
export function subRulesOf(nodes: readonly PatternNode[]): readonly (readonly Leaf[])[] {
  return extend([new Map<string, Leaf>()], nodes).map((rule) => [...rule.values()]);
}

type SubRule = ReadonlyMap<string, Leaf>;

function extend(rules: readonly SubRule[], nodes: readonly PatternNode[]): readonly SubRule[] {
  return nodes.reduce((soFar, node) => {
    if (node.kind === 'or') return node.alternatives.flatMap((inner) => extend(soFar, inner));
    const key = JSON.stringify(node.path);
    return soFar.map((rule) => new Map([...rule, [key, node]]));
  }, rules);
}
