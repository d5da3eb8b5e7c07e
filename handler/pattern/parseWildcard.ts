import type { Parsed } from '../parseBy.ts';

/** The literals between the stars of a wildcard; `\*` and `\\` stand for themselves. */
export function parseWildcard(text: string): Parsed<readonly string[]> {
  const literals = [''];
  for (let index = 0; index < text.length; index += 1) {
    let character = text.charAt(index);
    if (character === '*') {
      if (text.charAt(index + 1) === '*') return { problems: [`two stars in a row at ${index}`] };
      literals.push('');
      continue;
    }
    if (character === '\\') {
      index += 1;
      character = text.charAt(index);
      if (character !== '*' && character !== '\\') {
        return { problems: [`backslash at ${index - 1}, expected \\* or \\\\`] };
      }
    }
    literals[literals.length - 1] += character;
  }
  return { value: literals };
}
