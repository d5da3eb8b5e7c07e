import type { Template } from './readTemplate.ts';
import { type Identity, type Place, RESOURCE_TYPES } from './resourceTypes.ts';

const NO_VALUE = Symbol('AWS::NoValue');

/** Evaluates the functions of one template. Errors begin with the place in the template. */
export interface Evaluator {
  /** A value without functions; adds the resources it names to `needed`. */
  readonly evaluate: (value: unknown, where: string, needed: Set<string>) => unknown;
  readonly holds: (condition: string, where: string) => boolean;
  readonly identityOf: (logicalId: string, where: string) => Identity;
}

export function evaluator(
  template: Template,
  parameters: Readonly<Record<string, string>>,
  place: Place,
): Evaluator {
  const { partition = 'aws', urlSuffix = 'amazonaws.com', accountId, region, stackName } = place;
  const pseudo: Readonly<Record<string, string | symbol>> = {
    'AWS::AccountId': accountId,
    'AWS::NoValue': NO_VALUE,
    'AWS::Partition': partition,
    'AWS::Region': region,
    'AWS::StackId': `arn:${partition}:cloudformation:${region}:${accountId}:stack/${stackName}/1`,
    'AWS::StackName': stackName,
    'AWS::URLSuffix': urlSuffix,
  };

  const identityOf = (logicalId: string, where: string): Identity => {
    const declaration = template.Resources[logicalId];
    if (declaration === undefined) throw new Error(`${where}: no resource ${logicalId}`);
    const type = RESOURCE_TYPES[declaration.Type];
    if (type === undefined) throw new Error(`${where}: type ${declaration.Type} is not known here`);
    const given = declaration.Properties?.[type.nameProperty ?? ''];
    const generated = `${stackName}-${logicalId}`;
    const name = given === undefined ? generated : String(evaluate(given, where, new Set()));
    const arn = (path: string) =>
      `arn:${partition}:${path.replace('REGION', region).replace('ACCOUNT', accountId)}`;
    return type.identity(name, arn, place);
  };

  const ref = (name: string, where: string, needed: Set<string>): unknown => {
    if (Object.hasOwn(pseudo, name)) return pseudo[name];
    if (Object.hasOwn(parameters, name)) return parameters[name];
    needed.add(name);
    return identityOf(name, where).physicalId;
  };

  const attribute = (name: string, path: string, where: string, needed: Set<string>): string => {
    needed.add(name);
    const { attributes } = identityOf(name, where);
    const value = Object.hasOwn(attributes, path) ? attributes[path] : undefined;
    if (value === undefined) throw new Error(`${where}: ${name} has no attribute ${path}`);
    return value;
  };

  const substitute = (text: string, own: object, where: string, needed: Set<string>): string =>
    text.replace(/\$\{([^}]*)\}/g, (_, name: string) => {
      if (name.startsWith('!')) return `\${${name.slice(1)}}`;
      if (Object.hasOwn(own, name)) return String((own as Record<string, unknown>)[name]);
      const [resource = '', ...path] = name.split('.');
      const value =
        path.length > 0
          ? attribute(resource, path.join('.'), where, needed)
          : ref(name, where, needed);
      return String(value);
    });

  const holds = (condition: string, where: string): boolean => {
    if (!Object.hasOwn(template.Conditions, condition)) {
      throw new Error(`${where}: no condition ${condition}`);
    }
    const at = `Conditions.${condition}`;
    return truth(evaluate(template.Conditions[condition], at, new Set()), at);
  };

  // Each takes its evaluated arguments; Sub and If look at theirs before they are evaluated.
  const functions: Readonly<Record<string, (args: unknown[], where: string) => unknown>> = {
    'Fn::Equals': ([a, b]) => String(a) === String(b),
    'Fn::Not': ([a], where) => !truth(a, where),
    'Fn::And': (all, where) => all.every((value) => truth(value, where)),
    'Fn::Or': (all, where) => all.some((value) => truth(value, where)),
    'Fn::Join': ([separator, parts], where) => list(parts, where).join(String(separator)),
    'Fn::Split': ([separator, text]) => String(text).split(String(separator)),
    'Fn::Select': ([index, from], where) => {
      const found = list(from, where)[Number(index)];
      if (found === undefined) throw new Error(`${where}: Fn::Select finds nothing`);
      return found;
    },
  };

  const call = (name: string, argument: unknown, where: string, needed: Set<string>): unknown => {
    const args = [argument].flat();
    if (name === 'Ref') return ref(String(argument), where, needed);
    if (name === 'Condition') return holds(String(argument), where);
    if (name === 'Fn::GetAtt') return attribute(String(args[0]), String(args[1]), where, needed);
    if (name === 'Fn::Sub') {
      const own = evaluate(args[1] ?? {}, where, needed) as object;
      return substitute(String(args[0]), own, where, needed);
    }
    if (name === 'Fn::If') {
      const [condition, yes, no] = args;
      // Both are evaluated, so that names are checked in the one not taken, too.
      const [taken, other] = holds(String(condition), where) ? [yes, no] : [no, yes];
      evaluate(other, where, new Set());
      return evaluateOrNone(taken, where, needed);
    }
    const known = functions[name];
    if (known === undefined) throw new Error(`${where}: ${name} is not known here`);
    return known(
      args.map((value) => evaluate(value, where, needed)),
      where,
    );
  };

  const evaluateOrNone = (value: unknown, where: string, needed: Set<string>): unknown => {
    if (Array.isArray(value)) {
      const all = value.map((element, index) =>
        evaluateOrNone(element, `${where}.${index}`, needed),
      );
      return all.filter((element) => element !== NO_VALUE);
    }
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value);
    const [only] = entries;
    if (entries.length === 1 && only !== undefined && isFunction(only, where)) {
      return call(only[0], only[1], where, needed);
    }
    const all = entries.map(
      ([name, inner]) => [name, evaluateOrNone(inner, `${where}.${name}`, needed)] as const,
    );
    return Object.fromEntries(all.filter(([, inner]) => inner !== NO_VALUE));
  };

  const evaluate: Evaluator['evaluate'] = (value, where, needed) => {
    const result = evaluateOrNone(value, where, needed);
    return result === NO_VALUE ? undefined : result;
  };

  return { evaluate, holds, identityOf };
}

/** `Condition` is a function in conditions only: policies have a key of that name, with a map. */
function isFunction([name, argument]: [string, unknown], where: string): boolean {
  if (name === 'Condition') return where.startsWith('Conditions.') && typeof argument === 'string';
  return name === 'Ref' || name.startsWith('Fn::');
}

function truth(value: unknown, where: string): boolean {
  if (typeof value !== 'boolean') throw new Error(`${where}: expected a condition`);
  return value;
}

function list(value: unknown, where: string): unknown[] {
  if (!Array.isArray(value)) throw new Error(`${where}: expected a list`);
  return value;
}
