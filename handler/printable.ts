// Cc, Cf, Cs, Co, Cn: control characters, bidirectional and zero-width marks, lone surrogates,
// private and unassigned ones. Zl and Zp break lines. All of them can hide or reorder text.
const UNSAFE = /[\p{C}\p{Zl}\p{Zp}]/gu;

/**
 * Hostile text as one safe line: what cannot be seen is shown by its code point (`\u{202e}`),
 * and the line is cut to `max` characters, the last of which is then an ellipsis.
 */
export function printable(text: string, max = 200): string {
  const shown = cut(text, max * 4).replace(
    UNSAFE,
    (character) => `\\u{${(character.codePointAt(0) as number).toString(16)}}`,
  );
  return cut(shown, max);
}

/** One line of printable ASCII: accents are dropped, all else becomes a question mark. */
export function printableAscii(text: string, max: number): string {
  const folded = cut(text, max * 4)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '');
  return cut(folded.replace(/[^\x20-\x7e]/gu, '?'), max, '~');
}

/** At most `max` UTF-16 units of a text, never half a character; what is cut ends in `mark`. */
export function cut(text: string, max: number, mark = '…'): string {
  if (text.length <= max) return text;
  const end = max - mark.length;
  const splitsPair = /[\uD800-\uDBFF]/.test(text.charAt(end - 1));
  return text.slice(0, splitsPair ? end - 1 : end) + mark;
}
