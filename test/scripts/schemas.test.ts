import { readFile } from 'node:fs/promises';
import { Ajv, type AnySchemaObject } from 'ajv';
import formats from 'ajv-formats';
import { expect } from 'chai';
import { parseEntry } from '../../handler/entry.ts';
import { schemaFiles } from '../../scripts/schemas.ts';

describe('schemas', () => {
  it('are as the code says (else: npm run schemas)', async () => {
    for (const [path, text] of Object.entries(schemaFiles())) {
      expect(await readFile(path, 'utf8'), path).to.equal(text);
    }
  });

  it('accept and refuse the entries that the code does', () => {
    const ajv = new Ajv();
    formats.default(ajv);
    const schema = JSON.parse(schemaFiles()['seed-data/watchlist.schema.json'] ?? '');
    const validate = ajv.compile(schema as AnySchemaObject);
    const entry = { id: 'a', title: 'A', eventName: ['One', 'Two'], severity: 'high' };
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
});
