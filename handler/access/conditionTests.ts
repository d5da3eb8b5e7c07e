import { isFields, textsIn } from './fields.ts';

/** One test of a statement's `Condition`: an operator, a key and its values. */
export interface ConditionTest {
  readonly operator: string; // in lower case, without set and `IfExists`
  readonly set: string; // `foranyvalue`, `forallvalues` or ``
  readonly ifExists: boolean;
  readonly key: string; // in lower case
  readonly values: readonly string[];
}

export function testsIn(condition: unknown): readonly ConditionTest[] {
  if (!isFields(condition)) return [];
  return Object.entries(condition).flatMap(([written, keys]) => {
    const [, set = '', name = '', ifExists] =
      /^(?:(foranyvalue|forallvalues):)?(\w+?)(ifexists)?$/.exec(written.toLowerCase()) ?? [];
    return Object.entries(isFields(keys) ? keys : {}).map(([key, values]) => ({
      operator: name,
      set,
      ifExists: ifExists !== undefined,
      key: key.toLowerCase(),
      values: elementsAsTexts(values),
    }));
  });
}

/** The texts of a condition's values: booleans may stand without quotation marks. */
function elementsAsTexts(values: unknown): readonly string[] {
  return typeof values === 'boolean' ? [String(values)] : textsIn(values);
}
