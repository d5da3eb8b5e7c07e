import type { Parsed } from './parseBy.ts';
import { parsePath } from './pattern/parsePath.ts';
import type { Subject } from './pattern/subject.ts';
import { shownValue } from './shownValue.ts';

/** A sentence with places, in turn: text as it is, or the path of a record's value. */
export type Template = readonly (string | readonly string[])[];

/** Reads a `summary`: `{userIdentity.arn}` is a place; a brace that is none is refused. */
export function parseTemplate(text: string): Parsed<Template> {
  const problems: string[] = [];
  const template = text.split(/(\{[^{}]*\})/).map((part) => {
    if (!part.startsWith('{')) {
      if (/[{}]/.test(part)) problems.push('a brace that belongs to no {path}');
      return part;
    }
    const path = parsePath(part.slice(1, -1));
    if ('value' in path) return path.value;
    problems.push(...path.problems.map((problem) => `${part}: ${problem}`));
    return '';
  });
  return problems.length > 0 ? { problems } : { value: template };
}

/** The sentence for a record: each place printable and short, a dash where there is no value. */
export function fillTemplate(template: Template, subject: Subject): string {
  return template
    .map((part) => (typeof part === 'string' ? part : shownValue(subject, part)))
    .join('');
}
