import { expect } from 'chai';
import type { GroupPart } from '../../../handler/grouping/groupPart.ts';
import type { Member } from '../../../handler/grouping/membersOf.ts';
import { openBuckets } from '../../../handler/grouping/openBuckets.ts';
import { partsOf } from '../../../handler/grouping/partsOf.ts';
import { matchOf, recordOf } from '../../factories.ts';

const HOUR = 3600;
const START = 472_222 * HOUR;
const grouping = {
  alertBy: [],
  thresholdBy: [],
  bucketSeconds: HOUR,
  windowSeconds: 600 as number | undefined,
  count: 2,
  distinct: undefined,
};

const memberAt = (seconds: number, key = 'aaaaaaaaaaaaaaaa'): Member => ({
  match: matchOf(recordOf({ eventID: `e${seconds}` })),
  seconds: START + seconds,
  identity: `${seconds}`.padStart(16, '0'),
  values: [],
  key,
  alertKey: 'bbbbbbbbbbbbbbbb',
  isOther: false,
});

function opened(members: readonly Member[], others: readonly Member[], rule = grouping) {
  const parts: readonly GroupPart[] = partsOf([...members, ...others], rule);
  const span = {
    key: 'group#e#b',
    entryId: 'e',
    alertKey: 'b',
    from: START,
    to: START + HOUR,
    members,
    parts,
    grouping: rule,
  };
  return openBuckets(span, parts).map(({ count, match }) => [
    (count.start - START) / HOUR,
    match.record['eventID'],
  ]);
}

describe('openBuckets', () => {
  it('shows a member of the bucket, or one before it that makes it open', () => {
    const next = memberAt(HOUR + 10);
    expect(opened([memberAt(100), memberAt(200)], [])).to.deep.equal([[0, 'e100']]);
    expect(opened([memberAt(3590)], [next])).to.deep.equal([[1, 'e3590']]);
    expect(opened([memberAt(2990)], [next])).to.deep.equal([]); // the window ends before
    expect(opened([memberAt(3590, 'cccccccccccccccc')], [next])).to.deep.equal([]);
  });

  it('leaves buckets alone that others have opened', () => {
    const theirs = [memberAt(HOUR + 10), memberAt(HOUR + 20)];
    expect(opened([memberAt(100)], theirs)).to.deep.equal([]);
    const mine = [memberAt(3590, 'cccccccccccccccc')];
    expect(opened(mine, theirs)).to.deep.equal([]);
    const everyRecord = { ...grouping, windowSeconds: undefined, count: 1 };
    expect(opened([memberAt(100)], theirs, everyRecord)).to.deep.equal([[0, 'e100']]);
  });
});
