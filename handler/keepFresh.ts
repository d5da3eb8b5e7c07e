export interface Fresh<T> {
  readonly value: T;
  readonly failure?: unknown; // why the value could not be loaded again: it is the last good one
}

/**
 * Loads a value at the first call, and again when it is older than `maxAge` milliseconds.
 * A failed reload keeps the last good value and is tried again at the next call; the first load
 * has nothing to fall back to and throws.
 */
export function keepFresh<T>(
  load: () => Promise<T>,
  maxAge: number,
  now: () => number,
): () => Promise<Fresh<T>> {
  let last: { value: T; at: number } | undefined;
  return async () => {
    if (last !== undefined && now() - last.at <= maxAge) return { value: last.value };
    try {
      last = { value: await load(), at: now() };
      return { value: last.value };
    } catch (failure) {
      if (last === undefined) throw failure;
      return { value: last.value, failure };
    }
  };
}
