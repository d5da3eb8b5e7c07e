import { readFile } from 'node:fs/promises';
import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser';
import { UsageError } from './cli.ts';

/**
 * The content of a JSON file.
 * @throws UsageError that names the file, and line and column of the first syntax error
 */
export async function readJsonFile(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new UsageError(`${path}: cannot be read`, { cause });
  });
  try {
    return JSON.parse(text) as unknown; // however deeply nested
  } catch {
    throw new UsageError(`${path}: not JSON${placeOfError(text)}`);
  }
}

/** Which error, at which line and column. */
function placeOfError(text: string): string {
  const errors: ParseError[] = [];
  parse(text, errors, { disallowComments: true });
  const [error] = errors;
  if (error === undefined) return '';
  const before = text.slice(0, error.offset).split('\n');
  const place = `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
  return ` (${printParseErrorCode(error.error)} at ${place})`;
}
