import type { Subject } from '../pattern/subject.ts';
import { shownValue } from '../shownValue.ts';
import type { Path } from './grouping.ts';

/** The values that make a key, for people: printable, without those that are absent. */
export function byOf(subject: Subject, by: readonly Path[]): Record<string, string> {
  const values = by.map(({ text, segments }) => [text, shownValue(subject, segments)] as const);
  return Object.fromEntries(values.filter(([, value]) => value !== '-'));
}
