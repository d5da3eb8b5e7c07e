import { expect } from 'chai';
import fc from 'fast-check';
import { maxLogFileBytes } from '../../handler/maxLogFileBytes.ts';

describe('maxLogFileBytes', () => {
  it("is a sixth of the function's memory", () => {
    expect(maxLogFileBytes(1024)).to.equal(178_956_970);
    expect(maxLogFileBytes(6)).to.equal(1024 * 1024);
  });

  it('is whole bytes, never more than a sixth', () => {
    fc.assert(
      fc.property(fc.integer({ min: 128, max: 10_240 }), (megabytes) => {
        const bytes = maxLogFileBytes(megabytes);
        expect(Number.isInteger(bytes)).to.equal(true);
        expect(bytes * 6).to.be.within(megabytes * 1024 * 1024 - 5, megabytes * 1024 * 1024);
      }),
    );
  });
});
