import type { Ports, StateItem } from '../ports.ts';
import { STATE_LIFETIME } from '../stateLifetime.ts';
import {
  type GroupPart,
  mergeParts,
  packPart,
  partName,
  rangeOf,
  unpackPart,
} from './groupPart.ts';
import { mergeIntoState, unlessExpired } from './mergeIntoState.ts';
import type { GroupSpan } from './spansOf.ts';

/**
 * Merges parts into State and returns all parts of the span as they stand then. What is judged is
 * read after it was written: of two invocations that write at once, one sees both.
 */
export async function countGroup(
  span: GroupSpan,
  ports: Pick<Ports, 'readState' | 'writeState' | 'now'>,
): Promise<readonly GroupPart[]> {
  const standing = new Map((await readSpan(span, ports)).map((item) => [item.part, item]));
  const written = await Promise.all(
    span.parts.map((part) => {
      const found = standing.get(partName(part.bucket, part.key));
      return mergePart(span, part, found, ports);
    }),
  );
  const items = written.includes(true) ? await readSpan(span, ports) : [...standing.values()];
  return items.flatMap((item) => unlessExpired(item, ports.now()) ?? []).map(unpackPart);
}

function readSpan({ key, from, to }: GroupSpan, ports: Pick<Ports, 'readState'>) {
  return ports.readState({ key, ...rangeOf(from, to) });
}

function mergePart(
  { key, grouping }: GroupSpan,
  part: GroupPart,
  standing: StateItem | undefined,
  ports: Pick<Ports, 'writeState' | 'now'>,
): Promise<boolean> {
  const end = Math.max(Math.floor(ports.now() / 1000), part.bucket + grouping.bucketSeconds);
  const merge = {
    key,
    part: partName(part.bucket, part.key),
    expiresAt: end + STATE_LIFETIME,
    with: (found: StateItem | undefined) =>
      packPart(found === undefined ? part : mergeParts(unpackPart(found), part, grouping)),
  };
  return mergeIntoState(merge, standing, ports);
}
