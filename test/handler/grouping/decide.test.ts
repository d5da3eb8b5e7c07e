import { expect } from 'chai';
import { decide } from '../../../handler/grouping/decide.ts';
import type { StateItem } from '../../../handler/ports.ts';

const NOW = 1_700_000_000; // epoch seconds

const claimOf = (part: string, fields: Partial<StateItem> = {}): StateItem => ({
  key: 'alert#id',
  part,
  v: 1,
  state: 'confirmed',
  expiresAt: NOW + 1,
  ...fields,
});

const decided = (count: number, ...claims: StateItem[]) => decide(count, claims, NOW * 1000);
const alert = (told: number, fields = {}) =>
  claimOf('alert', { told, subject: 'HIGH x', ...fields });
const FOLLOW_UP = { say: 'follow-up', subject: 'HIGH x' };

describe('decide', () => {
  it('says the alert until one is confirmed', () => {
    expect(decided(1)).to.deep.equal({ say: 'alert' });
    expect(decided(5000)).to.deep.equal({ say: 'alert' });
    expect(decided(1, alert(1, { state: 'claimed' }))).to.deep.equal({ say: 'alert' });
    expect(decided(1, alert(1, { expiresAt: NOW - 1 }))).to.deep.equal({ say: 'alert' });
  });

  it('follows up at the highest step reached that nobody has been told', () => {
    const table: [number, number, number | undefined][] = [
      [9, 1, undefined],
      [10, 1, 10],
      [10, 10, undefined],
      [99, 12, undefined],
      [100, 99, 100],
      [4321, 5, 1000],
      [4321, 1000, undefined],
      [1_000_000, 1000, 1_000_000],
    ];
    for (const [count, told, at] of table) {
      const expected = at === undefined ? { say: 'nothing' } : { ...FOLLOW_UP, at };
      expect(decided(count, alert(told)), `${count} after ${told}`).to.deep.equal(expected);
    }
  });

  it('counts what any confirmed message told, and no other', () => {
    expect(decided(150, alert(1), claimOf('count#100', { told: 100 }))).to.deep.equal({
      say: 'nothing',
    });
    const claimed = claimOf('count#100', { told: 100, state: 'claimed' });
    expect(decided(150, alert(1), claimed)).to.deep.equal({ ...FOLLOW_UP, at: 100 });
  });

  it('does without what the claim does not say', () => {
    expect(decided(10, claimOf('alert'))).to.deep.equal({
      say: 'follow-up',
      at: 10,
      subject: undefined,
    });
  });
});
