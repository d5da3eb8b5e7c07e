import { expect } from 'chai';
import fc from 'fast-check';
import { type Mark, markSeen } from '../../../handler/grouping/markSeen.ts';

const DAYS = 90;
const at = (day: number, identity = `e${day}`, isLearnt = false) => ({ identity, day, isLearnt });
const learntAt = (day: number) => at(day, `e${day}`, true);
const openingsOf = (mark: Mark | undefined) => mark?.openings.map(({ day }) => day);

describe('markSeen', () => {
  it('opens with the first sighting, and again after a gap longer than the days', () => {
    const mark = markSeen(undefined, [at(1000), at(1001), at(1091), at(1182), at(1182, 'b')], DAYS);
    expect(mark).to.deep.equal({
      first: 1000,
      last: 1182,
      openings: [
        { identity: 'e1000', day: 1000 },
        { identity: 'e1182', day: 1182, lastSeen: 1091 },
      ],
    });
  });

  it('joins what comes late, and remembers the first', () => {
    const mark = markSeen(markSeen(undefined, [at(1000)], DAYS), [at(400)], DAYS);
    expect(mark).to.deep.include({ first: 400, last: 1000 });
    expect(openingsOf(mark)).to.deep.equal([1000]);
  });

  it('changes nothing when the same comes again', () => {
    const mark = markSeen(undefined, [at(1000), at(1100)], DAYS);
    expect(markSeen(mark, [at(1000), at(1100)], DAYS)).to.deep.equal(mark);
  });

  it('only marks while it learns', () => {
    const learned = markSeen(undefined, [learntAt(990), learntAt(999)], DAYS);
    expect(openingsOf(learned)).to.deep.equal([]);
    expect(openingsOf(markSeen(learned, [at(1089)], DAYS))).to.deep.equal([]);
    expect(openingsOf(markSeen(learned, [at(1090)], DAYS))).to.deep.equal([1090]);
    expect(openingsOf(markSeen(undefined, [at(1000)], DAYS))).to.deep.equal([1000]);
  });

  it('keeps the latest 20 openings', () => {
    const days = Array.from({ length: 25 }, (_, index) => at(1000 + index * 91));
    expect(openingsOf(markSeen(undefined, days, DAYS))).to.deep.equal(
      days.slice(-20).map(({ day }) => day),
    );
    expect(markSeen(undefined, [], DAYS)).to.equal(undefined);
  });

  it('opens as often when sightings are shuffled within a lateness that no gap comes near', () => {
    const gaps = fc.array(fc.constantFrom(0, 1, 80, 100), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(gaps, fc.nat(3), (steps, lateness) => {
        let day = 1000;
        const sightings = steps.map((step, index) => {
          day += step;
          return at(day, `e${index}`);
        });
        const late = sightings.toSorted(
          (a, b) => a.day + (a.day % (lateness + 1)) - b.day - (b.day % (lateness + 1)),
        );
        const count = (some: typeof sightings) =>
          openingsOf(markSeen(undefined, some, DAYS))?.length;
        expect(count(late)).to.equal(count(sightings));
      }),
    );
  });
});
