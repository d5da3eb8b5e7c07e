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
  return (rule) =>
    grow(rule.toSorted(byDottedName).map((leaf) => ({ leaf: compiledOf(leaf), path: leaf.path })));
}

interface Growing {
  readonly leaf: CompiledLeaf;
  readonly path: readonly string[]; // what is left of it
}

function grow(leaves: readonly Growing[]): MatchTree {
  const here = leaves.find(({ path }) => path.length === 0)?.leaf;
  const deeper = leaves.filter(({ path }) => path.length > 0);
  const byName = Map.groupBy(deeper, ({ path }) => String(path[0]));
  const below = [...byName].map(([name, those]) => ({
    name,
    tree: grow(those.map(({ leaf, path }) => ({ leaf, path: path.slice(1) }))),
  }));
  return { here, below, choices: choicesOf(deeper, below) };
}

/** Beyond a leaf that does not hold by absence no other can be the first to choose. */
function choicesOf(leaves: readonly Growing[], below: MatchTree['below']): readonly Choice[] {
  const [first, ...others] = leaves;
  if (first === undefined) return [];
  const choice = { ...first, rest: { here: undefined, below, choices: [] } };
  const isLast = !first.leaf.absent && !first.leaf.textAbsent;
  return isLast ? [choice] : [choice, ...grow(others).choices];
}

function byDottedName(a: Leaf, b: Leaf): number {
  const [left, right] = [a.path.join('.'), b.path.join('.')];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
