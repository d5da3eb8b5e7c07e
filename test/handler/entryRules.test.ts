import { expect } from 'chai';
import type { WatchlistRow } from '../../handler/entry.ts';
import { entryRules } from '../../handler/entryRules.ts';
import { rowOf } from '../factories.ts';

const rules = (fields: Partial<WatchlistRow>) => entryRules(rowOf(fields));
const threshold = (count: number, minutes: number, by: string[] = ['a']) => ({
  count,
  minutes,
  by,
});
const repeat = (minutes: number, by: string[] = ['a']) => ({ minutes, by });
const firstSeen = { by: ['a'], days: 90 };

describe('entryRules', () => {
  it('wants a pattern for any event name', () => {
    expect(rules({ eventName: '*' })).to.deep.equal(['eventName: "*" needs a pattern']);
    expect(rules({ eventName: '*', pattern: { a: ['b'] } })).to.deep.equal([]);
    expect(entryRules({ ...rowOf(), eventName: ['A', '*'] })).to.have.length(1);
  });

  it('keeps firstSeen apart from threshold and repeat', () => {
    expect(rules({ firstSeen })).to.deep.equal([]);
    expect(rules({ firstSeen, threshold: threshold(2, 5), repeat: repeat(5) })).to.deep.equal([
      'firstSeen: not together with threshold',
      'firstSeen: not together with repeat',
    ]);
  });

  it('wants what alerts are told by among what is counted by', () => {
    expect(
      rules({ threshold: threshold(2, 5, ['a', 'b']), repeat: repeat(5, ['b']) }),
    ).to.deep.equal([]);
    expect(rules({ threshold: threshold(2, 5), repeat: repeat(5, ['c']) })).to.deep.equal([
      'repeat.by: c must stand in threshold.by too',
    ]);
  });

  it('bounds what a bucket holds and how far a window looks back', () => {
    expect(rules({ threshold: threshold(150, 6), repeat: repeat(60) })).to.deep.equal([]);
    expect(rules({ threshold: threshold(150, 6), repeat: repeat(61) })).to.deep.equal([
      "threshold.count: 150 times 11, the threshold's times in repeat.minutes, is 1650; at most 1500",
    ]);
    expect(rules({ threshold: threshold(2, 240), repeat: repeat(10) })).to.deep.equal([]);
    expect(rules({ threshold: threshold(2, 241), repeat: repeat(10) })).to.deep.equal([
      'threshold.minutes: at most 24 times repeat.minutes',
    ]);
  });
});
