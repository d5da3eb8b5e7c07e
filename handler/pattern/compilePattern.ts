import { type CompiledLeaf, compileLeaf } from './compileLeaf.ts';
import { type Choice, fieldOf, type MatchTree, matchTree } from './matchTree.ts';
import type { DocumentTest } from './ownTest.ts';
import type { Leaf, Pattern } from './pattern.ts';
import type { Subject } from './subject.ts';
import { partsOf, subRulesOf } from './subRules.ts';

/** A pattern as a predicate on records, `trailwatch` being their derived facts. */
export function compilePattern(pattern: Pattern): (subject: Subject) => boolean {
  const treeOf = planter();
  const components = partsOf(pattern.nodes).map((nodes) => subRulesOf(nodes).map(treeOf));
  const matches = (tree: MatchTree, subject: Subject) =>
    tree.below.every(({ name, tree: inner }) => {
      const field = name === 'trailwatch' ? subject.facts() : fieldOf(subject.record, name);
      return matchTree(inner, field, subject, false);
    });
  return (subject) => components.every((trees) => trees.some((tree) => matches(tree, subject)));
}

/**
 * A pattern as a predicate on documents inside of a record. One that is an array is an array as
 * under a field: all of the pattern must hold for one element, so it is not taken apart.
 */
function compileDocument(pattern: Pattern): DocumentTest {
  const trees = subRulesOf(pattern.nodes).map(planter());
  return (document, subject) => trees.some((tree) => matchTree(tree, document, subject, false));
}

/** Makes trees of sub-rules; a leaf that stands in many of them is compiled once. */
function planter(): (rule: readonly Leaf[]) => MatchTree {
  const compiled = new Map<Leaf, CompiledLeaf>();
  const compiledOf = (leaf: Leaf): CompiledLeaf => {
    const found = compiled.get(leaf) ?? compileLeaf(leaf, compileDocument);
    compiled.set(leaf, found);
    return found;
  };
  // Sorted by their dotted names, as event-ruler takes the fields of an event.
  return (rule) => {
    const leaves = rule.toSorted(byDottedName).map((leaf) => ({ ...leaf, leaf: compiledOf(leaf) }));
    return grower()(leaves, 0);
  };
}

interface Growing {
  readonly leaf: CompiledLeaf;
  readonly path: readonly string[];
}

/**
 * Makes trees of sorted leaves from a depth on. All leaves of one tree share the names up to there,
 * and those of two that begin with the same leaf are the same: each is made once, or choices within
 * choices would take exponential time.
 */
function grower(): (leaves: readonly Growing[], depth: number) => MatchTree {
  const grown = new Map<Growing, Map<number, MatchTree>>();
  const grow = (leaves: readonly Growing[], depth: number): MatchTree => {
    const [first] = leaves;
    const before = first && grown.get(first)?.get(depth);
    if (before !== undefined) return before;
    const tree = treeOf(leaves, depth);
    if (first !== undefined) grown.set(first, (grown.get(first) ?? new Map()).set(depth, tree));
    return tree;
  };
  const treeOf = (leaves: readonly Growing[], depth: number): MatchTree => {
    const here = leaves.find(({ path }) => path.length === depth)?.leaf;
    const deeper = leaves.filter(({ path }) => path.length > depth);
    const byName = Map.groupBy(deeper, ({ path }) => String(path[depth]));
    const below = [...byName].map(([name, those]) => ({ name, tree: grow(those, depth + 1) }));
    return { here, below, choices: choicesOf(deeper, below, depth) };
  };
  /** Beyond a leaf that does not hold by absence no other can be the first to choose. */
  const choicesOf = (
    [first, ...others]: readonly Growing[],
    below: MatchTree['below'],
    depth: number,
  ): readonly Choice[] => {
    if (first === undefined) return [];
    const { leaf, path } = first;
    const rest = { here: undefined, below, choices: [] };
    const choice = { leaf, path: path.slice(depth), rest };
    const isLast = !leaf.absent && !leaf.textAbsent;
    return isLast ? [choice] : [choice, ...grow(others, depth).choices];
  };
  return grow;
}

function byDottedName(a: Leaf, b: Leaf): number {
  const [left, right] = [a.path.join('.'), b.path.join('.')];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
