const ENTITIES: readonly (readonly [character: string, entity: string])[] = [
  ['&', '&amp;'], // first when escaping, last when reading
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&apos;'],
];

export function escapeXml(text: string): string {
  return ENTITIES.reduce((escaped, [char, entity]) => escaped.replaceAll(char, entity), text);
}

function unescapeXml(text: string): string {
  const read = text.replaceAll(/&#(x?)([0-9a-f]+);/gi, (_, hex: string, digits: string) =>
    String.fromCodePoint(Number.parseInt(digits, hex === '' ? 10 : 16)),
  );
  return ENTITIES.reduceRight((plain, [char, entity]) => plain.replaceAll(entity, char), read);
}

/**
 * What stands inside each element of a name, as it is written. Enough for what AWS's clients and the
 * emulators write: no element inside one of its own name, no CDATA, no comments.
 */
export function elementsOf(xml: string, name: string): string[] {
  const element = new RegExp(`<${name}(?:\\s[^>]*)?>([\\s\\S]*?)</${name}>`, 'g');
  return [...xml.matchAll(element)].map(([, inside = '']) => inside);
}

/** The text of the first element of a name. */
export function textOf(xml: string, name: string): string | undefined {
  const [first] = elementsOf(xml, name);
  return first === undefined ? undefined : unescapeXml(first);
}
