import { compileAccountAliases } from './accountAlias.ts';
import { compileWatchlist } from './compileWatchlist.ts';
import type { Invocation } from './invocation.ts';
import { type Fresh, keepFresh } from './keepFresh.ts';
import type { NamedLists } from './pattern/namedLists.ts';
import type { Ports } from './ports.ts';
import { compileSuppressions } from './suppression.ts';
import { type Tally, tallyOf } from './tally.ts';

/** What the tables hold, compiled, and what was wrong with it. */
export interface ReferenceData extends Pick<Invocation, 'watchlist' | 'suppressions' | 'aliases'> {
  readonly counts: Tally;
}

const FIVE_MINUTES = 5 * 60 * 1000;

/**
 * Reads the tables at the first call, and again when older than five minutes.
 * @throws if there has never been a watchlist; aliases are only names, and without suppressions
 *   there are more alerts, not fewer: both may be missing
 */
export function keepReferenceData(ports: Ports): () => Promise<ReferenceData> {
  const logRefused = refusalLog(ports);
  const freshWatchlist = keepFresh(() => loadWatchlist(ports, logRefused), FIVE_MINUTES, ports.now);
  const freshAliases = keepFresh(() => loadAliases(ports, logRefused), FIVE_MINUTES, ports.now);
  // Their patterns name the watchlist's lists.
  const freshSuppressions = keepFresh(
    async () => loadSuppressions(ports, logRefused, (await freshWatchlist()).value.lists),
    FIVE_MINUTES,
    ports.now,
  );
  return async () => {
    const [watchlist, aliases] = await Promise.all([
      freshWatchlist(),
      freshAliases().catch(withoutAliases),
    ]);
    const suppressions = await freshSuppressions().catch(withoutSuppressions);
    const counts = tallyOf({
      watchlistEntriesRefused: watchlist.value.refused.length,
      watchlistEmpty: watchlist.value.size === 0 ? 1 : 0,
      watchlistRefreshesFailed: failedToLoad(ports, 'watchlist', watchlist),
      suppressionsRefused: suppressions.value.refused.length,
      suppressionRefreshesFailed: failedToLoad(ports, 'suppressions', suppressions),
      accountAliasesRefused: aliases.value.refused.length,
      accountAliasRefreshesFailed: failedToLoad(ports, 'account aliases', aliases),
    });
    return {
      watchlist: watchlist.value,
      suppressions: suppressions.value.suppressions,
      aliases: aliases.value.byAccountId,
      counts,
    };
  };
}

function withoutAliases(failure: unknown): Fresh<ReturnType<typeof compileAccountAliases>> {
  return { value: compileAccountAliases([]), failure };
}

function withoutSuppressions(failure: unknown): Fresh<ReturnType<typeof compileSuppressions>> {
  return { value: { suppressions: [], refused: [] }, failure };
}

async function loadSuppressions(ports: Ports, logRefused: RefusalLog, lists: NamedLists) {
  const now = Math.floor(ports.now() / 1000);
  const compiled = compileSuppressions(await ports.scanSuppressions(), lists, now);
  logRefused('suppression refused', compiled.refused);
  return compiled;
}

async function loadWatchlist(ports: Ports, logRefused: RefusalLog) {
  const watchlist = compileWatchlist(await ports.scanWatchlist());
  logRefused('watchlist row refused', watchlist.refused);
  return watchlist;
}

async function loadAliases(ports: Ports, logRefused: RefusalLog) {
  const aliases = compileAccountAliases(await ports.scanAccountAliases());
  logRefused('account alias refused', aliases.refused);
  return aliases;
}

type RefusalLog = (message: string, reasons: readonly string[]) => void;

/** Says of each row once why it was refused, not again at every refresh. */
function refusalLog(ports: Pick<Ports, 'log'>): RefusalLog {
  const said = new Map<string, ReadonlySet<string>>();
  return (message, reasons) => {
    const before = said.get(message);
    for (const reason of reasons) {
      if (before?.has(reason) !== true) ports.log({ level: 'error', message, reason });
    }
    said.set(message, new Set(reasons));
  };
}

/** 1 if the last load failed, and says so; what was loaded before is used. */
function failedToLoad(ports: Ports, what: string, fresh: Fresh<unknown>): 0 | 1 {
  if (!('failure' in fresh)) return 0;
  ports.log({ level: 'error', message: `${what} could not be read`, error: fresh.failure });
  return 1;
}
