import { gzipSync } from 'node:zlib';
import { compileAccountAliases } from '../../handler/accountAlias.ts';
import type { Alert } from '../../handler/alert.ts';
import { compileWatchlist } from '../../handler/compileWatchlist.ts';
import type { WatchlistRow } from '../../handler/entry.ts';
import { processLogFile } from '../../handler/processLogFile.ts';
import { type Memory, memoryOf, memoryPorts } from '../memoryPorts.ts';
import { copiesOf } from '../showAlert.ts';
import type { Account, Organisation } from './organisation.ts';

/** An entry for every call, so that each caller has to be named. */
const EVERY_CALL: WatchlistRow = {
  id: 'every-call',
  title: 'A call',
  eventName: '*',
  pattern: { eventVersion: [{ prefix: '1.' }] },
  severity: 'info',
};

/**
 * What the function tells of every call in an organisation: its messages by the event's id, in the
 * order in which they go out.
 * @param accounts that have an alias
 */
export async function watchOrganisation(
  { logFiles }: Organisation,
  accounts: readonly Account[],
): Promise<ReadonlyMap<string, readonly Alert[]>> {
  const accountAliases = accounts.map(({ id, alias }) => ({ accountId: id, alias }));
  const memory: Memory = memoryOf({
    watchlist: [EVERY_CALL],
    accountAliases,
    read: async () => new Uint8Array(),
    now: 0,
  });
  const fixed = {
    watchlist: compileWatchlist(memory.watchlist),
    suppressions: [],
    aliases: compileAccountAliases(accountAliases).byAccountId,
    maxLogFileBytes: 50_000_000,
    timeZone: 'UTC',
  };
  for (const { key, accountId, time, records } of logFiles) {
    memory.now = time;
    const bytes = gzipSync(JSON.stringify({ Records: records }), { level: 1 });
    const ports = { ...memoryPorts(memory), getLogFile: async () => bytes };
    const ref = { bucket: 'organisation', key };
    await processLogFile(ref, accountId, ports, { ...fixed, leaseEndsAt: time / 1000 + 150 });
  }
  const alerts = memory.published.map((message) => JSON.parse(copiesOf(message).default) as Alert);
  return Map.groupBy(alerts, ({ event }) => event.id ?? '');
}
