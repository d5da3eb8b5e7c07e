import { expect } from 'chai';
import { compileSuppressions, suppressionRowOf } from '../../handler/suppression.ts';

const NOW = 1_700_000_000;
const rowOf = (fields: Record<string, unknown> = {}) => ({
  id: 'planned-work',
  reason: 'migration',
  owner: 'platform@example.com',
  expiresAt: NOW + 3600,
  entries: ['trail-stopped'],
  ...fields,
});

const refusedOf = (row: unknown) => compileSuppressions([row], new Map(), NOW).refused;

describe('suppression', () => {
  it('is refused where it is malformed, with its id and the field', () => {
    const { reason: _reason, ...noReason } = rowOf();
    const { entries: _entries, ...all } = rowOf();
    const table: [unknown, string][] = [
      [noReason, 'planned-work: reason: missing'],
      [rowOf({ owner: '' }), 'planned-work: owner: '],
      [rowOf({ expiresAt: '2023-07-10T12:00:00Z' }), 'planned-work: expiresAt: '],
      [rowOf({ expiresAt: NOW + 367 * 86_400 }), 'planned-work: expiresAt: at most a year ahead'],
      [all, 'planned-work: entries or pattern is needed'],
      [{ ...all, pattern: {} }, 'planned-work: pattern'],
      [{ ...all, pattern: { a: 1 } }, 'planned-work: pattern: a'],
      [rowOf({ pattern: { a: [{ list: 'nobody' }] } }), 'planned-work: pattern: a[0]'],
      [rowOf({ entries: [] }), 'planned-work: entries: '],
      [rowOf({ from: 'monday' }), 'planned-work: from: '],
      [rowOf({ from: '2023-01-01T00:00:00+02' }), 'planned-work: from: '],
      [rowOf({ until: 1 }), 'planned-work: until: unknown field'],
      [17, 'a row without id: '],
    ];
    for (const [row, start] of table) {
      const [refused = ''] = refusedOf(row);
      expect(refused.slice(0, start.length), JSON.stringify(row)).to.equal(start);
    }
  });

  it('costs only itself', () => {
    const { suppressions, refused } = compileSuppressions(
      [rowOf({ id: 'b' }), rowOf({ id: 'x', owner: 1 }), rowOf({ id: 'a' })],
      new Map(),
      NOW,
    );
    expect(suppressions.map(({ id }) => id)).to.deep.equal(['a', 'b']);
    expect(refused).to.have.length(1);
  });

  it('stands in files with an ISO time, in rows with epoch seconds', () => {
    const expiresAt = '2023-11-14T22:13:20.900Z';
    const { pattern, ...rest } = { ...rowOf(), pattern: { a: ['b'] } };
    expect(suppressionRowOf({ ...rest, pattern, expiresAt }).expiresAt).to.equal(NOW);
  });
});
