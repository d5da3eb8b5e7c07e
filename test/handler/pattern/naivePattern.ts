import type { NamedLists } from '../../../handler/pattern/namedLists.ts';
import type { Subject } from '../../../handler/pattern/subject.ts';
import { holds, listOf, partOf } from './naiveCondition.ts';

/** Which element of which array something lies in. */
type Within = ReadonlyMap<symbol, number>;

/** A value at any depth: a scalar, an object or an array. Arrays add nothing to the path. */
interface Node {
  readonly path: readonly string[];
  readonly value: unknown;
  readonly within: Within;
}

interface Key {
  readonly path: readonly string[];
  readonly conditions: readonly unknown[];
}

interface Context {
  readonly subject: Subject;
  readonly lists: NamedLists;
  /** The record's values at a path, facts included. */
  readonly inRecord: (path: readonly string[]) => readonly Node[];
}

/** Whether a valid pattern matches, by the plainest reading of what patterns mean; slow. */
export function naiveMatch(pattern: unknown, subject: Subject, lists: NamedLists): boolean {
  const record = nodesOf(subject.record);
  const inRecord = (path: readonly string[]) =>
    at(path, path[0] === 'trailwatch' ? nodesOf({ trailwatch: subject.facts() }) : record);
  const facts = nodesOf({ trailwatch: subject.facts() });
  const nodes = [...record.filter(({ path }) => path[0] !== 'trailwatch'), ...facts];
  return matches(pattern, nodes, { subject, lists, inRecord });
}

function matches(pattern: unknown, nodes: readonly Node[], context: Context): boolean {
  return combinationsOf(pattern).some((combination) => {
    const keys = [...combination.values()].sort(byDottedPath);
    return canChoose(keys, nodes, new Map(), context);
  });
}

const byDottedPath = (one: Key, other: Key) => (one.path.join('.') < other.path.join('.') ? -1 : 1);

/** One value for each key, none in another element of an array than those before. */
function canChoose(
  [key, ...rest]: readonly Key[],
  nodes: readonly Node[],
  chosen: Within,
  context: Context,
): boolean {
  if (key === undefined) return true;
  const possible = at(key.path, nodes).filter(({ within }) => agree(within, chosen));
  const conditions = key.conditions.flatMap((condition) => unfold(condition, context.lists));
  const onNumbers = conditions.some(isOnNumbers);
  return conditions
    .flatMap((condition) => {
      const isOnAddresses = typeof condition === 'string' || partOf(condition, 'cidr');
      const those = onNumbers && isOnAddresses ? possible.filter(isNoNumber) : possible;
      return choices(condition, those, context);
    })
    .some((within) => canChoose(rest, nodes, new Map([...chosen, ...within]), context));
}

const isNoNumber = ({ value }: Node) => typeof value !== 'number';

/** Beside such a condition event-ruler takes no number for the digits of an address. */
function isOnNumbers(condition: unknown): boolean {
  const excepted = partOf(condition, 'anything-but');
  return (
    [condition, ...[excepted].flat()].some((one) => typeof one === 'number') ||
    partOf(condition, 'numeric') !== undefined
  );
}

/** Where the condition holds among a key's possible values. */
function choices(condition: unknown, possible: readonly Node[], context: Context): Within[] {
  const text = partOf(condition, 'text');
  if (text !== undefined) return choicesOfText(text, possible, context);
  const leaves = possible.filter(({ value }) => isScalar(value));
  if (partOf(condition, 'exists') === false) return leaves.length === 0 ? [new Map()] : [];
  return leaves
    .filter(({ value }) => holdsInRecord(condition, value, context))
    .map(({ within }) => within);
}

function choicesOfText(condition: unknown, possible: readonly Node[], context: Context): Within[] {
  const exists = partOf(condition, 'exists');
  if (exists === false) return possible.length === 0 ? [new Map()] : [];
  if (exists === true) return possible.map(({ within }) => within);
  return possible
    .filter(({ value }) => !Array.isArray(value)) // its elements are there too
    .filter(({ value }) => holdsForText(condition, textOf(value), context))
    .map(({ within }) => within);
}

/** A text is not taken for an address, as event-ruler takes a string. */
const holdsForText = (condition: unknown, text: string, context: Context) =>
  typeof condition === 'string' ? condition === text : holds(condition, text, context);

const textOf = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

function holdsInRecord(condition: unknown, value: unknown, context: Context): boolean {
  const pattern = partOf(condition, 'json');
  if (pattern !== undefined) return holdsInJson(pattern, value, context);
  const path = partOf(condition, 'same-as');
  if (path !== undefined) return scalarsAt(path, context).includes(value);
  const otherPath = partOf(partOf(condition, 'anything-but'), 'same-as');
  if (otherPath === undefined) return holds(condition, value, context);
  const others = scalarsAt(otherPath, context);
  return others.length > 0 && !others.includes(value);
}

const scalarsAt = (path: unknown, { inRecord }: Context) =>
  inRecord(String(path).split('.'))
    .map(({ value }) => value)
    .filter(isScalar);

function holdsInJson(pattern: unknown, value: unknown, context: Context): boolean {
  let document: unknown;
  try {
    const text = /^%(7B|5B)/.test(String(value)) ? decodeURIComponent(String(value)) : value;
    document = isShort(text) ? JSON.parse(text) : undefined;
  } catch {
    return false;
  }
  return (
    isComposite(document) && depthOf(document) <= 32 && matches(pattern, nodesOf(document), context)
  );
}

const isShort = (text: unknown): text is string =>
  typeof text === 'string' && Buffer.byteLength(text) <= 256 * 1024;

function depthOf(value: unknown): number {
  return isComposite(value) ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;
}

/** `{"text": {"list": ...}}` and `{"list": ...}` stand for the conditions of the list. */
function unfold(condition: unknown, lists: NamedLists): unknown[] {
  const text = partOf(condition, 'text');
  if (text !== undefined) return unfold(text, lists).map((inner) => ({ text: inner }));
  const name = partOf(condition, 'list');
  return name === undefined || name === 'known-accounts' ? [condition] : [...listOf(name, lists)];
}

/** Every way to take one alternative of each `$or`; a later key replaces an earlier one. */
function combinationsOf(pattern: unknown): Map<string, Key>[] {
  return extend([new Map()], [], pattern);
}

function extend(
  before: Map<string, Key>[],
  path: readonly string[],
  pattern: unknown,
): Map<string, Key>[] {
  return Object.entries(Object(pattern)).reduce((combinations, [name, inner]) => {
    if (name === '$or' && isAlternatives(inner)) {
      return inner.flatMap((alternative) => extend(combinations, path, alternative));
    }
    const innerPath = [...path, name];
    if (!Array.isArray(inner)) return extend(combinations, innerPath, inner);
    const key = { path: innerPath, conditions: inner };
    return combinations.map((one) => new Map(one).set(JSON.stringify(innerPath), key));
  }, before);
}

const OPERATORS = [
  'prefix',
  'suffix',
  'equals-ignore-case',
  'wildcard',
  'anything-but',
  'numeric',
  'cidr',
  'exists',
];

/** `$or` is a field like any other unless two or more patterns follow. */
const isAlternatives = (value: unknown): value is object[] =>
  Array.isArray(value) && value.length > 1 && value.every(isAlternative);

function isAlternative(value: unknown): boolean {
  if (!isComposite(value) || Array.isArray(value)) return false;
  return Object.entries(value).every(
    ([name, inner]) => !OPERATORS.includes(name) && (Array.isArray(inner) || isAlternative(inner)),
  );
}

const at = (path: readonly string[], nodes: readonly Node[]) =>
  nodes.filter((node) => JSON.stringify(node.path) === JSON.stringify(path));

/** `inside` is where the parts of the value lie; an element of an array does not lie in itself. */
function nodesOf(
  value: unknown,
  path: readonly string[] = [],
  within: Within = new Map(),
  inside: Within = within,
): Node[] {
  const own = { path, value, within };
  if (!isComposite(value)) return [own];
  if (!Array.isArray(value)) {
    const fields = Object.entries(value);
    return [own, ...fields.flatMap(([name, inner]) => nodesOf(inner, [...path, name], inside))];
  }
  const array = Symbol();
  const elements = value.flatMap((element, index) =>
    nodesOf(element, path, inside, new Map([...inside, [array, index]])),
  );
  return [own, ...elements];
}

const agree = (one: Within, other: Within) =>
  [...one].every(([array, index]) => (other.get(array) ?? index) === index);

const isScalar = (value: unknown) => !isComposite(value);

const isComposite = (value: unknown): value is object =>
  typeof value === 'object' && value !== null;
