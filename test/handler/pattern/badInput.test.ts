import { expect } from 'chai';
import { compilePattern } from '../../../handler/pattern/compilePattern.ts';
import type { NamedLists } from '../../../handler/pattern/namedLists.ts';
import { parseList } from '../../../handler/pattern/parseList.ts';
import { parsePattern } from '../../../handler/pattern/parsePattern.ts';

const lists: NamedLists = new Map<string, readonly unknown[]>([
  ['names', ['a', { prefix: 'b' }]],
  ['texts', ['a', 'b']],
]);

function problemsOf(pattern: unknown): readonly string[] {
  const parsed = parsePattern(pattern, lists);
  return 'problems' in parsed ? parsed.problems : [];
}

function matches(pattern: unknown, record: Record<string, unknown>): boolean {
  const parsed = parsePattern(pattern, lists);
  if ('problems' in parsed) throw new Error(parsed.problems.join('\n'));
  return compilePattern(parsed.value)({ record, facts: () => ({}), isKnownAccount: () => false });
}

const nested = (depth: number, open: string, inner: string, close: string): unknown =>
  JSON.parse(open.repeat(depth) + inner + close.repeat(depth));

describe('a pattern that is none', () => {
  const table: readonly (readonly [unknown, RegExp])[] = [
    [[], /expected an object/],
    ['text', /expected an object/],
    [null, /expected an object/],
    [{}, /empty/],
    [{ a: [] }, /^a: .*empty/],
    [{ a: {} }, /^a: .*empty/],
    [{ a: 'x' }, /^a: expected/],
    [{ a: [{ startswith: 'x' }] }, /^a\[0\].*unknown operator "startswith".*expected prefix/],
    [{ a: ['x', { prefix: 'a', suffix: 'b' }] }, /^a\[1\].*one operator/],
    [{ a: [{ wildcard: 'a**' }] }, /^a\[0\].*wildcard/],
    [{ a: [{ cidr: '10.0.0.0/33' }] }, /^a\[0\].*range/],
    [{ a: [{ cidr: '10.0.0/8' }] }, /^a\[0\].*network/],
    [{ a: [{ numeric: ['>', 5, '<'] }] }, /^a\[0\].*numeric/],
    [{ a: [{ numeric: ['>', '5'] }] }, /^a\[0\].*number/],
    [{ a: [{ exists: 'yes' }] }, /^a\[0\].*exists/],
    [{ a: [{ 'anything-but': [1, 'a'] }] }, /^a\[0\].*anything-but/],
    [{ a: [{ list: 'nobody' }] }, /^a\[0\].*unknown list "nobody"/],
    [{ a: [{ 'anything-but': { list: 'names' } }] }, /^a\[0\].*list/],
    [{ a: [{ 'same-as': 'b..c' }] }, /^a\[0\].*b\.\.c/],
    [{ a: [{ 'same-as': 5 }] }, /^a\[0\].*same-as/],
    [{ a: [{ text: { numeric: ['=', 1] } }] }, /^a\[0\]\.text: expected/],
    [{ a: [{ text: { prefix: 'a', suffix: 'b' } }] }, /^a\[0\]\.text: expected/],
    [{ a: [{ text: {} }] }, /^a\[0\]\.text: expected/],
    [{ a: [{ text: 5 }] }, /^a\[0\]\.text: expected/],
    [{ a: [{ text: { 'wildcard-ignore-case': 5 } }] }, /^a\[0\]\.text.*string/],
    [{ a: [{ text: { 'wildcard-ignore-case': '**' } }] }, /^a\[0\]\.text.*stars/],
    [{ a: [{ text: { 'anything-but': { 'same-as': 'b' } } }] }, /^a\[0\]\.text.*expected/],
    [{ a: [{ text: { 'anything-but': 5 } }] }, /^a\[0\]\.text.*expected/],
    [{ a: [{ text: { 'anything-but': { 'wildcard-ignore-case': 5 } } }] }, /string/],
    [{ a: [{ 'anything-but': { list: 5 } }] }, /^a\[0\].*name of a list/],
    [{ a: [{ 'anything-but': { list: 'nobody' } }] }, /^a\[0\].*unknown list/],
    [{ a: [{ 'anything-but': { 'same-as': 5 } }] }, /^a\[0\].*path/],
    [{ a: [{ 'anything-but': { 'same-as': 'b..c' } }] }, /^a\[0\].*b\.\.c/],
    [{ a: [{ 'anything-but': { wildcard: ['*', '**'] } }] }, /^a\[0\].*stars/],
    [{ a: [{ 'anything-but': { wildcard: [] } }] }, /^a\[0\].*string/],
    [{ a: [{ 'anything-but': { prefix: ['a', ''] } }] }, /^a\[0\].*empty/],
    [{ a: [{ 'anything-but': {} }] }, /^a\[0\]/],
    [{ a: [{ list: 5 }] }, /^a\[0\].*string/],
    [{ a: [{ numeric: ['>', 5, '<', '6'] }] }, /^a\[0\].*number/],
    [{ a: [{ numeric: ['<', 5, '>', 6] }] }, /^a\[0\].*comparison/],
    [{ a: [{ numeric: ['>', 5, '=', 6] }] }, /^a\[0\].*comparison/],
    [{ $or: ['x'], a: [{ 'anything-but': { wildcard: 'x*' } }] }, /\$or/],
    [{ a: [{ json: ['x'] }] }, /^a\[0\].*expected an object/],
    [{ a: [{ json: { b: [] } }] }, /^a\[0\].*b.*empty/],
    [
      { trailwatch: { originator: { kind: ['user'] } } },
      /^trailwatch\.originator\.kind: is known only after a pattern has matched/,
    ],
  ];
  for (const [pattern, problem] of table) {
    it(`is refused: ${JSON.stringify(pattern)}`, () => {
      const problems = problemsOf(pattern);
      expect(problems).to.have.length(1);
      expect(problems[0]).to.match(problem);
    });
  }

  it('is refused however deep it goes', () => {
    for (const deep of [
      nested(10_000, '{"a":', '["x"]', '}'),
      nested(10_000, '{"$or":[{"b":["x"]},', '{"a":["x"]}', ']}'),
      nested(10_000, '{"a":[{"json":', '{"b":["x"]}', '}]}'),
      nested(10_000, '{"a":[', '"x"', ']}'),
    ]) {
      expect(problemsOf(deep)).to.not.deep.equal([]);
    }
  });

  it('is refused where its alternatives explode, and taken where they do not', () => {
    const either = (a: string, b: string) => ({ $or: [{ [a]: ['1'] }, { [b]: ['2'] }] });
    const within = (levels: number): unknown =>
      levels === 0
        ? either('a', 'b')
        : { $or: [{ x: within(levels - 1) }, { y: within(levels - 1) }], x: within(levels - 1) };
    expect(problemsOf(within(4)).join()).to.match(/combinations/);
    expect(problemsOf(within(6)).join()).to.match(/at most 3000; split the pattern/);
    const many = (name: string, length: number) =>
      Array.from({ length }, (_, index) => ({ [name]: [`${index}`] }));
    const wide = Object.fromEntries(many('f', 60).map((_, index) => [`f${index}`, ['1']]));
    const pairs = { r: { $or: many('a', 100), y: { $or: many('b', 100) }, ...wide } };
    expect(problemsOf(pairs).join()).to.match(/combinations .* at most 300000/);
    const fields = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [`f${index}`, either('a', 'b')]),
    );
    expect(problemsOf(fields)).to.deep.equal([]); // 2 ** 60, but each field for itself
  });
});

describe('a pattern that holds by absence', () => {
  it('costs no exponential time, however its fields lie in each other', () => {
    // Tried for each field that may choose an element: by name, and again for those within.
    const chain = (levels: number): unknown =>
      levels === 0 ? { a: [{ exists: false }] } : { a: [{ exists: false }], z: chain(levels - 1) };
    expect(matches(chain(50), { z: [{ z: [{ a: 1 }] }] })).to.equal(false);
    const fields = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [`f${index}`, [{ exists: false }]]),
    );
    const deep = (levels: number): unknown => (levels === 0 ? fields : { d: deep(levels - 1) });
    expect(matches(deep(40), { d: [] })).to.equal(true);
  });
});

describe('a condition on text', () => {
  const holds = (condition: unknown, a: unknown) => matches({ a: [{ text: condition }] }, { a });
  it('sees whatever stands there as text', () => {
    const object = { Version: '2012-10-17', Statement: [{ Effect: 'Allow' }] };
    expect(holds({ wildcard: '*"Effect":"Allow"*' }, object)).to.equal(true);
    expect(holds({ 'wildcard-ignore-case': '*"effect":"ALLOW"*' }, object)).to.equal(true);
    expect(holds('5', 5)).to.equal(true);
    expect(holds('x', ['y', 'x'])).to.equal(true);
    expect(holds({ list: 'names' }, 'bx')).to.equal(true);
    expect(holds({ 'anything-but': { 'wildcard-ignore-case': ['*A*', 'q'] } }, 'bab')).to.equal(
      false,
    );
    expect(holds({ 'anything-but': { 'wildcard-ignore-case': '*A*' } }, 'bob')).to.equal(true);
    expect(holds({ 'anything-but': ['a', 'b'] }, 'c')).to.equal(true);
    expect(holds({ 'anything-but': { list: 'known-accounts' } }, 'c')).to.equal(true);
    expect(holds({ 'wildcard-ignore-case': 'A' }, 'a')).to.equal(true);
  });
});

describe('a list', () => {
  it('stands in anything-but as its texts, and where $or is but a name too', () => {
    const pattern = { a: [{ 'anything-but': { list: 'texts' } }] };
    expect(matches(pattern, { a: 'a' })).to.equal(false);
    expect(matches(pattern, { a: 'c' })).to.equal(true);
    expect(matches({ a: [{ 'anything-but': { list: 'known-accounts' } }] }, { a: 'c' })).to.equal(
      true,
    );
    const named = { $or: ['x'], a: [{ 'anything-but': { prefix: 'a' } }] };
    expect(matches(named, { $or: 'x', a: 'b' })).to.equal(true);
    expect(matches(named, { $or: 'x', a: 'ab' })).to.equal(false);
    const older = { $or: ['x'], a: [{ 'anything-but': { suffix: ['a'] } }] };
    expect(problemsOf(older)).to.have.length(1);
  });

  it('is refused where it is none, and costs those that name it', () => {
    expect(parseList({ a: 1 })).to.deep.equal({ problems: ['expected an array of conditions'] });
    const bad: NamedLists = new Map([['bad', [{ cidr: 'x' }]]]);
    const parsed = parsePattern({ a: [{ list: 'bad' }] }, bad);
    expect(parsed).to.have.property('problems');
    expect(parseList([{ 'anything-but': { prefix: 'a' } }])).to.have.property('value');
    expect(parseList([{}])).to.have.property('problems');
  });
});

describe('a hostile record', () => {
  it('shows nothing that it inherits', () => {
    for (const name of ['__proto__', 'constructor', 'toString', 'length']) {
      const pattern: unknown = JSON.parse(`{"a":{"${name}":[{"exists":true}]}}`);
      const deeper: unknown = JSON.parse(`{"a":{"${name}":{"name":[{"exists":true}]}}}`);
      for (const a of [{}, 'text', ['x'], 5]) {
        expect(matches(pattern, { a })).to.equal(false);
        expect(matches(deeper, { a })).to.equal(false);
      }
      const own = JSON.parse(`{"a":{"${name}":"mine"}}`) as Record<string, unknown>;
      expect(matches(pattern, own)).to.equal(true);
    }
  });

  it('matches nothing by being of another type', () => {
    const pattern = { a: { b: ['x'] } };
    for (const a of ['x', ['x'], { b: { x: 'x' } }, { b: [[]] }, { b: 1 }, [['x']], null]) {
      expect(matches(pattern, { a })).to.equal(false);
    }
    expect(matches({ a: ['x'] }, { a: { toString: 'x' } })).to.equal(false);
    expect(matches({ a: ['1'] }, { a: 1 })).to.equal(false);
    expect(matches({ a: [1] }, { a: '1' })).to.equal(false);
    expect(matches({ a: [1] }, { a: true })).to.equal(false);
    expect(matches({ a: [{ numeric: ['>', 1] }] }, { a: Number('1e400') })).to.equal(false);
  });

  it('keeps names with dots apart from paths', () => {
    expect(matches({ a: { b: ['x'] } }, { 'a.b': 'x' })).to.equal(false);
    expect(matches({ 'a.b': ['x'] }, { a: { b: 'x' } })).to.equal(false);
    expect(matches({ 'a.b': ['x'] }, { 'a.b': 'x' })).to.equal(true);
    const both = { 'a.b': ['x'], a: { b: ['y'] } };
    expect(matches(both, { 'a.b': 'x', a: { b: 'y' } })).to.equal(true);
    expect(matches(both, { 'a.b': 'y', a: { b: 'x' } })).to.equal(false);
  });

  it('is done at once, however long or deep it is', () => {
    const stars = { a: [{ wildcard: `${'*a'.repeat(50)}b` }] };
    expect(matches(stars, { a: 'a'.repeat(100_000) })).to.equal(false);
    const deep = nested(10_000, '[', '{"b":"x"}', ']');
    expect(matches({ a: { b: ['x'] } }, { a: deep })).to.equal(true);
    expect(matches({ a: { b: [{ exists: false }], c: ['x'] } }, { a: deep })).to.equal(false);
    const deepObject = nested(10_000, '{"b":', '"x"', '}');
    expect(matches({ a: [{ text: { wildcard: '*x*' } }] }, { a: deepObject })).to.be.a('boolean');
    const both = { a: ['y'], $or: [{ a: { b: ['x'] } }, { c: ['x'] }] };
    expect(matches(both, { a: nested(10_000, '[', '"y",{"b":"x"}', ']') })).to.be.a('boolean');
  });

  it('is done at once with quotes that never end, and with long arrays on both sides', () => {
    const json = { a: [{ json: { b: ['x'] } }] };
    expect(matches(json, { a: `{"b":"${'\\"'.repeat(130_000)}` })).to.equal(false);
    expect(matches(json, { a: `{"b":"x","c":"\\"${'['.repeat(50)}"}` })).to.equal(true);
    const numbers = Array.from({ length: 30_000 }, (_, index) => index);
    const others = numbers.map((number) => -number - 1);
    expect(matches({ a: [{ 'same-as': 'b' }] }, { a: numbers, b: others })).to.equal(false);
    const but = { a: [{ 'anything-but': { 'same-as': 'b' } }] };
    expect(matches(but, { a: numbers, b: numbers })).to.equal(false);
  });

  it('hides no document that is too large, too deep or broken', () => {
    const pattern = { a: [{ json: { b: ['x'] } }] };
    expect(matches(pattern, { a: '{"b":"x"}' })).to.equal(true);
    expect(matches(pattern, { a: '%7B%22b%22%3A%22x%22%7D' })).to.equal(true);
    expect(matches(pattern, { a: '[{"c":1},{"b":"x"}]' })).to.equal(true);
    for (const a of [
      '{"b":"x"',
      '"x"',
      '%7B%2',
      `{"b":"x","c":"${'y'.repeat(270_000)}"}`,
      `%7B${'%20'.repeat(270_000)}`,
      `{"b":"x","c":${'['.repeat(40)}${']'.repeat(40)}}`,
      { b: 'x' },
    ]) {
      expect(matches(pattern, { a })).to.equal(false);
    }
  });
});
