import { compileAccountAliases } from './accountAlias.ts';
import { compileWatchlist } from './compileWatchlist.ts';
import { type Fresh, keepFresh } from './keepFresh.ts';
import type { Ports } from './ports.ts';
import type { Invocation } from './processLogFile.ts';
import { type Tally, tallyOf } from './tally.ts';

/** The watchlist and the account aliases, and what was wrong with them. */
export interface ReferenceData extends Pick<Invocation, 'watchlist' | 'aliases'> {
  readonly counts: Tally;
}

const FIVE_MINUTES = 5 * 60 * 1000;

/**
 * Reads both tables at the first call, and again when older than five minutes.
 * @throws if there has never been a watchlist; aliases are only names, and may be missing
 */
export function keepReferenceData(ports: Ports): () => Promise<ReferenceData> {
  const freshWatchlist = keepFresh(() => loadWatchlist(ports), FIVE_MINUTES, ports.now);
  const freshAliases = keepFresh(() => loadAliases(ports), FIVE_MINUTES, ports.now);
  return async () => {
    const [watchlist, aliases] = await Promise.all([
      freshWatchlist(),
      freshAliases().catch(withoutAliases),
    ]);
    const counts = tallyOf({
      watchlistEntriesRefused: watchlist.value.refused.length,
      watchlistEmpty: watchlist.value.size === 0 ? 1 : 0,
      watchlistRefreshesFailed: failedToLoad(ports, 'watchlist', watchlist),
      accountAliasesRefused: aliases.value.refused.length,
      accountAliasRefreshesFailed: failedToLoad(ports, 'account aliases', aliases),
    });
    return { watchlist: watchlist.value, aliases: aliases.value.byAccountId, counts };
  };
}

function withoutAliases(failure: unknown): Fresh<ReturnType<typeof compileAccountAliases>> {
  return { value: compileAccountAliases([]), failure };
}

async function loadWatchlist(ports: Ports) {
  const watchlist = compileWatchlist(await ports.scanWatchlist());
  logRefused(ports, 'watchlist row refused', watchlist.refused);
  return watchlist;
}

async function loadAliases(ports: Ports) {
  const aliases = compileAccountAliases(await ports.scanAccountAliases());
  logRefused(ports, 'account alias refused', aliases.refused);
  return aliases;
}

function logRefused(ports: Ports, message: string, reasons: readonly string[]): void {
  for (const reason of reasons) ports.log({ level: 'error', message, reason });
}

/** 1 if the last load failed, and says so; what was loaded before is used. */
function failedToLoad(ports: Ports, what: string, fresh: Fresh<unknown>): 0 | 1 {
  if (!('failure' in fresh)) return 0;
  ports.log({ level: 'error', message: `${what} could not be read`, error: fresh.failure });
  return 1;
}
