import { expect } from 'chai';
import { stepReached } from '../../handler/steps.ts';

describe('stepReached', () => {
  it('is the power of ten at or below a count', () => {
    const table = [
      [0, 1],
      [1, 1],
      [9, 1],
      [10, 10],
      [99, 10],
      [100, 100],
      [1_000_000, 1_000_000],
    ] as const;
    for (const [count, step] of table) expect(stepReached(count), String(count)).to.equal(step);
  });
});
