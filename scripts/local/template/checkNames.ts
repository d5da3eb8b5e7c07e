import { type FunctionCall, functionCalls } from './functionCalls.ts';
import { type Mention, mentionsOf } from './mentionsOf.ts';
import type { Template } from './readTemplate.ts';
import { resourceTypeOf } from './resourceTypes.ts';

// How many arguments each function takes, at least and at most.
const ARGUMENTS: Readonly<Record<string, readonly [number, number]>> = {
  Ref: [1, 1],
  Condition: [1, 1],
  'Fn::GetAtt': [1, 2],
  'Fn::Sub': [1, 2],
  'Fn::If': [3, 3],
  'Fn::Equals': [2, 2],
  'Fn::Not': [1, 1],
  'Fn::And': [2, 10],
  'Fn::Or': [2, 10],
  'Fn::Join': [2, 2],
  'Fn::Select': [2, 2],
  'Fn::Split': [2, 2],
  'Fn::FindInMap': [3, 3],
};
const IN_CONDITIONS = new Set(['Condition', 'Fn::Equals', 'Fn::Not', 'Fn::And', 'Fn::Or']);

/**
 * Sees to it that every function, name, attribute and condition exists, also where a condition
 * does not hold and in branches that are not taken.
 * @throws Error that names the first place where one does not
 */
export function checkNames(template: Template, pseudo: ReadonlySet<string>): void {
  const { Conditions, Outputs, Parameters, Resources } = template;
  for (const name of Object.keys(Resources)) {
    if (Object.hasOwn(Parameters, name)) throw new Error(`Resources.${name}: a parameter's name`);
  }
  for (const call of functionCalls(Conditions, 'Conditions')) checkCall(call, template, pseudo);
  for (const [section, declarations] of Object.entries({ Resources, Outputs })) {
    for (const [name, declaration] of Object.entries(declarations)) {
      const where = `${section}.${name}`;
      const { Condition } = declaration;
      if (Condition !== undefined) checkCondition(Condition, `${where}.Condition`, template);
      for (const call of functionCalls(declaration, where)) checkCall(call, template, pseudo);
    }
  }
  for (const [name, { DependsOn = [] }] of Object.entries(Resources)) {
    for (const other of [DependsOn].flat()) {
      if (Object.hasOwn(Resources, other)) continue;
      throw new Error(`Resources.${name}.DependsOn: no resource ${other}`);
    }
  }
}

function checkCall(call: FunctionCall, template: Template, pseudo: ReadonlySet<string>): void {
  const { name, args, where } = call;
  const limits = ARGUMENTS[name]; // a call's name is Ref, Condition or begins with Fn::
  if (limits === undefined) throw new Error(`${where}: ${name} is not a function known here`);
  const [least, most] = limits;
  if (args.length < least || args.length > most) {
    throw new Error(`${where}: ${name} takes ${least} to ${most} arguments, not ${args.length}`);
  }
  if (IN_CONDITIONS.has(name) && !where.startsWith('Conditions.')) {
    throw new Error(`${where}: ${name} may stand in conditions only`);
  }
  if (name === 'Condition' || name === 'Fn::If') checkCondition(args[0], where, template);
  if (name === 'Fn::FindInMap') checkMapping(args[0], where, template);
  for (const mention of mentionsOf(call)) checkMention(mention, where, template, pseudo);
}

function checkCondition(name: unknown, where: string, { Conditions }: Template): void {
  if (typeof name === 'string' && Object.hasOwn(Conditions, name)) return;
  throw new Error(`${where}: no condition ${JSON.stringify(name)}`);
}

function checkMapping(name: unknown, where: string, { Mappings }: Template): void {
  if (typeof name !== 'string' || Object.hasOwn(Mappings, name)) return;
  throw new Error(`${where}: no mapping ${name}`);
}

function checkMention(
  { name, attribute }: Mention,
  where: string,
  { Parameters, Resources }: Template,
  pseudo: ReadonlySet<string>,
): void {
  if (name.startsWith('AWS::')) {
    if (pseudo.has(name) && attribute === undefined) return;
    throw new Error(`${where}: ${name} is not a pseudo parameter known here`);
  }
  if (attribute === undefined && Object.hasOwn(Parameters, name)) return;
  const resource = Object.hasOwn(Resources, name) ? Resources[name] : undefined;
  if (resource === undefined) {
    const wanted = attribute === undefined ? 'parameter or resource' : 'resource';
    throw new Error(`${where}: no ${wanted} ${name}`);
  }
  if (where.startsWith('Conditions.')) throw new Error(`${where}: a condition names ${name}`);
  if (attribute === undefined) return;
  if (Object.hasOwn(resourceTypeOf(resource.Type).attributes, attribute)) return;
  throw new Error(`${where}: ${resource.Type} has no attribute ${attribute} known here`);
}
