import fc from 'fast-check';
import type { NamedLists } from '../../../handler/pattern/namedLists.ts';

export interface PatternAndRecord {
  readonly pattern: Readonly<Record<string, unknown>>;
  readonly record: Readonly<Record<string, unknown>>;
}

/** The lists that generated patterns name. */
export const lists: NamedLists = new Map<string, readonly unknown[]>([
  ['letters', ['a', 'b', 'ab']],
  ['mixed', ['aB', { prefix: 'b' }, { numeric: ['>', 1] }, null]],
  ['networks', [{ cidr: '10.0.0.0/8' }, { cidr: '2001:db8::/32' }]],
  ['nobody', []],
]);

const ACCOUNTS = ['111111111111', '222222222222'];

/** For the subject of generated records: the accounts that are known. */
export const isKnownAccount = (accountId: string): boolean => accountId === ACCOUNTS[0];

const NAMES = ['a', 'b', 'c', 'a!', 'B', 'é'];
const ODD_NAMES = ['a.b', '__proto__', 'constructor', 'toString', ''];
const STRINGS = [
  '',
  'a',
  'b',
  'ab',
  'aB',
  'AB',
  'ba',
  'aab',
  'a*b',
  'a\\b',
  'é',
  'É',
  'ß',
  'ſ',
  'K',
];
const NUMBERS = [0, 1, -1, 1.5, 2, 10, 300, -300.25, 1e3, 5e9];
const ADDRESSES = [
  '10.0.0.1',
  '10.255.0.0',
  '11.0.0.0',
  '2001:db8::1',
  '2001:DB8:0::2',
  '::1',
  '1.2',
];
const JSON_TEXTS = [
  '{"a":"a"}',
  '{"a":[{"b":1},{"b":"a"}]}',
  '[{"a":"a"},{"b":"b"}]',
  '%7B%22a%22%3A%22b%22%7D',
  '%7B%22a%22%3A%2',
  '{"a":',
  '"a"',
  '{"trailwatch":"a","a":{"a":"b"}}',
];

const name = (own: boolean) =>
  fc.oneof(
    { arbitrary: fc.constantFrom(...NAMES.slice(0, 3)), weight: 12 },
    { arbitrary: fc.constantFrom(...NAMES), weight: 2 },
    ...(own ? [{ arbitrary: fc.constantFrom(...ODD_NAMES), weight: 1 }] : []),
  );
const string = fc.oneof(
  { arbitrary: fc.constantFrom(...STRINGS), weight: 8 },
  { arbitrary: fc.string({ unit: fc.constantFrom('a', 'b', 'A', 'B'), maxLength: 4 }), weight: 3 },
  { arbitrary: fc.constantFrom(...ADDRESSES, ...ACCOUNTS), weight: 2 },
  { arbitrary: fc.string({ unit: 'grapheme', maxLength: 3 }), weight: 1 },
);
const number = fc.oneof(
  { arbitrary: fc.constantFrom(...NUMBERS), weight: 4 },
  { arbitrary: fc.integer({ min: -400, max: 400 }), weight: 1 },
  { arbitrary: fc.integer({ min: -50_000, max: 50_000 }).map((n) => n / 100), weight: 1 },
);
const scalar = fc.oneof(
  { arbitrary: string, weight: 6 },
  { arbitrary: number, weight: 3 },
  { arbitrary: fc.constantFrom(true, false, null), weight: 2 },
);

/** Objects may hold any own name, `__proto__` too. */
const objectOf = (names: fc.Arbitrary<string>, values: fc.Arbitrary<unknown>, min = 0) =>
  fc
    .uniqueArray(fc.tuple(names, values), {
      minLength: min,
      maxLength: 4,
      selector: ([key]) => key,
    })
    .map((fields) => Object.fromEntries(fields));

function records(own: boolean): fc.Arbitrary<Record<string, unknown>> {
  const text = own
    ? fc.oneof({ arbitrary: scalar, weight: 6 }, fc.constantFrom(...JSON_TEXTS))
    : scalar;
  let value: fc.Arbitrary<unknown> = text;
  for (let depth = 0; depth < 3; depth += 1) {
    value = fc.oneof(
      { arbitrary: text, weight: 4 },
      { arbitrary: objectOf(name(own), value), weight: 4 },
      { arbitrary: fc.array(value, { maxLength: 4 }), weight: 4 },
    );
  }
  const names = own
    ? fc.oneof({ arbitrary: name(true), weight: 20 }, fc.constant('trailwatch'))
    : name(false);
  return objectOf(names, value, 1);
}

function patterns(own: boolean): fc.Arbitrary<Record<string, unknown>> {
  const plain = plainPatterns(conditions(own), own);
  if (!own) return plain;
  const json = plain.map((pattern) => ({ json: pattern }));
  const withJson = fc.oneof(
    { arbitrary: conditions(true), weight: 4 },
    fc.array(fc.oneof(json, condition(true)), { minLength: 1, maxLength: 2 }),
  );
  return plainPatterns(withJson, true);
}

function plainPatterns(leaf: fc.Arbitrary<unknown[]>, own: boolean) {
  let pattern: fc.Arbitrary<Record<string, unknown>> = objectOf(name(own), leaf, 1);
  for (let depth = 0; depth < 2; depth += 1) {
    const inner = pattern;
    const node = fc.oneof({ arbitrary: leaf, weight: 3 }, { arbitrary: inner, weight: 3 });
    const or = fc.array(inner, { minLength: 2, maxLength: 3 }).map((all) => ({ $or: all }));
    pattern = fc.oneof(
      { arbitrary: objectOf(name(own), node, 1), weight: 6 },
      { arbitrary: or, weight: 1 },
      {
        arbitrary: fc
          .tuple(objectOf(name(own), node, 1), or)
          .map(([fields, alternatives]) => ({ ...fields, ...alternatives })),
        weight: 1,
      },
    );
  }
  return pattern;
}

function conditions(own: boolean): fc.Arbitrary<unknown[]> {
  return fc.oneof(
    { arbitrary: fc.array(condition(own), { minLength: 1, maxLength: 3 }), weight: 6 },
    { arbitrary: fc.constant<unknown[]>([{ exists: false }]), weight: 1 },
  );
}

const words = (values: fc.Arbitrary<unknown>) =>
  fc.oneof(values, fc.array(values, { minLength: 1, maxLength: 3 }));
const filled = string.filter((text) => text !== '');
/** Stars never stand beside each other; a backslash only before a star or another. */
const wildcard = fc
  .array(fc.constantFrom('*', 'a', 'b', 'B', 'é', '\\*', '\\\\'), { minLength: 1, maxLength: 5 })
  .map((parts) => parts.join('').replaceAll(/(?<!\\)\*(?=\*)/g, ''))
  .map((text) => text.replaceAll(/\*{2,}/g, '*'))
  .filter((text) => text !== '');
const ignoreCase = (value: fc.Arbitrary<string>) =>
  value.map((text) => ({ 'equals-ignore-case': text }));

const textOnly = fc.oneof(
  { arbitrary: fc.constantFrom(...STRINGS), weight: 4 },
  fc.record({ prefix: fc.oneof(string, ignoreCase(filled)) }),
  fc.record({ suffix: fc.oneof(string, ignoreCase(filled)) }),
  ignoreCase(string),
  fc.record({ wildcard }),
);
const anythingBut = fc.oneof(
  words(fc.constantFrom(...STRINGS)),
  words(number),
  fc.record({ prefix: words(fc.oneof(filled)) }),
  fc.record({ suffix: words(fc.oneof(filled)) }),
  fc.record({ 'equals-ignore-case': words(filled) }),
  fc.record({ wildcard: words(wildcard) }),
);
const numeric = fc.oneof(
  fc.tuple(fc.constantFrom('<', '<=', '=', '>', '>='), number),
  fc
    .tuple(fc.constantFrom('>', '>='), number, fc.constantFrom('<', '<='), number)
    .filter(([, low, , high]) => low < high),
);
const cidr = fc.oneof(
  fc.tuple(fc.constantFrom('10.0.0.0', '10.1.2.3', '11.0.0.0'), fc.integer({ min: 0, max: 31 })),
  fc.tuple(fc.constantFrom('2001:db8::', '::1', '::'), fc.integer({ min: 0, max: 127 })),
);
const path = fc.constantFrom('a', 'b', 'c', 'a.b', 'a.a', 'b.c', 'c.a.b');

const withinText = fc.oneof(
  { arbitrary: textOnly, weight: 5 },
  { arbitrary: fc.record({ exists: fc.boolean() }), weight: 2 },
  fc.record({ 'wildcard-ignore-case': wildcard }),
  fc.record({
    'anything-but': fc.oneof(
      words(fc.constantFrom(...STRINGS)),
      fc.record({ prefix: words(filled) }),
      fc.record({ suffix: words(filled) }),
      fc.record({ 'equals-ignore-case': words(filled) }),
      fc.record({ wildcard: words(wildcard) }),
      fc.record({ 'wildcard-ignore-case': words(wildcard) }),
      fc.record({ list: fc.constantFrom('letters', 'nobody') }),
    ),
  }),
  fc.record({ list: fc.constantFrom('letters', 'nobody', 'known-accounts') }),
);

function condition(own: boolean): fc.Arbitrary<unknown> {
  const plain = fc.oneof(
    { arbitrary: scalar, weight: 8 },
    { arbitrary: textOnly, weight: 4 },
    { arbitrary: fc.record({ 'anything-but': anythingBut }), weight: 3 },
    { arbitrary: fc.record({ numeric }), weight: 1 },
    { arbitrary: cidr.map(([address, bits]) => ({ cidr: `${address}/${bits}` })), weight: 1 },
    { arbitrary: fc.record({ exists: fc.boolean() }), weight: 3 },
  );
  if (!own) return plain;
  const list = fc.record({ list: fc.constantFrom(...lists.keys(), 'known-accounts') });
  return fc.oneof(
    { arbitrary: plain, weight: 12 },
    { arbitrary: fc.record({ text: withinText }), weight: 4 },
    { arbitrary: list, weight: 2 },
    { arbitrary: fc.record({ 'same-as': path }), weight: 2 },
    fc.record({ 'anything-but': fc.record({ 'same-as': path }) }),
    fc.record({
      'anything-but': fc.record({ list: fc.constantFrom('letters', 'nobody', 'known-accounts') }),
    }),
  );
}

/**
 * Valid patterns with records that often match them: few names, few values, shapes that meet.
 * With `own`, also Trailwatch's conditions (text, json, same-as, list).
 */
export function patternsAndRecords({ own }: { readonly own: boolean }) {
  return fc.record<PatternAndRecord>({ pattern: patterns(own), record: records(own) });
}

/** Patterns with all conditions, and records. */
export const patternAndRecord = patternsAndRecords({ own: true });
