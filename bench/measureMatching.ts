import { gunzipSync, gzipSync } from 'node:zlib';
import { compileWatchlist, type Watchlist } from '../handler/compileWatchlist.ts';
import type { WatchlistRow } from '../handler/entry.ts';
import { matchRecords } from '../handler/matchRecords.ts';
import type { CloudTrailRecord } from '../handler/readLogFile.ts';
import { readBundled } from './readBundled.ts';
import type { Target } from './renderReport.ts';
import { readShipped } from './watchlists.ts';

const ENTRIES = 10_000;
const FILES = 100;
const RECORDS = 600; // in each
const ROUNDS = 9;
const SHARE = 0.1; // of the line, for matching
const FLAT = 2; // times, from 10 entries to 10,000: one look-up more where some are of any name

/** What compiling and matching cost beside reading: ratios of one run. */
export async function measureMatching(): Promise<readonly Target[]> {
  const bundled = (await readBundled()).flat();
  const { rows: shipped, listRows } = await readShipped();
  const compiled = (rows: readonly WatchlistRow[]) => compileWatchlist([...listRows, ...rows]);
  const records = unwatched(bundled, compiled(shipped));
  const many = manyEntries(shipped);
  const file = gzipSync(
    JSON.stringify({
      Records: Array.from({ length: RECORDS }, (_, i) => records[i % records.length]),
    }),
  );
  const compiling = fastest(() => void compiled(many));
  const parsing = fastest(() => {
    for (let index = 0; index < FILES; index += 1) JSON.parse(gunzipSync(file).toString('utf8'));
  });
  const matching = (rows: readonly WatchlistRow[]) => costOf(compiled(rows), records);
  const ofOneHundredFifty = matching(repeated(shipped, 150));
  const [few, all] = [matching(many.slice(0, 10)), matching(many)];
  const share = ofOneHundredFifty / (parsing / (FILES * RECORDS));
  return [
    {
      wanted: `${ENTRIES} entries compiled faster than ${FILES} log files of ${RECORDS} records are parsed`,
      found: `${(compiling / parsing).toFixed(2)} of it`,
      met: compiling < parsing,
    },
    {
      wanted: `matching with 150 entries at most ${SHARE * 100} % of gunzip + JSON.parse`,
      found: `${(share * 100).toFixed(1)} %`,
      met: share <= SHARE,
    },
    {
      wanted: `a record that nobody watches costs about the same with 10 entries and ${ENTRIES}`,
      found: `${(all / few).toFixed(2)} times, ${(all * 1e6).toFixed(0)} ns`,
      met: all / few <= FLAT,
    },
  ];
}

/** Half of them name an event, half are of any name and need an error code. */
function manyEntries(shipped: readonly WatchlistRow[]): readonly WatchlistRow[] {
  return Array.from({ length: ENTRIES }, (_, index) => {
    const { eventSource: _source, ...row } = shipped[index % shipped.length] as WatchlistRow;
    const id = `bench-${index}`;
    if (index % 2 === 0) return { ...row, id, eventName: `Bench${index}` };
    return { ...row, id, eventName: '*', pattern: { errorCode: [`Bench${index}`] } };
  });
}

function repeated(rows: readonly WatchlistRow[], count: number): readonly WatchlistRow[] {
  return Array.from({ length: count }, (_, index) => {
    return { ...(rows[index % rows.length] as WatchlistRow), id: `bench-${index}` };
  });
}

const ACCOUNTS = { accountId: '', aliases: new Map() };

function unwatched(
  records: readonly CloudTrailRecord[],
  watchlist: Watchlist,
): readonly CloudTrailRecord[] {
  return records.filter((record) => matchRecords(watchlist, [record], ACCOUNTS).length === 0);
}

/** Milliseconds a record. */
function costOf(watchlist: Watchlist, records: readonly CloudTrailRecord[]): number {
  const times = 20;
  const all = fastest(() => {
    for (let round = 0; round < times; round += 1) matchRecords(watchlist, records, ACCOUNTS);
  });
  return all / times / records.length;
}

/** Milliseconds of the fastest of some rounds: others on the machine only ever make it slower. */
function fastest(run: () => void): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  return Math.min(...times);
}
