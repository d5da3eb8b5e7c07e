import type { WatchlistRow } from '../handler/entry.ts';
import type { ListRow } from '../handler/namedList.ts';
import type { CloudTrailRecord } from '../handler/readLogFile.ts';
import { namedListsOf, readListsFile, readWatchlistFile } from '../scripts/readSeedFile.ts';

export type WatchlistName = 'shipped' | '10 rows' | '10,000 rows';

/** The entries that ship, a row for each of their event names, and the lists that they name. */
export async function readShipped(): Promise<{
  readonly rows: readonly WatchlistRow[];
  readonly listRows: readonly ListRow[];
}> {
  const listRows = await readListsFile('seed-data/lists.json');
  const rows = await readWatchlistFile('seed-data/watchlist.json', namedListsOf(listRows));
  return { rows, listRows };
}

/**
 * The rows to measure with. The 10 are shipped ones that the bundled records match; the 10,000 are
 * these, one for each name in the bundled records but of another service, so that every look-up
 * finds something to compare, and names that nobody calls.
 */
export async function watchlistOf(
  name: WatchlistName,
  bundled: readonly CloudTrailRecord[],
): Promise<readonly (WatchlistRow | ListRow)[]> {
  const { rows: shipped, listRows } = await readShipped();
  if (name === 'shipped') return [...listRows, ...shipped];
  const names = [...new Set(bundled.map(({ eventName }) => eventName))];
  const ten = shipped.filter(({ eventName }) => names.includes(eventName)).slice(0, 10);
  if (name === '10 rows') return [...listRows, ...ten];
  const others = Array.from({ length: 10_000 - ten.length }, (_, index) => ({
    ...shipped[index % shipped.length],
    id: `bench-${index}`,
    eventSource: 'bench.amazonaws.com',
    eventName: names[index] ?? `Bench${index}`,
  })) as WatchlistRow[];
  return [...listRows, ...ten, ...others];
}
