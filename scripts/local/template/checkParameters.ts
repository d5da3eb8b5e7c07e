import type { ParameterDeclaration } from './readTemplate.ts';

/**
 * The value of every parameter: given, or its default.
 * @throws Error for a parameter that is unknown, missing, or not as its declaration wants it
 */
export function checkParameters(
  declared: Readonly<Record<string, ParameterDeclaration>>,
  given: Readonly<Record<string, string>>,
): Record<string, string> {
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(declared, name)) throw new Error(`Parameters.${name}: not declared`);
  }
  return Object.fromEntries(
    Object.entries(declared).map(([name, declaration]) => {
      const value = given[name] ?? declaration.Default;
      if (value === undefined) throw new Error(`Parameters.${name}: no value and no default`);
      const problem = problemOf(String(value), declaration);
      if (problem !== undefined) throw new Error(`Parameters.${name}: "${value}" ${problem}`);
      return [name, String(value)];
    }),
  );
}

function problemOf(value: string, declaration: ParameterDeclaration): string | undefined {
  const { Type, AllowedPattern, AllowedValues, MinValue, MaxValue } = declaration;
  // CloudFormation matches the whole value.
  if (AllowedPattern !== undefined && !new RegExp(`^(?:${AllowedPattern})$`).test(value)) {
    return `does not match ${AllowedPattern}`;
  }
  if (AllowedValues !== undefined && !AllowedValues.map(String).includes(value)) {
    return `is none of ${AllowedValues.join(', ')}`;
  }
  if (Type !== 'Number') return undefined;
  if (value.trim() === '' || Number.isNaN(Number(value))) return 'is not a number';
  if (Number(value) < (MinValue ?? -Infinity)) return `is less than ${MinValue}`;
  return Number(value) > (MaxValue ?? Infinity) ? `is more than ${MaxValue}` : undefined;
}
