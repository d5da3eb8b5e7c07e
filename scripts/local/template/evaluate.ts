import { isDeepStrictEqual } from 'node:util';
import { type FunctionCall, functionOf } from './functionCalls.ts';
import { isMap } from './isMap.ts';
import { mentionOf, mentionsOf, subOf, VARIABLE } from './mentionsOf.ts';

/** What AWS::NoValue evaluates to: the property or element is left out. */
export const NO_VALUE = Symbol('AWS::NoValue');

/** What names stand for. Errors begin with the place in the template. */
export interface Scope {
  readonly ref: (name: string, where: string) => unknown;
  readonly attribute: (resource: string, attribute: string, where: string) => string;
  readonly holds: (condition: string, where: string) => boolean;
  readonly mapped: (keys: readonly string[], where: string) => unknown;
}

/** A value without functions, or NO_VALUE. Only the branch that an Fn::If takes is evaluated. */
export function evaluate(value: unknown, where: string, scope: Scope): unknown {
  const call = functionOf(value, where);
  if (call !== undefined) return FUNCTIONS[call.name]?.(call, scope);
  const inner = (part: unknown, key: string | number) => evaluate(part, `${where}.${key}`, scope);
  if (Array.isArray(value)) return value.map(inner).filter((part) => part !== NO_VALUE);
  if (!isMap(value)) return value;
  const entries = Object.entries(value).map(([key, part]) => [key, inner(part, key)] as const);
  return Object.fromEntries(entries.filter(([, part]) => part !== NO_VALUE));
}

// That a call's name and number of arguments are right is checked before: checkNames.
const FUNCTIONS: Readonly<Record<string, (call: FunctionCall, scope: Scope) => unknown>> = {
  Ref: (call, { ref }) => ref(String(call.args[0]), call.where),
  Condition: ({ args, where }, { holds }) => holds(String(args[0]), where),
  'Fn::GetAtt': (call, { attribute }) => {
    const [mention] = mentionsOf(call);
    return attribute(mention?.name ?? '', mention?.attribute ?? '', call.where);
  },
  'Fn::Sub': substitute,
  'Fn::If': ({ args: [condition, yes, no], where }, scope) =>
    evaluate(scope.holds(String(condition), where) ? yes : no, where, scope),
  'Fn::Equals': ({ args, where }, scope) => {
    const [a, b] = args.map((arg) => comparable(evaluate(arg, where, scope), where));
    return isDeepStrictEqual(a, b);
  },
  'Fn::Not': ({ args, where }, scope) => !truth(args[0], where, scope),
  'Fn::And': ({ args, where }, scope) => args.every((arg) => truth(arg, where, scope)),
  'Fn::Or': ({ args, where }, scope) => args.some((arg) => truth(arg, where, scope)),
  'Fn::Join': ({ args: [separator, parts], where }, scope) =>
    list(parts, where, scope)
      .map((part) => textOf(part, where))
      .join(text(separator, where, scope)),
  'Fn::Split': ({ args, where }, scope) => {
    const [separator = '', whole = ''] = args.map((arg) => text(arg, where, scope));
    if (separator === '') throw new Error(`${where}: Fn::Split takes a separator`);
    return whole.split(separator);
  },
  'Fn::Select': ({ args: [index, from], where }, scope) => {
    const at = text(index, where, scope);
    const all = list(from, where, scope);
    if (/^\d+$/.test(at) && Number(at) < all.length) return all[Number(at)];
    throw new Error(`${where}: Fn::Select finds no element ${at} of ${all.length}`);
  },
  'Fn::FindInMap': ({ args, where }, { mapped, ...rest }) =>
    mapped(
      args.map((arg) => text(arg, where, { mapped, ...rest })),
      where,
    ),
};

function substitute(call: FunctionCall, scope: Scope): string {
  const { where } = call;
  const { text: template, own } = subOf(call);
  return template.replace(VARIABLE, (_, variable: string) => {
    if (variable.startsWith('!')) return `\${${variable.slice(1)}}`;
    if (Object.hasOwn(own, variable)) return text(own[variable], `${where}.${variable}`, scope);
    const { name, attribute } = mentionOf(variable);
    if (attribute !== undefined) return scope.attribute(name, attribute, where);
    return textOf(scope.ref(name, where), where);
  });
}

function text(value: unknown, where: string, scope: Scope): string {
  return textOf(evaluate(value, where, scope), where);
}

/** @throws Error for a list, a map and NO_VALUE */
export function textOf(value: unknown, where: string): string {
  if (['string', 'number', 'boolean'].includes(typeof value)) return String(value);
  throw new Error(`${where}: expected text`);
}

function list(value: unknown, where: string, scope: Scope): unknown[] {
  const all = evaluate(value, where, scope);
  if (Array.isArray(all)) return all;
  throw new Error(`${where}: expected a list`);
}

/** @throws Error for what is not a condition function */
export function truth(value: unknown, where: string, scope: Scope): boolean {
  const result = evaluate(value, where, scope);
  if (typeof result === 'boolean' && functionOf(value, where) !== undefined) return result;
  throw new Error(`${where}: expected a condition`);
}

/** CloudFormation compares text: a YAML true equals 'true'. */
function comparable(value: unknown, where: string): unknown {
  return typeof value === 'object' && value !== null ? value : textOf(value, where);
}
