import { access } from 'node:fs/promises';

/**
 * The rows of a file that need not be there if it is the usual one; one that is named outright must.
 * @param given undefined: the usual one
 */
export async function readIfThere<T>(
  given: string | undefined,
  usual: string,
  read: (path: string) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  if (given !== undefined && given !== usual) return read(given);
  const isThere = await access(usual).then(
    () => true,
    () => false,
  );
  return isThere ? read(usual) : [];
}
