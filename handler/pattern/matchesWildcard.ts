/** Whether a text consists of the literals in order, with anything between them. Never backtracks. */
export function matchesWildcard(text: string, literals: readonly string[]): boolean {
  const first = String(literals.at(0)); // there is one at least
  const last = String(literals.at(-1));
  if (literals.length === 1) return text === first;
  const end = text.length - last.length;
  if (!text.startsWith(first) || !text.endsWith(last) || first.length > end) return false;
  let from = first.length;
  for (const literal of literals.slice(1, -1)) {
    const found = text.indexOf(literal, from);
    if (found < 0) return false;
    from = found + literal.length;
  }
  return from <= end;
}

/** For comparing regardless of case; the two small sigmas are one. */
export const folded = (text: string) => text.toLowerCase().replaceAll('ς', 'σ');
