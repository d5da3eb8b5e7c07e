import { setImmediate } from 'node:timers/promises';
import type { LogFileRef } from '../handler/logFilesAnnouncedBy.ts';
import type { Claim, Lease, LogLine, Ports } from '../handler/ports.ts';
import type { AlertMessage } from '../handler/renderMessage.ts';

/** What memory ports are given, and what they keep to be looked at. */
export interface Memory {
  readonly watchlist: readonly unknown[];
  readonly accountAliases: readonly unknown[];
  readonly read: (ref: LogFileRef) => Promise<Uint8Array>;
  now: number; // epoch milliseconds
  readonly claims: Map<string, StoredClaim>;
  readonly published: AlertMessage[];
  readonly logged: LogLine[];
}

interface StoredClaim extends Lease {
  readonly confirmed: boolean;
}

type Given = Pick<Memory, 'watchlist' | 'accountAliases' | 'read' | 'now'>;

/** A memory in which nothing is claimed, published or logged, but for what is given. */
export function memoryOf(given: Given & Partial<Memory>): Memory {
  return { claims: new Map(), published: [], logged: [], ...given };
}

/** Ports that behave as the real ones do, in memory: for replay and for tests. */
export function memoryPorts(memory: Memory): Ports {
  const { claims } = memory;
  return {
    getLogFile: (ref) => memory.read(ref),
    scanWatchlist: async () => memory.watchlist,
    scanAccountAliases: async () => memory.accountAliases,
    claim: async (alertId, lease) => {
      await setImmediate(); // other runs may come in between, as they may over a network
      return claimIn(claims, alertId, lease, memory.now / 1000);
    },
    confirm: async (alertId, owner) => {
      const claim = claims.get(alertId);
      if (claim?.owner !== owner) throw new Error('the claim is not the owner’s any more');
      claims.set(alertId, { ...claim, confirmed: true });
    },
    release: async (alertId, owner) => {
      const claim = claims.get(alertId);
      if (claim?.owner === owner && !claim.confirmed) claims.delete(alertId);
    },
    publish: async (messages) => {
      memory.published.push(...messages);
      return [];
    },
    now: () => memory.now,
    pause: async () => {},
    log: (line) => void memory.logged.push(line),
  };
}

function claimIn(
  claims: Map<string, StoredClaim>,
  alertId: string,
  lease: Lease,
  now: number,
): Claim {
  const found = claims.get(alertId);
  if (found?.confirmed) return 'sent before';
  const free = found === undefined || found.endsAt < now || found.owner === lease.owner;
  if (!free) return 'held by another';
  claims.set(alertId, { ...lease, confirmed: false });
  return 'claimed';
}
