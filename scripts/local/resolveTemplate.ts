import { checkNames } from './template/checkNames.ts';
import { evaluate, textOf } from './template/evaluate.ts';
import { functionCalls } from './template/functionCalls.ts';
import { isMap } from './template/isMap.ts';
import { mentionsOf } from './template/mentionsOf.ts';
import { pseudoParameters } from './template/pseudoParameters.ts';
import { type ResourceDeclaration, readTemplate, type Template } from './template/readTemplate.ts';
import { type Need, refuseCircles } from './template/refuseCircles.ts';
import { resolveParameters } from './template/resolveParameters.ts';
import type { Place } from './template/resourceTypes.ts';
import { type TemplateScope, templateScope } from './template/templateScope.ts';

export type { Place } from './template/resourceTypes.ts';

/** A resource as it would be created. */
export interface Resource {
  logicalId: string;
  type: string; // AWS::SQS::Queue
  physicalId: string; // what Ref gives
  attributes: Record<string, string>; // what GetAtt gives
  dependsOn: string[]; // of the resources that are created
  deletionPolicy?: string;
  updateReplacePolicy?: string;
  properties: Record<string, unknown>; // without functions and AWS::NoValue
}

export interface ResolvedTemplate {
  parameters: Record<string, string>;
  resources: Record<string, Resource>; // only those whose condition holds
  outputs: Record<string, string>; // only those whose condition holds
}

/**
 * Turns a template into plain resources, as CloudFormation would for this place and these
 * parameters. `Rules` are not evaluated.
 * @throws Error that begins with the place: for a function, name, attribute, condition or parameter
 *   that is unknown, a parameter that is missing or breaks its constraints, a reference to a
 *   resource that is not created, and for what waits for itself
 */
export function resolveTemplate(
  text: string,
  place: Place,
  parameters: Record<string, string> = {},
): ResolvedTemplate {
  const template = readTemplate(text);
  const values = resolveParameters(template.Parameters, parameters);
  const there = { partition: 'aws', urlSuffix: 'amazonaws.com', ...place };
  checkNames(template, new Set(Object.keys(pseudoParameters(there))));
  refuseCircles(conditionNeeds(template));
  const scope = templateScope(template, values, there);
  const declared = Object.entries(template.Resources).filter(([name]) => scope.isCreated(name));
  refuseCircles(new Map(declared.map(([name, it]) => [name, resourceNeeds(name, it, scope)])));
  return {
    parameters: values,
    resources: Object.fromEntries(declared.map(([id, it]) => [id, resourceOf(id, it, scope)])),
    outputs: outputsOf(template, scope),
  };
}

/** The resources of one type, in the template's order. */
export function resourcesOfType({ resources }: ResolvedTemplate, type: string): Resource[] {
  return Object.values(resources).filter((found) => found.type === type);
}

function resourceOf(logicalId: string, it: ResourceDeclaration, scope: TemplateScope): Resource {
  const where = `Resources.${logicalId}.Properties`;
  const properties = evaluate(it.Properties, where, scope);
  if (!isMap(properties)) throw new Error(`${where}: expected a map`);
  const { DeletionPolicy, UpdateReplacePolicy } = it;
  return {
    logicalId,
    type: it.Type,
    ...scope.identityOf(logicalId),
    dependsOn: dependsOn(it).filter(scope.isCreated),
    ...(DeletionPolicy !== undefined && { deletionPolicy: DeletionPolicy }),
    ...(UpdateReplacePolicy !== undefined && { updateReplacePolicy: UpdateReplacePolicy }),
    properties,
  };
}

function outputsOf({ Outputs }: Template, scope: TemplateScope): Record<string, string> {
  const there = Object.entries(Outputs).filter(
    ([name, { Condition }]) => Condition === undefined || scope.holds(Condition, `Outputs.${name}`),
  );
  return Object.fromEntries(
    there.map(([name, { Value }]) => {
      const where = `Outputs.${name}.Value`;
      return [name, textOf(evaluate(Value, where, scope), where)];
    }),
  );
}

function conditionNeeds({ Conditions }: Template): Map<string, Need[]> {
  const needs = Object.entries(Conditions).map(([name, condition]): [string, Need[]] => {
    const calls = [...functionCalls(condition, `Conditions.${name}`)];
    const others = calls.filter((call) => call.name === 'Condition' || call.name === 'Fn::If');
    return [name, others.map(({ args, where }) => ({ name: String(args[0]), where }))];
  });
  return new Map(needs);
}

/** The resources that one waits for. Branches that are not taken do not count. */
function resourceNeeds(name: string, it: ResourceDeclaration, scope: TemplateScope): Need[] {
  const where = `Resources.${name}`;
  const holds = (condition: string) => scope.holds(condition, where);
  const calls = [...functionCalls(it, where, holds)];
  return [
    ...calls.flatMap((call) => mentionsOf(call).map((other) => ({ ...other, where: call.where }))),
    ...dependsOn(it).map((other) => ({ name: other, where: `${where}.DependsOn` })),
  ];
}

function dependsOn({ DependsOn = [] }: ResourceDeclaration): string[] {
  return [DependsOn].flat();
}

/** A resource by its logical id. */
export function resource({ resources }: ResolvedTemplate, logicalId: string): Resource {
  const found = resources[logicalId];
  if (found === undefined) throw new Error(`the template has no resource ${logicalId}`);
  return found;
}
