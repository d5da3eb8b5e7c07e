import { evaluate, NO_VALUE, type Scope, textOf, truth } from './evaluate.ts';
import { isMap } from './isMap.ts';
import { pseudoParameters } from './pseudoParameters.ts';
import type { Template } from './readTemplate.ts';
import { elementsOf } from './resolveParameters.ts';
import { type Named, type Place, resourceTypeOf } from './resourceTypes.ts';

/** What Ref and GetAtt give for a resource. */
export interface Identity {
  physicalId: string;
  attributes: Record<string, string>;
}

export interface TemplateScope extends Scope {
  readonly identityOf: (logicalId: string) => Identity;
  readonly isCreated: (logicalId: string) => boolean;
}

/** What the names of a template stand for. Names are those that checkNames has let pass. */
export function templateScope(
  template: Template,
  parameters: Readonly<Record<string, string>>,
  place: Required<Place>,
): TemplateScope {
  const { Conditions, Mappings, Parameters, Resources } = template;
  const pseudo = pseudoParameters(place);

  const holds = (condition: string): boolean =>
    truth(Conditions[condition], `Conditions.${condition}`, scope);
  const isCreated = (logicalId: string): boolean => {
    const condition = Resources[logicalId]?.Condition;
    return condition === undefined || holds(condition);
  };

  const identityOf = (logicalId: string): Identity => {
    const { Type = '', Properties = {} } = Resources[logicalId] ?? {};
    const { nameProperty = '', generatedName, ref, attributes } = resourceTypeOf(Type);
    const property = (name: string) => {
      const where = `Resources.${logicalId}.Properties.${name}`;
      const value = evaluate(Properties[name], where, scope);
      return value === undefined || value === NO_VALUE ? undefined : textOf(value, where);
    };
    const draft: Named = { ...place, property, name: `${place.stackName}-${logicalId}` };
    const name = property(nameProperty) ?? generatedName?.(draft) ?? draft.name;
    const named: Named = { ...draft, name };
    return {
      physicalId: ref?.(named) ?? name,
      attributes: Object.fromEntries(
        Object.entries(attributes).map(([key, form]) => [key, form(named)]),
      ),
    };
  };
  const created = (logicalId: string, where: string): Identity => {
    if (isCreated(logicalId)) return identityOf(logicalId);
    const condition = Resources[logicalId]?.Condition;
    throw new Error(`${where}: ${logicalId} is not created: ${condition} does not hold`);
  };

  const scope: TemplateScope = {
    identityOf,
    isCreated,
    holds,
    ref: (name, where) => {
      if (Object.hasOwn(pseudo, name)) return pseudo[name];
      const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
      if (value === undefined) return created(name, where).physicalId;
      return Parameters[name]?.Type.includes('List') ? elementsOf(value) : value;
    },
    attribute: (resource, attribute, where) => created(resource, where).attributes[attribute] ?? '',
    mapped: (keys, where) => {
      let found: unknown = Mappings;
      for (const key of keys) {
        found = isMap(found) && Object.hasOwn(found, key) ? found[key] : undefined;
      }
      if (found !== undefined) return found;
      throw new Error(`${where}: no mapping ${keys.join('.')}`);
    },
  };
  return scope;
}
