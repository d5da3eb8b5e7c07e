import { createHash } from 'node:crypto';
import type { Subject } from '../pattern/subject.ts';
import { valueOf } from '../subjectOf.ts';
import type { Path } from './grouping.ts';

/** Under this key every record counts whose own key came after too many others. */
export const OTHER = '*other*';

/**
 * The hash of a key: 16 hex digits.
 * @param parts the entry's id, W and M (null where there is none); then the values of the paths
 */
export function hashOfKey(
  parts: readonly (string | number | null)[],
  by: readonly Path[] | typeof OTHER,
  subject: Subject,
): string {
  const values =
    by === OTHER ? [OTHER] : by.map(({ segments }) => bracketed(valueOf(subject, segments)));
  return shortHash(stable([...parts, ...values]));
}

/** The first 16 hex digits of a text's SHA-256. */
export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** `[]` if absent, so that a value of null differs from none. */
function bracketed(value: unknown): readonly unknown[] {
  return value === undefined ? [] : [value];
}

/** JSON with object keys sorted; one text for all that is nested too deeply for the stack. */
export function stable(value: unknown): string {
  try {
    return JSON.stringify(value, (_name, part: unknown) => (isObject(part) ? sorted(part) : part));
  } catch {
    return 'nested too deeply';
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sorted(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
