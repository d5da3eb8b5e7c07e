import { jsonOf } from '../jsonBytes.ts';
import type { Parsed } from '../parseBy.ts';
import { asksOriginator } from './asksOriginator.ts';
import { compilePattern } from './compilePattern.ts';
import type { NamedLists } from './namedLists.ts';
import { parseException, parsePattern } from './parsePattern.ts';
import type { Pattern } from './pattern.ts';
import { type Literal, requiredLiterals } from './requiredLiterals.ts';
import type { Subject } from './subject.ts';

/** A pattern, ready to be compared. */
export interface CompiledPattern {
  readonly matches: (subject: Subject) => boolean;
  readonly literals: readonly Literal[]; // what it cannot do without
  readonly asksOriginator: boolean;
}

/** Compiles patterns as they are written, or says what is wrong with them. */
export interface PatternCompiler {
  readonly pattern: (value: unknown) => Parsed<CompiledPattern>;
  /** One of an exception, which may name the originator as well. */
  readonly exception: (value: unknown) => Parsed<CompiledPattern>;
}

/** Compiles each pattern once: the rows of an entry have the same, and many entries one exception. */
export function patternCompiler(lists: NamedLists): PatternCompiler {
  return {
    pattern: once((value) => compiled(parsePattern(value, lists))),
    exception: once((value) => compiled(parseException(value, lists))),
  };
}

function once<T>(compile: (value: unknown) => T): (value: unknown) => T {
  const done = new Map<string, T>();
  return (value) => {
    const key = jsonOf(value);
    const found = key === undefined ? undefined : done.get(key);
    if (found !== undefined) return found;
    const made = compile(value);
    if (key !== undefined) done.set(key, made);
    return made;
  };
}

function compiled(parsed: Parsed<Pattern>): Parsed<CompiledPattern> {
  if ('problems' in parsed) return parsed;
  const { value } = parsed;
  return {
    value: {
      matches: compilePattern(value),
      literals: requiredLiterals(value),
      asksOriginator: asksOriginator(value),
    },
  };
}
