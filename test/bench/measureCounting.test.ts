import { expect } from 'chai';
import { measureCounting } from '../../bench/measureCounting.ts';

describe('a flood of 10,000 events of one key in 20 log files', () => {
  it('costs at most 60 writes, one file after another, and a few messages', async () => {
    const [cost] = await measureCounting([1]);
    expect(cost?.writes).to.be.within(20, 60);
    // An alert for each of two hours, and a follow-up at 1,000 for each.
    expect(cost?.messages).to.equal(4);
  });
});
