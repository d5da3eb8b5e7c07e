import { expect } from 'chai';
import { timesOf } from '../../handler/timesOf.ts';

describe('timesOf', () => {
  it('shows UTC alone where no other time zone is set', () => {
    expect(timesOf('2023-07-10T12:22:41Z', 'UTC')).to.equal('2023-07-10 12:22:41 UTC');
  });

  it('adds the local time with its offset, which changes over the year', () => {
    expect(timesOf('2023-07-10T12:22:41Z', 'Europe/Berlin')).to.match(/ \(14:22 \+02:00\)$/);
    expect(timesOf('2023-01-10T23:22:41Z', 'Europe/Berlin')).to.match(/ \(00:22 \+01:00\)$/);
    expect(timesOf('2023-01-10T23:22:41Z', 'Asia/Kolkata')).to.match(/ \(04:52 \+05:30\)$/);
    expect(timesOf('2023-01-10T23:22:41Z', 'Europe/London')).to.match(/ \(23:22 \+00:00\)$/);
  });

  it('shows what is no time as it is', () => {
    expect(timesOf('yesterday', 'Europe/Berlin')).to.equal('yesterday');
    expect(timesOf(undefined, 'UTC')).to.equal(undefined);
  });
});
