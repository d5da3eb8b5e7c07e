import type { AccountAliases } from './accountAlias.ts';
import type { Watchlist } from './compileWatchlist.ts';
import type { CompiledSuppression } from './suppression.ts';

/** What stays the same during one invocation. */
export interface Invocation {
  readonly watchlist: Watchlist;
  readonly suppressions: readonly CompiledSuppression[];
  readonly aliases: AccountAliases['byAccountId'];
  readonly leaseEndsAt: number; // epoch seconds
  readonly maxLogFileBytes: number; // uncompressed
  readonly timeZone: string; // an IANA name
}
