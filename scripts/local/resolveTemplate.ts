import { checkParameters } from './template/checkParameters.ts';
import { evaluator } from './template/evaluator.ts';
import { type ResourceDeclaration, readTemplate } from './template/readTemplate.ts';
import type { Identity, Place } from './template/resourceTypes.ts';

/** A resource as it would be created: properties resolved, names and ARNs known. */
export interface Resource extends Identity {
  readonly logicalId: string;
  readonly type: string; // AWS::SQS::Queue
  readonly dependsOn: readonly string[];
  readonly deletionPolicy?: string;
  readonly updateReplacePolicy?: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface ResolvedTemplate {
  readonly parameters: Readonly<Record<string, string>>;
  readonly resources: Readonly<Record<string, Resource>>; // whose condition holds
  readonly outputs: Readonly<Record<string, string>>; // whose condition holds
}

/**
 * Turns a template into plain resources, as CloudFormation would for this place and these
 * parameters.
 * @throws Error that names the place: for an unknown function, name, attribute or parameter, and
 *   for resources that depend on one another in a circle
 */
export function resolveTemplate(
  text: string,
  place: Place,
  given: Readonly<Record<string, string>> = {},
): ResolvedTemplate {
  const template = readTemplate(text);
  const parameters = checkParameters(template.Parameters, given);
  const { evaluate, holds, identityOf } = evaluator(template, parameters, place);
  const needs = new Map<string, Set<string>>();

  const resources = Object.entries(template.Resources).map(([logicalId, declaration]) => {
    const where = `Resources.${logicalId}`;
    const needed = new Set(dependenciesOf(declaration));
    needs.set(logicalId, needed);
    const properties = evaluate(declaration.Properties ?? {}, `${where}.Properties`, needed);
    const { Type, Condition, DeletionPolicy, UpdateReplacePolicy } = declaration;
    if (Condition !== undefined && !holds(Condition, where)) return [];
    const resource: Resource = {
      logicalId,
      type: Type,
      ...identityOf(logicalId, where),
      dependsOn: dependenciesOf(declaration),
      ...(DeletionPolicy !== undefined && { deletionPolicy: DeletionPolicy }),
      ...(UpdateReplacePolicy !== undefined && { updateReplacePolicy: UpdateReplacePolicy }),
      properties: properties as Record<string, unknown>,
    };
    return [[logicalId, resource] as const];
  });
  refuseCircles(needs);

  const outputs = Object.entries(template.Outputs).flatMap(([name, { Value, Condition }]) => {
    const value = String(evaluate(Value, `Outputs.${name}`, new Set()));
    return Condition === undefined || holds(Condition, `Outputs.${name}`) ? [[name, value]] : [];
  });
  return {
    parameters,
    resources: Object.fromEntries(resources.flat()),
    outputs: Object.fromEntries(outputs) as Record<string, string>,
  };
}

/** The resources of one type, in the template's order. */
export function resourcesOfType({ resources }: ResolvedTemplate, type: string): Resource[] {
  return Object.values(resources).filter((resource) => resource.type === type);
}

function dependenciesOf({ DependsOn = [] }: ResourceDeclaration): string[] {
  return [DependsOn].flat();
}

/** CloudFormation refuses resources that wait for one another. */
function refuseCircles(needs: ReadonlyMap<string, ReadonlySet<string>>): void {
  const done = new Set<string>();
  const visit = (name: string, path: readonly string[]): void => {
    if (path.includes(name)) throw new Error(`a circle: ${[...path, name].join(' needs ')}`);
    if (done.has(name)) return;
    const needed = needs.get(name);
    if (needed === undefined) throw new Error(`Resources.${path.at(-1)}: no resource ${name}`);
    for (const next of needed) visit(next, [...path, name]);
    done.add(name);
  };
  for (const name of needs.keys()) visit(name, []);
}
