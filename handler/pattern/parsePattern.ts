import type { Parsed } from '../parseBy.ts';
import { FACTS_OF_EXCEPTIONS, factProblem } from './factProblem.ts';
import { FACTS } from './facts.ts';
import type { NamedLists } from './namedLists.ts';
import { parseCondition } from './parseCondition.ts';
import { conditionsOfList } from './parseList.ts';
import { isObject, type Parsing, refuse } from './parsing.ts';
import type { Pattern, PatternNode } from './pattern.ts';
import { MOST_IN_RULES, MOST_NAMES, namesInRules, namesOf, partsOf } from './subRules.ts';

const DEEPEST = 100;

/** An event pattern, or what is wrong with it, one line each: `PATH: what is wrong, what is expected`. */
export function parsePattern(value: unknown, lists: NamedLists): Parsed<Pattern> {
  return parseEither(value, lists, FACTS);
}

/** The pattern of an exception, which may name the originator as well. */
export function parseException(value: unknown, lists: NamedLists): Parsed<Pattern> {
  return parseEither(value, lists, FACTS_OF_EXCEPTIONS);
}

function parseEither(value: unknown, lists: NamedLists, facts: readonly string[]): Parsed<Pattern> {
  const parsed = parseWith(value, lists, facts, false);
  if (!('problems' in parsed)) return parsed;
  // As event-ruler: what does not parse may still be a pattern in which `$or` names a field.
  const plain = parseWith(value, lists, facts, true);
  return 'problems' in plain ? parsed : plain;
}

function parseWith(
  value: unknown,
  lists: NamedLists,
  facts: readonly string[],
  orIsName: boolean,
): Parsed<Pattern> {
  const problems: string[] = [];
  const parsing: Parsing = {
    lists,
    problems,
    orIsName,
    facts,
    depth: 0,
    parseCondition,
    conditionsOfList,
    parseJson: (json, label, depth) => {
      const place = { ...ROOT, label, inRecord: false };
      return parseDocument({ ...parsing, depth }, json, place);
    },
  };
  const pattern = parseDocument(parsing, value, ROOT);
  return pattern === undefined || problems.length > 0 ? { problems } : { value: pattern };
}

interface Place {
  readonly path: readonly string[];
  readonly label: string;
  /** Not in a json pattern, where `trailwatch` is a name like any other. */
  readonly inRecord: boolean;
  readonly inOr: boolean;
}

const ROOT: Place = { path: [], label: '', inRecord: true, inOr: false };

function parseDocument(parsing: Parsing, value: unknown, place: Place): Pattern | undefined {
  if (!isObject(value)) {
    refuse(parsing, place.label, 'expected an object');
    return undefined;
  }
  const nodes = parseObject(parsing, value, place);
  const problem = sizeProblem(nodes, place);
  if (problem !== undefined) refuse(parsing, place.label, `${problem}; split the pattern`);
  return { nodes };
}

function sizeProblem(nodes: readonly PatternNode[], { inRecord }: Place): string | undefined {
  const names = namesOf(nodes);
  if (names > MOST_NAMES) return `${names} names in paths of fields, at most ${MOST_NAMES}`;
  const parts = inRecord ? partsOf(nodes) : [nodes];
  const size = Math.max(0, ...parts.map(namesInRules));
  if (size <= MOST_IN_RULES) return undefined;
  return `the combinations that $or gives have ${size} names in paths, at most ${MOST_IN_RULES}`;
}

function parseObject(
  before: Parsing,
  value: Readonly<Record<string, unknown>>,
  place: Place,
): readonly PatternNode[] {
  const parsing = { ...before, depth: before.depth + 1 };
  if (parsing.depth > DEEPEST) {
    return refuse(parsing, place.label, `deeper than ${DEEPEST} levels`);
  }
  const names = Object.keys(value);
  if (names.length === 0) return refuse(parsing, place.label, 'an object is empty');
  return names.flatMap((name) => parseField(parsing, name, value[name], inside(place, name)));
}

const inside = (place: Place, name: string): Place => ({
  ...place,
  path: [...place.path, name],
  label: place.label === '' ? name : `${place.label}.${name}`,
});

function parseField(
  parsing: Parsing,
  name: string,
  value: unknown,
  place: Place,
): readonly PatternNode[] {
  if (name === '$or' && !parsing.orIsName) return parseOr(parsing, value, place);
  if (place.inOr && RESERVED_IN_OR.has(name)) {
    return refuse(parsing, place.label, 'event-ruler reserves this name within $or');
  }
  if (isObject(value)) return parseObject(parsing, value, place);
  if (!Array.isArray(value)) {
    return refuse(parsing, place.label, 'expected an object or an array of conditions');
  }
  return parseLeaf(parsing, value, place);
}

function parseLeaf(parsing: Parsing, written: readonly unknown[], place: Place): PatternNode[] {
  const { path, label } = place;
  if (written.length === 0) return refuse(parsing, label, 'an array is empty, expected conditions');
  const problem = place.inRecord ? factProblem(path, parsing.facts) : undefined;
  if (problem !== undefined) return refuse(parsing, label, problem);
  const conditions = written.flatMap((condition, index) =>
    parseCondition(parsing, condition, `${label}[${index}]`),
  );
  return [{ kind: 'leaf', path, written, conditions }];
}

function parseOr(parsing: Parsing, value: unknown, place: Place): readonly PatternNode[] {
  const { label } = place;
  if (!Array.isArray(value) || value.length < 2 || !value.every(isObject)) {
    return refuse(parsing, label, 'expected an array of two or more objects');
  }
  const around = place.path.slice(0, -1);
  const alternatives = value.map((alternative, index) =>
    parseObject(parsing, alternative, {
      ...place,
      path: around,
      label: `${label}[${index}]`,
      inOr: true,
    }),
  );
  return [{ kind: 'or', label, alternatives }];
}

/** Operators, and names that event-ruler keeps for more of them. */
const RESERVED_IN_OR: ReadonlySet<string> = new Set([
  'exactly',
  'equals-ignore-case',
  'prefix',
  'suffix',
  'anything-but',
  'exists',
  'wildcard',
  'numeric',
  'cidr',
  '=',
  '<',
  '<=',
  '>',
  '>=',
  'regex',
  'not-wildcard',
  'not-equals-ignore-case',
  'date-after',
  'date-on-or-after',
  'date-before',
  'date-on-or-before',
  'in-date-range',
  'ip-address-in-range',
  'ip-address-not-in-range',
]);
