import { setImmediate } from 'node:timers/promises';
import { expect } from 'chai';
import { compileWatchlist } from '../handler/compileWatchlist.ts';
import type { Ports } from '../handler/ports.ts';
import { processLogFile } from '../handler/processLogFile.ts';
import { type Memory, memoryOf, memoryPorts } from '../scripts/memoryPorts.ts';
import type { LogFiles } from './deliveries.ts';
import { ACCOUNT, BUCKET, keyOf, logFileOf, rowOf } from './factories.ts';
import { type Fault, faultyPorts } from './faults.ts';
import type { NaiveEntry } from './naiveGroups.ts';

const NOW = Date.parse('2023-09-01T00:00:00Z'); // after all that generated histories tell
const TWELVE_MINUTES = 12 * 60_000; // the queue's visibility timeout: every lease has ended

/** Log files under way to one State: what they change there, and what they publish. */
export interface Course {
  readonly memory: Memory;
  /** One invocation on some log files. */
  readonly invoke: (files: LogFiles, ports?: Ports, fault?: Fault) => Promise<Invoked>;
  /** Log files that failed come again, when every lease has ended, until none fails. */
  readonly redeliver: (failed: LogFiles) => Promise<void>;
}

export interface Invoked {
  readonly failed: LogFiles;
  readonly calls: readonly string[]; // of ports, in their order
}

/** The real line, with its State in memory. */
export function courseOf(entries: readonly NaiveEntry[]): Course {
  const watchlist = compileWatchlist(entries.map((entry) => rowOf(entry)));
  expect(watchlist.refused).to.deep.equal([]);
  const contents = new Map<string, Uint8Array>();
  const memory = memoryOf({
    watchlist: [],
    accountAliases: [],
    read: async ({ key }) => contents.get(key) ?? logFileOf([]),
    now: NOW,
  });

  const invoke: Course['invoke'] = async (files, real = memoryPorts(memory), fault) => {
    const { ports, calls, abandoned } = faultyPorts(real, fault);
    const invocation = {
      watchlist,
      suppressions: [],
      aliases: new Map(),
      leaseEndsAt: memory.now / 1000 + 60,
      maxLogFileBytes: 10_000_000,
      timeZone: 'UTC',
    };
    const run = async () => {
      const failed: LogFiles[number][] = [];
      for (const file of files) {
        const key = keyOf(`FILE${contents.size}`);
        contents.set(key, logFileOf(file));
        const ref = { bucket: BUCKET, key };
        const { logFilesFailed } = await processLogFile(ref, ACCOUNT, ports, invocation);
        if (logFilesFailed > 0) failed.push(file);
      }
      return failed;
    };
    const ended = await Promise.race([run(), abandoned]);
    return { failed: ended === 'abandoned' ? files : ended, calls };
  };

  const redeliver: Course['redeliver'] = async (failed) => {
    let open = failed;
    for (let receive = 2; open.length > 0 && receive <= 5; receive += 1) {
      memory.now += TWELVE_MINUTES;
      ({ failed: open } = await invoke(open));
    }
    expect(open, 'log files that never succeed').to.deep.equal([]);
  };
  return { memory, invoke, redeliver };
}

/** Ports between whose calls others run, more or fewer at random, as over a network. */
export function yieldingPorts(real: Ports, random: () => number): Ports {
  const pause = async () => {
    for (let rounds = Math.floor(random() * 4); rounds > 0; rounds -= 1) await setImmediate();
  };
  const slow =
    <A extends unknown[], R>(port: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      await pause();
      const result = await port(...args);
      await pause();
      return result;
    };
  return {
    ...real,
    getLogFile: slow(real.getLogFile),
    claim: slow(real.claim),
    confirm: slow(real.confirm),
    release: slow(real.release),
    readState: slow(real.readState),
    writeState: slow(real.writeState),
    publish: slow(real.publish),
  };
}

/** Numbers from 0 to 1, the same for the same seed. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
