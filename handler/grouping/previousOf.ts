import { isoSeconds } from '../eventSeconds.ts';
import type { Ports } from '../ports.ts';
import { alertIdOf } from './alertIdOf.ts';
import { rangeOf, unpackPart } from './groupPart.ts';
import { type BucketCount, countOf } from './judge.ts';
import type { GroupSpan } from './spansOf.ts';

const BACK = 10; // parts; an alert far back is not worth more reads

/** The last bucket before one that had an alert, if it is among the last parts. */
export async function previousOf(
  { entryId, alertKey, grouping, key }: GroupSpan,
  bucket: number,
  ports: Pick<Ports, 'readState'>,
): Promise<BucketCount | undefined> {
  const items = await ports.readState({
    key,
    from: '0',
    to: isoSeconds(bucket - 1),
    newest: BACK,
  });
  const before = new Set(items.map((item) => unpackPart(item).bucket).toReversed());
  for (const start of before) {
    const id = alertIdOf(entryId, alertKey, start);
    const claims = await ports.readState({ key: `alert#${id}`, from: 'alert', to: 'alert' });
    if (claims.some((claim) => claim['state'] === 'confirmed')) {
      // All of its parts: the last ones may have been some of them.
      const parts = await ports.readState({ key, ...rangeOf(start, start) });
      return countOf(parts.map(unpackPart), start, grouping);
    }
  }
  return undefined;
}
