import { isMap } from './isMap.ts';

/** A function of CloudFormation's, and the place in the template where it stands. */
export interface FunctionCall {
  readonly name: string; // long form: Ref, Condition, Fn::Sub
  readonly args: readonly unknown[]; // as they stand; a lone argument is a list of one
  readonly where: string;
}

/**
 * The function that a value is, if it is one. A map with a text under Condition alone counts: in a
 * policy, a map stands there.
 * @throws Error if a function does not stand alone in its map
 */
export function functionOf(value: unknown, where: string): FunctionCall | undefined {
  if (!isMap(value)) return undefined;
  const keys = Object.keys(value);
  const name = keys.find((key) => key === 'Ref' || key.startsWith('Fn::')) ?? conditionIn(value);
  if (name === undefined) return undefined;
  if (keys.length > 1) throw new Error(`${where}: ${name} must stand alone in its map`);
  const argument = value[name];
  const takesList = Array.isArray(argument) && name.startsWith('Fn::');
  return { name, args: takesList ? argument : [argument], where };
}

function conditionIn(value: Readonly<Record<string, unknown>>): string | undefined {
  const isCall = Object.keys(value).length === 1 && typeof value['Condition'] === 'string';
  return isCall ? 'Condition' : undefined;
}

/**
 * Every function within a value, outer ones first.
 * @param holds tells which branch of an Fn::If to enter; without it, both are
 */
export function* functionCalls(
  value: unknown,
  where: string,
  holds?: (condition: string) => boolean,
): Generator<FunctionCall> {
  const call = functionOf(value, where);
  if (call !== undefined) {
    yield call;
    for (const arg of entered(call, holds)) yield* functionCalls(arg, where, holds);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      yield* functionCalls(inner, `${where}.${key}`, holds);
    }
  }
}

function entered({ name, args }: FunctionCall, holds?: (condition: string) => boolean) {
  if (name !== 'Fn::If' || holds === undefined) return args;
  return [holds(String(args[0])) ? args[1] : args[2]];
}
