import { readFile } from 'node:fs/promises';
import { UsageError } from './cli.ts';

/**
 * The content of a JSON file.
 * @throws UsageError that names the file, and the line of a syntax error
 */
export async function readJsonFile(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${path}: ${reason}`, { cause: error });
  }
}
