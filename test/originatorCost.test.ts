import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { grantOf } from '../handler/originator/grantOf.ts';
import { bundledRecords } from './bundledLogs.ts';

describe('docs/originator.md', () => {
  it('says how much is written for a million records like those of the bundled trail', () => {
    const records = bundledRecords('invictus');
    const links = records.reduce((sum, record) => sum + (grantOf(record)?.links.length ?? 0), 0);
    const said = /1 million records, as the bundled trail: ([\d,]+) writes/.exec(
      readFileSync('docs/originator.md', 'utf8'),
    )?.[1];
    const perMillion = (links / records.length) * 1_000_000;
    expect(Number(said?.replaceAll(',', ''))).to.be.closeTo(perMillion, perMillion * 0.05);
  });
});
