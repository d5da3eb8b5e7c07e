import type { FunctionCall } from './functionCalls.ts';
import { isMap } from './isMap.ts';

/** A parameter, pseudo parameter or resource that a function names, or a resource's attribute. */
export interface Mention {
  readonly name: string;
  readonly attribute?: string;
}

/**
 * What Ref, Fn::GetAtt and Fn::Sub name; other functions name nothing themselves.
 * @throws Error if the arguments are not of the function's form
 */
export function mentionsOf(call: FunctionCall): Mention[] {
  const { name, args, where } = call;
  if (name === 'Fn::Sub') return [...variablesIn(subOf(call).text, subOf(call).own)];
  if (name !== 'Ref' && name !== 'Fn::GetAtt') return [];
  if (!args.every((arg) => typeof arg === 'string'))
    throw new Error(`${where}: ${name} takes names`);
  if (name === 'Ref') return [{ name: String(args[0]) }];
  const mention = mentionOf(args.join('.'));
  if (!mention.attribute) throw new Error(`${where}: Fn::GetAtt takes a resource and an attribute`);
  return [mention];
}

/** `Queue.Arn` is an attribute, `Queue` the thing itself. */
export function mentionOf(text: string): Mention {
  const dot = text.indexOf('.');
  return dot < 0 ? { name: text } : { name: text.slice(0, dot), attribute: text.slice(dot + 1) };
}

/** `${Name}`, or `${!Literal}`. */
export const VARIABLE = /\$\{([^}]*)\}/g;

/** The text of an Fn::Sub, and the variables of its own. */
export function subOf({ args: [text, own = {}], where }: FunctionCall) {
  if (typeof text !== 'string') throw new Error(`${where}: Fn::Sub takes a text`);
  if (!isMap(own)) throw new Error(`${where}: the second argument of Fn::Sub is a map`);
  return { text, own };
}

function* variablesIn(text: string, own: Readonly<Record<string, unknown>>): Generator<Mention> {
  for (const [, variable = ''] of text.matchAll(VARIABLE)) {
    if (!variable.startsWith('!') && !Object.hasOwn(own, variable)) yield mentionOf(variable);
  }
}
