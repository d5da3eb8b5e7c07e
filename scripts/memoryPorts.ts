import { setImmediate } from 'node:timers/promises';
import type { LogFileRef } from '../handler/logFilesAnnouncedBy.ts';
import type { LogLine, Ports } from '../handler/ports.ts';
import type { AlertMessage } from '../handler/renderMessage.ts';
import { memorySessions, type Sessions } from './memorySessions.ts';
import { memoryState, type State } from './memoryState.ts';

/** What memory ports are given, and what they keep to be looked at. */
export interface Memory {
  readonly watchlist: readonly unknown[];
  readonly accountAliases: readonly unknown[];
  readonly suppressions: readonly unknown[];
  readonly read: (ref: LogFileRef) => Promise<Uint8Array>;
  now: number; // epoch milliseconds
  readonly state: State;
  readonly sessions: Sessions;
  readonly published: AlertMessage[];
  readonly logged: LogLine[];
}

type Given = Pick<Memory, 'watchlist' | 'accountAliases' | 'read' | 'now'>;

/** A memory in which nothing is claimed, published or logged, but for what is given. */
export function memoryOf(given: Given & Partial<Memory>): Memory {
  return {
    suppressions: [],
    state: new Map(),
    sessions: new Map(),
    published: [],
    logged: [],
    ...given,
  };
}

/** Ports that behave as the real ones do, in memory: for replay and for tests. */
export function memoryPorts(memory: Memory): Ports {
  return {
    getLogFile: (ref) => memory.read(ref),
    scanWatchlist: async () => memory.watchlist,
    scanAccountAliases: async () => memory.accountAliases,
    scanSuppressions: async () => memory.suppressions,
    // Other runs may come in between, as they may over a network.
    ...memoryState(memory.state, () => memory.now, setImmediate),
    ...memorySessions(memory.sessions, () => memory.now, setImmediate),
    publish: async (messages) => {
      memory.published.push(...messages);
      return [];
    },
    now: () => memory.now,
    pause: async () => {},
    log: (line) => void memory.logged.push(line),
  };
}
