const MOST_BYTES = 256 * 1024;
const DEEPEST = 32;

/** The object or array that a text holds as JSON, which may be percent-encoded; else undefined. */
export function documentIn(text: string): object | undefined {
  const json = /^%(?:7B|5B)/.test(text) ? decoded(text) : text;
  if (json === undefined || Buffer.byteLength(json, 'utf8') > MOST_BYTES) return undefined;
  if (isTooDeep(json)) return undefined;
  try {
    const document: unknown = JSON.parse(json);
    return typeof document === 'object' && document !== null ? document : undefined;
  } catch {
    return undefined;
  }
}

function decoded(text: string): string | undefined {
  // Each byte is three characters at most.
  if (text.length > 3 * MOST_BYTES) return undefined;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/**
 * Whether brackets are open too deep anywhere, seen before parsing: brackets in quotes do not count.
 * One pass, because the text is hostile: an expression for quoted text may start at every quote.
 */
function isTooDeep(json: string): boolean {
  let depth = 0;
  let isQuoted = false;
  for (let index = 0; index < json.length; index += 1) {
    const character = json[index];
    if (character === '"') isQuoted = !isQuoted;
    else if (isQuoted && character === '\\') index += 1;
    else if (!isQuoted && (character === '[' || character === '{')) depth += 1;
    else if (!isQuoted && (character === ']' || character === '}')) depth -= 1;
    if (depth > DEEPEST) return true;
  }
  return false;
}
