import type { ParameterDeclaration } from './readTemplate.ts';

const TYPES = new Set(['String', 'Number', 'CommaDelimitedList', 'List<Number>']);

/**
 * The value of every parameter: given, or its default.
 * @throws Error for a parameter that is not declared, has no value, or breaks its constraints
 */
export function resolveParameters(
  declared: Readonly<Record<string, ParameterDeclaration>>,
  given: Readonly<Record<string, string>>,
): Record<string, string> {
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(declared, name)) throw new Error(`Parameters.${name}: not declared`);
  }
  return Object.fromEntries(
    Object.entries(declared).map(([name, declaration]) => {
      const value = Object.hasOwn(given, name) ? given[name] : declaration.Default;
      if (value === undefined) throw new Error(`Parameters.${name}: no value and no default`);
      const problem = problemOf(String(value), declaration);
      if (problem !== undefined) throw new Error(`Parameters.${name}: "${value}" ${problem}`);
      return [name, String(value)];
    }),
  );
}

/** The elements of a list parameter. */
export function elementsOf(value: string): string[] {
  return value === '' ? [] : value.split(',').map((element) => element.trim());
}

function problemOf(value: string, declaration: ParameterDeclaration): string | undefined {
  const { Type, AllowedPattern, AllowedValues } = declaration;
  if (!TYPES.has(Type)) return `is of a type that is not known here: ${Type}`;
  // CloudFormation matches the whole value.
  if (AllowedPattern !== undefined && !new RegExp(`^(?:${AllowedPattern})$`).test(value)) {
    return `does not match ${AllowedPattern}`;
  }
  const parts = Type.includes('List') ? elementsOf(value) : [value];
  if (AllowedValues !== undefined) {
    const allowed = AllowedValues.map(String);
    if (!parts.every((part) => allowed.includes(part))) return `is not of ${allowed.join(', ')}`;
  }
  if (!Type.includes('Number')) return lengthProblem(value, declaration);
  return parts.map((part) => numberProblem(part, declaration)).find((problem) => problem);
}

function lengthProblem(value: string, { MinLength, MaxLength }: ParameterDeclaration) {
  if (value.length < Number(MinLength ?? 0)) return `is shorter than ${MinLength}`;
  return value.length > Number(MaxLength ?? Infinity) ? `is longer than ${MaxLength}` : undefined;
}

function numberProblem(value: string, { MinValue, MaxValue }: ParameterDeclaration) {
  if (!/^[+-]?\d+(\.\d+)?$/.test(value)) return 'is not a number';
  if (Number(value) < Number(MinValue ?? -Infinity)) return `is less than ${MinValue}`;
  return Number(value) > Number(MaxValue ?? Infinity) ? `is more than ${MaxValue}` : undefined;
}
