/**
 * The value at a path of own properties, undefined if there is none. Where arrays lie on the way,
 * the array of what their elements hold there.
 */
export function valueAtPath(value: unknown, path: readonly string[]): unknown {
  let found = value;
  let depth = 0; // a plain count: this runs for every record
  for (const name of path) {
    if (Array.isArray(found)) return valueInElements(found, path.slice(depth));
    depth += 1;
    if (!isObject(found) || !Object.hasOwn(found, name)) return undefined;
    found = found[name];
  }
  return found;
}

function valueInElements(array: readonly unknown[], path: readonly string[]): unknown {
  let found = flat(array);
  for (const name of path) {
    found = found
      .flatMap((value) => (Array.isArray(value) ? flat(value) : [value]))
      .flatMap((value) => (isObject(value) && Object.hasOwn(value, name) ? [value[name]] : []));
  }
  return found.length === 0 ? undefined : found;
}

/** All elements of an array and of those in it, in order; not recursive: nesting is hostile. */
export function flat(array: readonly unknown[]): unknown[] {
  const found: unknown[] = [];
  const open: unknown[] = [array];
  while (open.length > 0) {
    const value = open.pop();
    if (Array.isArray(value)) {
      for (let index = value.length - 1; index >= 0; index -= 1) open.push(value[index]);
    } else found.push(value);
  }
  return found;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
