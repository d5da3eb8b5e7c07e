import { readFile } from 'node:fs/promises';
import { Ajv, type AnySchemaObject } from 'ajv';
import formats from 'ajv-formats';
import { expect } from 'chai';
import { parseEntry } from '../../handler/entry.ts';
import { parsePattern } from '../../handler/pattern/parsePattern.ts';
import { schemaFiles } from '../../scripts/schemas.ts';

const entry = { id: 'a', title: 'A', eventName: ['One', 'Two'], severity: 'high' };

/** What tells whether the content of a seed file is as its schema says. */
function validatorOf(name: string) {
  const ajv = new Ajv({ allowUnionTypes: true });
  formats.default(ajv);
  const schema: unknown = JSON.parse(schemaFiles()[`seed-data/${name}.schema.json`] ?? '');
  return ajv.compile(schema as AnySchemaObject);
}

describe('schemas', () => {
  it('are as the code says (else: npm run schemas)', async () => {
    for (const [path, text] of Object.entries(schemaFiles())) {
      expect(await readFile(path, 'utf8'), path).to.equal(text);
    }
  });

  it('accept and refuse the entries that the code does', () => {
    const validate = validatorOf('watchlist');
    const samples = [
      entry,
      { ...entry, references: ['https://example.com'] },
      { ...entry, references: ['http://example.com'] },
      { ...entry, id: 'A' },
      { ...entry, severity: 'urgent' },
      { ...entry, severty: 'high' },
      { ...entry, eventName: [] },
      { ...entry, eventName: 7 },
      { ...entry, title: '' },
      { id: 'a' },
    ];
    const verdicts = samples.map((sample) => 'value' in parseEntry(sample));
    expect(verdicts.filter(Boolean)).to.have.length(2);
    for (const [index, sample] of samples.entries()) {
      expect(validate([sample]), JSON.stringify(sample)).to.equal(verdicts[index]);
    }
  });

  it('accept the files that ship', async () => {
    for (const name of ['watchlist', 'lists', 'suppressions', 'aliases']) {
      const content: unknown = JSON.parse(await readFile(`seed-data/${name}.json`, 'utf8'));
      expect(validatorOf(name)(content), name).to.equal(true);
    }
  });

  it('know the conditions of patterns, wherever a pattern stands', () => {
    const lists = new Map([['l', []]]);
    const watchlist = validatorOf('watchlist');
    const suppressions = validatorOf('suppressions');
    const good = [
      { a: ['x', 1, true, null, ''], b: { c: [{ exists: false }] } },
      { a: [{ prefix: 'x' }, { suffix: { 'equals-ignore-case': 'x' } }, { wildcard: 'a*' }] },
      { a: [{ 'anything-but': ['x', 'y'] }, { 'anything-but': 1 }, { cidr: '10.0.0.0/8' }] },
      { a: [{ 'anything-but': { prefix: ['x', 'y'] } }, { 'anything-but': { list: 'l' } }] },
      { a: [{ numeric: ['>', 0, '<=', 5] }, { 'equals-ignore-case': 'x' }, { exactly: 'x' }] },
      { $or: [{ a: ['x'] }, { $or: [{ b: ['x'] }, { c: ['x'] }] }] },
      { a: [{ text: 'x' }, { text: { 'wildcard-ignore-case': '*x*' } }, { list: 'l' }] },
      { a: [{ json: { b: ['x'] } }, { 'same-as': 'b.c' }, { text: { exists: true } }] },
      { a: [{ text: { 'anything-but': { 'wildcard-ignore-case': 'x*' } } }] },
    ];
    const bad = [
      {},
      { a: 'x' },
      { a: [] },
      { a: {} },
      { a: [['x']] },
      { a: [{ startswith: 'x' }] },
      { a: [{ prefix: 'x', suffix: 'y' }] },
      { a: [{ prefix: 7 }] },
      { a: [{ exists: 'true' }] },
      { a: [{ numeric: ['>'] }] },
      { a: [{ 'anything-but': ['x', 1] }] },
      { a: [{ json: [] }] },
      { a: [{ 'wildcard-ignore-case': 'x' }] },
      { $or: [{ a: ['x'] }] },
    ];
    for (const [patterns, verdict] of [
      [good, true],
      [bad, false],
    ] as const) {
      for (const pattern of patterns) {
        const name = JSON.stringify(pattern);
        const suppression = { id: 'a', reason: 'r', owner: 'o', expiresAt: '2023-07-10T00:00:00Z' };
        expect('value' in parsePattern(pattern, lists), name).to.equal(verdict);
        expect(watchlist([{ ...entry, pattern }]), name).to.equal(verdict);
        expect(watchlist([{ ...entry, unless: [pattern] }]), name).to.equal(verdict);
        expect(suppressions([{ ...suppression, pattern }]), name).to.equal(verdict);
      }
    }
  });

  it('know which conditions lists may hold', () => {
    const validate = validatorOf('lists');
    expect(validate({ a: [], b: ['x', { cidr: '10.0.0.0/8' }, { prefix: 'x' }] })).to.equal(true);
    for (const condition of [{ list: 'b' }, { json: { b: ['x'] } }, { exists: true }, {}]) {
      expect(validate({ a: [condition] }), JSON.stringify(condition)).to.equal(false);
    }
    expect(validate({ 'NO NAME': [] })).to.equal(false);
  });
});
