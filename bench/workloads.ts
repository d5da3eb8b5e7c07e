import { compileWatchlist } from '../handler/compileWatchlist.ts';
import { matchRecords } from '../handler/matchRecords.ts';
import { maxLogFileBytes } from '../handler/maxLogFileBytes.ts';
import type { CloudTrailRecord } from '../handler/readLogFile.ts';
import { grow } from './grow.ts';
import { type GrownLogFiles, growLogFile, growLogFiles } from './growLogFiles.ts';
import type { StepName } from './measure.ts';
import { readBundled } from './readBundled.ts';
import { type WatchlistName, watchlistOf } from './watchlists.ts';

/** Log files, and the steps that are measured on them in turn. */
export interface Workload {
  readonly title: string;
  readonly grow: () => GrownLogFiles; // when its turn comes: they take memory
  readonly steps: Readonly<Record<string, StepName>>; // by label
}

export const LINE = 'the whole line';
export const PARSE = 'gunzip + JSON.parse';
export const FILE_BYTES = 105_000_000; // uncompressed, of the one large log file

const STEPS = {
  gunzip: 'gunzip',
  'gunzip, size known': 'gunzip sized',
  [PARSE]: 'parse',
  [LINE]: { line: 'shipped' },
} as const;
const FEW = 200; // one record in so many matches: 0.5 %
const MANY = 20; // 5 %

/** Everything that is measured in rounds; the first is what the target is about. */
export async function workloads(records: number): Promise<readonly Workload[]> {
  const bundled = await readBundled();
  const sizes = bundled.map((file) => file.length);
  const grownFor = await growersFor(bundled.flat());
  const filesOf = (oneIn: number, of: readonly number[], watchlist: WatchlistName = 'shipped') =>
    growLogFiles(grownFor(watchlist, oneIn), records, of);
  return [
    {
      title: 'Log files of the sizes of the bundled ones, 0.5 % of the records matching',
      grow: () => filesOf(FEW, sizes),
      steps: STEPS,
    },
    {
      title: 'Log files of 2,000 records each, 0.5 % matching',
      grow: () => filesOf(FEW, [2000]),
      steps: STEPS,
    },
    {
      title: 'Log files of the sizes of the bundled ones, 5 % matching',
      grow: () => filesOf(MANY, sizes),
      steps: STEPS,
    },
    {
      title: 'The same at 0.5 %, with a small and a large watchlist',
      grow: () => filesOf(FEW, sizes, '10 rows'),
      steps: {
        [PARSE]: 'parse',
        [`${LINE}, 10 rows`]: { line: '10 rows' },
        [`${LINE}, 10,000 rows`]: { line: '10,000 rows' },
      },
    },
    {
      title: 'One log file of 105 MB uncompressed, 0.5 % matching',
      grow: () => growLogFile(grownFor('shipped', FEW), FILE_BYTES),
      steps: STEPS,
    },
  ];
}

/** The largest log file that a function of such memory takes. */
export async function largestLogFile(memoryMegabytes: number): Promise<GrownLogFiles> {
  const grownFor = await growersFor((await readBundled()).flat());
  const roomForOneMore = 100_000;
  const bytes = maxLogFileBytes(memoryMegabytes) - roomForOneMore;
  return growLogFile(grownFor('shipped', FEW), bytes);
}

const NOBODY = { accountId: '', aliases: new Map() };

async function growersFor(bundled: readonly CloudTrailRecord[]) {
  const matcherOf = async (name: WatchlistName) => {
    const watchlist = compileWatchlist(await watchlistOf(name, bundled));
    return (record: CloudTrailRecord) => matchRecords(watchlist, [record], NOBODY).length > 0;
  };
  const matchers = { shipped: await matcherOf('shipped'), '10 rows': await matcherOf('10 rows') };
  return (name: WatchlistName, oneIn: number) =>
    grow(bundled, { oneIn, isMatching: matchers[name === 'shipped' ? 'shipped' : '10 rows'] });
}
