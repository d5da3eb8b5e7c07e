/**
 * The non-empty string at a path inside a value of unknown shape, or undefined.
 * Record fields are hostile: an array or a number where a string belongs is treated as absent,
 * never coerced.
 */
export function textAt(value: unknown, ...path: string[]): string | undefined {
  const found = valueAt(value, ...path);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

/** The value at a path of own properties, or undefined. */
export function valueAt(value: unknown, ...path: string[]): unknown {
  let found = value;
  for (const name of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name))
      return undefined;
    found = (found as Record<string, unknown>)[name];
  }
  return found;
}
