import type { Leaf, PatternNode } from './pattern.ts';

/** Names in the paths of a pattern: what compiling costs may grow with their square. */
export const MOST_NAMES = 3000;

/** Names in the paths of all sub-rules together, each of which costs time and memory. */
export const MOST_IN_RULES = 300_000;

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

export function namesOf(nodes: readonly PatternNode[]): number {
  return nodes.reduce(
    (sum, node) =>
      sum + (node.kind === 'leaf' ? node.path.length : namesOf(node.alternatives.flat())),
    0,
  );
}

/** How many names the paths of the sub-rules of a part have together. */
export function namesInRules(nodes: readonly PatternNode[]): number {
  const { rules, names } = sizeOf(nodes);
  return rules * names;
}

interface Size {
  readonly rules: number;
  readonly names: number; // of the largest rule
}

function sizeOf(nodes: readonly PatternNode[]): Size {
  return nodes.reduce<Size>(
    ({ rules, names }, node) => {
      if (node.kind === 'leaf') return { rules, names: names + node.path.length };
      const sizes = node.alternatives.map(sizeOf);
      return {
        rules: rules * sizes.reduce((sum, size) => sum + size.rules, 0),
        names: names + Math.max(...sizes.map((size) => size.names)),
      };
    },
    { rules: 1, names: 0 },
  );
}

/**
 * The sub-rules of a part, in each of which all leaves must hold. Where a path is written twice,
 * beside `$or` and within, the one written later counts alone, as in event-ruler.
 */
export function subRulesOf(nodes: readonly PatternNode[]): readonly (readonly Leaf[])[] {
  return extend([undefined], nodes).map(leavesIn);
}

/** A rule by its last leaf: rules that begin alike share what they have in common. */
interface SubRule {
  readonly leaf: Leaf;
  readonly before: SubRule | undefined;
}

function extend(
  rules: readonly (SubRule | undefined)[],
  nodes: readonly PatternNode[],
): readonly (SubRule | undefined)[] {
  return nodes.reduce((soFar, node) => {
    if (node.kind === 'or') return node.alternatives.flatMap((inner) => extend(soFar, inner));
    return soFar.map((before) => ({ leaf: node, before }));
  }, rules);
}

function leavesIn(last: SubRule | undefined): readonly Leaf[] {
  const byPath = new Map<string, Leaf>();
  for (let rule = last; rule !== undefined; rule = rule.before) {
    const path = JSON.stringify(rule.leaf.path);
    if (!byPath.has(path)) byPath.set(path, rule.leaf);
  }
  return [...byPath.values()];
}
