import { flat } from '../valueAtPath.ts';

/** The value of an own field, whatever the case of its name: services differ in it. */
export function field(value: unknown, name: string): unknown {
  if (!isFields(value)) return undefined;
  if (Object.hasOwn(value, name)) return value[name];
  const wanted = name.toLowerCase();
  const found = Object.keys(value).find((key) => key.toLowerCase() === wanted);
  return found === undefined ? undefined : value[found];
}

/** The values at a path of such fields; those of every element where arrays lie on the way. */
export function fieldsAt(value: unknown, path: readonly string[]): readonly unknown[] {
  return path.reduce<readonly unknown[]>(
    (found, name) => elements(found.map((one) => field(one, name))),
    elements([value]),
  );
}

/** The elements of arrays in an array, to any depth; what is absent left out. */
export function elements(values: readonly unknown[]): readonly unknown[] {
  return flat(values).filter((value) => value !== undefined && value !== null);
}

/** One text or several, numbers among them; anything else is left out. */
export function textsIn(value: unknown): readonly string[] {
  return elements([value]).flatMap((one) =>
    typeof one === 'string' || typeof one === 'number' ? [String(one)] : [],
  );
}

export function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
