import { expect } from 'chai';
import * as v from 'valibot';
import { isoTime } from '../../handler/isoTime.ts';

describe('isoTime', () => {
  it('takes times that exist, and no others', () => {
    const table: [string, boolean][] = [
      ['2026-12-31T00:00:00Z', true],
      ['2026-12-31T23:59:59.999+02:00', true],
      ['2028-02-29T00:00:00Z', true],
      ['2026-02-29T00:00:00Z', false], // Date.parse takes it for the 1st of March
      ['2026-02-31T00:00:00Z', false],
      ['2026-12-31T00:00:00+02', false], // Date.parse gives NaN, before which everything is
      ['2026-12-31', false],
      ['tomorrow', false],
    ];
    for (const [text, expected] of table) {
      expect(v.is(isoTime, text), text).to.equal(expected);
    }
  });
});
