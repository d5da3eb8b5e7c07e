import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { compileWatchlist } from '../handler/compileWatchlist.ts';
import type { WatchlistRow } from '../handler/entry.ts';
import { jsonBytes } from '../handler/jsonBytes.ts';
import type { Ports } from '../handler/ports.ts';
import { processLogFile } from '../handler/processLogFile.ts';
import { memoryState } from '../scripts/memoryState.ts';
import { instantPorts } from './instantPorts.ts';

const EVENTS = 10_000;
const FILES = 20;

/** What a flood of one key costs in State, by how many invocations work on it at once. */
export interface CountingCost {
  readonly invocations: number;
  readonly writes: number; // refused ones too: each is paid for
  readonly units: number; // write units: kilobytes begun
  readonly messages: number;
}

const ENTRY: WatchlistRow = {
  id: 'denied',
  title: 'Calls denied in numbers',
  eventName: '*',
  pattern: { errorCode: ['AccessDenied'] },
  severity: 'medium',
  threshold: { count: 20, minutes: 10, by: ['userIdentity.arn'] },
  repeat: { by: ['userIdentity.arn'], minutes: 60 },
};

/** 10,000 events of one key in 20 log files, over a border between two buckets. */
export async function measureCounting(
  atOnce: readonly number[] = [1, 2, 5, 10],
): Promise<readonly CountingCost[]> {
  const costs: CountingCost[] = [];
  for (const invocations of atOnce) costs.push(await costOf(invocations));
  return costs;
}

async function costOf(invocations: number): Promise<CountingCost> {
  const files = logFiles();
  const cost = { writes: 0, units: 0, messages: 0 };
  const state = memoryState(
    new Map(),
    () => NOW,
    () => setTimeout(Math.random() * 5),
  );
  const ports = counting({ ...instantPorts(files), ...state }, cost);
  const waiting = files.map((_, index) => index);
  const invocation = {
    watchlist: compileWatchlist([ENTRY]),
    suppressions: [],
    aliases: new Map(),
    leaseEndsAt: NOW / 1000 + 150,
    maxLogFileBytes: 50_000_000,
    timeZone: 'UTC',
  };
  const work = async (): Promise<void> => {
    for (let index = waiting.shift(); index !== undefined; index = waiting.shift()) {
      const ref = { bucket: 'bench', key: String(index) };
      const tally = await processLogFile(ref, '', ports, invocation);
      if (tally.logFilesFailed > 0) waiting.push(index); // as the queue does
    }
  };
  await Promise.all(Array.from({ length: invocations }, work));
  return { invocations, ...cost };
}

const NOW = Date.parse('2023-07-10T13:00:00Z');
const START = Date.parse('2023-07-10T11:50:00Z');

/** A log file holds what happened in a minute, at even distances. */
function logFiles(): readonly Uint8Array[] {
  const each = EVENTS / FILES;
  return Array.from({ length: FILES }, (_, file) =>
    gzipSync(
      JSON.stringify({
        Records: Array.from({ length: each }, (_record, index) => ({
          eventID: `event-${file}-${index}`,
          eventTime: new Date(START + (file + index / each) * 60_000).toISOString(),
          eventName: 'GetObject',
          eventSource: 's3.amazonaws.com',
          errorCode: 'AccessDenied',
          userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/alice' },
        })),
      }),
    ),
  );
}

function counting(ports: Ports, cost: { writes: number; units: number; messages: number }): Ports {
  const write = (item: object) => {
    cost.writes += 1;
    cost.units += Math.ceil(bytesOf(item) / 1024);
  };
  return {
    ...ports,
    writeState: (item, over) => {
      write(item);
      return ports.writeState(item, over);
    },
    claim: (claim, lease) => {
      write(claim);
      return ports.claim(claim, lease);
    },
    confirm: (claim, owner) => {
      write(claim);
      return ports.confirm(claim, owner);
    },
    publish: async (messages) => {
      cost.messages += messages.length;
      return ports.publish(messages);
    },
    log: () => {}, // an alert that another run publishes at the moment is no failure here
  };
}

/** About as DynamoDB counts an item: names and values, binaries by their length. */
function bytesOf(item: object): number {
  return Object.entries(item).reduce(
    (sum, [name, value]: [string, unknown]) =>
      sum + name.length + (value instanceof Uint8Array ? value.length : jsonBytes(value)),
    0,
  );
}
