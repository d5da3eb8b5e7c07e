import type { NamedLists } from './namedLists.ts';
import type { Condition, Pattern } from './pattern.ts';

/** What the parts of the pattern parser hand down. */
export interface Parsing {
  readonly lists: NamedLists;
  /** Filled as the parser goes: one line each. */
  readonly problems: string[];
  /** Whether `$or` is a field like any other, as event-ruler has it where no `$or` is well formed. */
  readonly orIsName: boolean;
  /** Any condition, for what stands inside another. */
  readonly parseCondition: (parsing: Parsing, condition: unknown, label: string) => Conditions;
  /** The conditions that `{"list": NAME}` stands for. */
  readonly conditionsOfList: (parsing: Parsing, name: string, label: string) => Conditions;
  /** The pattern at a condition `json`; undefined if wrong. */
  readonly parseJson: (value: unknown, label: string, depth: number) => Pattern | undefined;
  /** Derived facts that it may name. */
  readonly facts: readonly string[];
  /** How deep in the pattern, json patterns counted in. */
  readonly depth: number;
}

/** Conditions that one written condition stands for; empty where it is wrong, or an empty list. */
export type Conditions = readonly Condition[];

/** Notes a problem. */
export function refuse({ problems }: Pick<Parsing, 'problems'>, label: string, what: string): [] {
  problems.push(label === '' ? what : `${label}: ${what}`);
  return [];
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
