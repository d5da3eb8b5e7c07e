import type { Subject } from './pattern/subject.ts';
import { printable } from './printable.ts';
import { valueOf } from './subjectOf.ts';
import { flat } from './valueAtPath.ts';

/** What a record holds at a path, for people: printable, at most 200 characters, `-` for nothing. */
export function shownValue(subject: Subject, path: readonly string[]): string {
  const value = valueOf(subject, path);
  const values = Array.isArray(value) ? flat(value) : [value];
  const texts = new Set(values.map(textOf).filter((one) => one !== '')); // each once
  const text = [...texts].join(', ');
  return text === '' ? '-' : printable(text);
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  try {
    return JSON.stringify(value);
  } catch {
    return '(nested too deeply)';
  }
}
