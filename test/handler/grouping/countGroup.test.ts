import { expect } from 'chai';
import { countGroup } from '../../../handler/grouping/countGroup.ts';
import { packPart } from '../../../handler/grouping/groupPart.ts';
import { memoryState, type State } from '../../../scripts/memoryState.ts';

const HOUR = 3600;
const BUCKET = 472_222 * HOUR;
const grouping = {
  alertBy: [],
  thresholdBy: [],
  bucketSeconds: HOUR,
  windowSeconds: undefined,
  count: 1,
  distinct: undefined,
};
const part = (bucket: number, hash: string) => ({
  bucket,
  key: 'aaaaaaaaaaaaaaaa',
  seen: [hash],
  values: [],
  occurrences: [],
  first: bucket,
  last: bucket,
  examples: [],
});

describe('countGroup', () => {
  it('takes an expired part for none, and leaves those of other buckets alone', async () => {
    const state: State = new Map();
    const now = (BUCKET + 50 * 86_400) * 1000;
    const ports = {
      ...memoryState(
        state,
        () => now,
        async () => {},
      ),
      now: () => now,
    };
    const old = { key: 'group#e#k', v: 1, expiresAt: now / 1000 - 1 };
    const names = [BUCKET - HOUR, BUCKET].map(
      (bucket) => `${new Date(bucket * 1000).toISOString().slice(0, 19)}Z#aaaaaaaaaaaaaaaa`,
    );
    for (const [index, name] of names.entries()) {
      const stored = packPart(part(BUCKET - HOUR + index * HOUR, '0000000000000001'));
      await ports.writeState({ ...stored, ...old, part: name }, undefined);
    }
    const parts = await countGroup(
      {
        key: 'group#e#k',
        entryId: 'e',
        alertKey: 'k',
        from: BUCKET - HOUR,
        to: BUCKET,
        members: [],
        parts: [part(BUCKET, '0000000000000002')],
        grouping,
      },
      ports,
    );
    expect(parts).to.deep.equal([part(BUCKET, '0000000000000002')]);
    expect(state.get('group#e#k')?.get(names[1] ?? '')?.v).to.equal(2);
  });
});
