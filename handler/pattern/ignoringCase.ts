/**
 * What may stand for each UTF-16 unit of a text if case is ignored: its lower and its upper case,
 * as event-ruler has them. A unit's own forms count, so K (the Kelvin sign) stands for k but k not
 * for it, and an upper case may be longer (SS for one sharp s). Half of a surrogate pair becomes a
 * question mark there, so a character beyond 16 bits never equals itself.
 */
export function caseForms(text: string): readonly (readonly string[])[] {
  return text.split('').map((unit) => {
    if (unit >= '\ud800' && unit <= '\udfff') return ['?'];
    return [...new Set([unit.toLowerCase(), unit.toUpperCase()])];
  });
}

/** Where the forms end that a text begins with; undefined if it does not. */
export function endOfForms(
  text: string,
  forms: readonly (readonly string[])[],
): number | undefined {
  let end = 0;
  for (const either of forms) {
    const form = either.find((each) => text.startsWith(each, end));
    if (form === undefined) return undefined;
    end += form.length;
  }
  return end;
}

/** Where the forms begin that a text ends with; undefined if it does not. */
export function startOfForms(
  text: string,
  forms: readonly (readonly string[])[],
): number | undefined {
  let start = text.length;
  for (let index = forms.length - 1; index >= 0; index -= 1) {
    const form = forms[index]?.find((each) => text.endsWith(each, start));
    if (form === undefined) return undefined;
    start -= form.length;
  }
  return start;
}
