/** Numbers that choose a field, what to ask of it, and where to cut its text. */
export interface Draw {
  readonly leaf: number;
  readonly condition: number;
  readonly cut: number;
  /** Whether the condition goes into an `$or` beside one that never holds. */
  readonly alternative: boolean;
}

interface Leaf {
  readonly path: readonly string[];
  readonly value: unknown;
}

type Fields = Record<string, unknown>;

/** A valid pattern that asks for fields of this document, in ways that mostly hold for it. */
export function patternFrom(document: unknown, draws: readonly Draw[]): Fields {
  const leaves = leavesOf(document);
  const pattern: Fields = {};
  for (const draw of draws) {
    const leaf = leaves[draw.leaf % leaves.length];
    if (leaf !== undefined) put(pattern, leaf.path, conditionsOn(leaf, draw), draw.alternative);
  }
  return pattern;
}

function leavesOf(value: unknown, path: readonly string[] = []): Leaf[] {
  if (typeof value !== 'object' || value === null) return [{ path, value }];
  if (Array.isArray(value)) return value.flatMap((element) => leavesOf(element, path));
  return Object.entries(value).flatMap(([name, inner]) => leavesOf(inner, [...path, name]));
}

/** Sets what stands at a path, unless something above or below is asked for already. */
function put(
  pattern: Fields,
  [name, ...rest]: readonly string[],
  conditions: unknown[],
  alternative: boolean,
): void {
  if (name === undefined) return;
  if (rest.length > 0) {
    const inner = (pattern[name] ??= {});
    if (isFields(inner)) put(inner, rest, conditions, alternative);
  } else if (alternative && !Object.hasOwn(pattern, '$or')) {
    pattern['$or'] = [{ [name]: conditions }, { [name]: [{ exists: true }], 'no such field': [1] }];
  } else if (!isFields(pattern[name])) {
    pattern[name] = conditions;
  }
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function conditionsOn({ path, value }: Leaf, { condition, cut }: Draw): unknown[] {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const options = [
    [value],
    [{ exists: true }],
    [{ text: { exists: true } }],
    [{ text }],
    [{ text: { 'wildcard-ignore-case': wildcardOf(text.toUpperCase(), cut) } }],
    [{ exists: false }],
    [{ 'same-as': path.join('.') }],
    [{ 'anything-but': `${text}!` }],
    [{ 'anything-but': { 'same-as': 'eventName' } }],
    [{ list: 'drawn' }, value],
    [{ list: 'known-accounts' }, { 'anything-but': { list: 'drawn' } }],
    ...(typeof value === 'number' ? [[{ numeric: ['>=', value] }], [{ 'anything-but': 5 }]] : []),
    ...(typeof value === 'string' ? textOptions(value, cut) : []),
  ];
  return options[condition % options.length] ?? [value];
}

function textOptions(text: string, cut: number): unknown[][] {
  const head = text.slice(0, 1 + (cut % Math.max(1, text.length))) || 'x';
  const tail = text.slice(cut % Math.max(1, text.length)) || 'x';
  const document = documentIn(text);
  return [
    [{ prefix: head }],
    [{ suffix: tail }],
    [{ prefix: { 'equals-ignore-case': head.toUpperCase() } }],
    [{ suffix: { 'equals-ignore-case': tail.toLowerCase() } }],
    [{ 'equals-ignore-case': text.toUpperCase() }],
    [{ wildcard: wildcardOf(text, cut) }],
    [{ 'anything-but': { prefix: [head, '!'] } }],
    [{ 'anything-but': { wildcard: wildcardOf(text, cut + 1) } }],
    [{ cidr: '192.168.0.0/16' }, { cidr: '2001:db8::/32' }, { prefix: head }],
    ...(document === undefined ? [] : asked(document, cut)),
  ];
}

/** Several, because few fields hold JSON. */
const asked = (document: unknown, cut: number): unknown[][] =>
  [cut, cut + 1, cut + 2, cut + 3]
    .map((leaf) => patternFrom(document, [{ leaf, condition: leaf, cut, alternative: false }]))
    .filter((pattern) => Object.keys(pattern).length > 0)
    .map((pattern) => [{ json: pattern }]);

function documentIn(text: string): unknown {
  if (!/^([[{]|%7B|%5B)/.test(text)) return undefined;
  try {
    return JSON.parse(text.startsWith('%') ? decodeURIComponent(text) : text);
  } catch {
    return undefined;
  }
}

/** The text with a star in place of a part. */
function wildcardOf(text: string, cut: number): string {
  const at = cut % (text.length + 1);
  const escaped = [text.slice(0, at), text.slice(at + 3)].map((part) =>
    part.replaceAll(/[\\*]/g, '\\$&'),
  );
  return escaped.join('*');
}
