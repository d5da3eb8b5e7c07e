import type { Ports } from '../ports.ts';
import { admitKeys } from './admitKeys.ts';
import { hourOf, type KeySightings } from './sightings.ts';

/**
 * From which sighting on each new key may make a mark: the first that was learnt, or in whose hour
 * the key is admitted. Keys without one count as other keys altogether.
 */
export async function startsOf(
  entryId: string,
  keys: readonly KeySightings[],
  ports: Ports,
): Promise<ReadonlyMap<string, number>> {
  const starts = new Map<string, number>();
  const places = keys.flatMap(({ key, sighted }) =>
    sighted.map(({ seconds, isLearnt }, index) => ({
      key,
      index,
      isLearnt,
      hour: hourOf(seconds),
    })),
  );
  const byHour = [...Map.groupBy(places, ({ hour }) => hour)].sort(([a], [b]) => a - b);
  for (const [hour, those] of byHour) {
    const open = those.filter(({ key }) => !starts.has(key));
    const asking = new Set<string>();
    const learning = new Set<string>();
    for (const { key, isLearnt } of open) {
      if (isLearnt && !asking.has(key)) learning.add(key);
      else if (!learning.has(key)) asking.add(key);
    }
    const admitted =
      asking.size === 0 ? asking : await admitKeys(entryId, hour, [...asking], ports);
    for (const { key, index, isLearnt } of open) {
      if (!starts.has(key) && (isLearnt || admitted.has(key))) starts.set(key, index);
    }
  }
  return starts;
}
