import { expect } from 'chai';
import { compileAccountAliases } from '../handler/accountAlias.ts';
import type { Alert } from '../handler/alert.ts';
import { compileWatchlist } from '../handler/compileWatchlist.ts';
import { processLogFile } from '../handler/processLogFile.ts';
import { type Memory, memoryOf, memoryPorts } from '../scripts/memoryPorts.ts';
import { generateOrganisation } from '../scripts/organisation/generateOrganisation.ts';
import type { Organisation } from '../scripts/organisation/organisation.ts';
import { copiesOf } from '../scripts/showAlert.ts';
import { expectAlert } from './alertShape.ts';
import { BUCKET, logFileOf, rowOf } from './factories.ts';

// Every call is watched for, so that each has to be named.
const { eventSource: _source, ...row } = rowOf({ id: 'any', eventName: '*' });
const WATCHED = { ...row, pattern: { eventVersion: ['1.11'] } };

/** The messages of each alert, in the order in which they went out. */
async function toldOf(
  organisation: Organisation,
  accounts = organisation.accounts,
): Promise<Map<string, Alert[]>> {
  const aliases = accounts.map(({ id, alias }) => ({ accountId: id, alias }));
  const memory: Memory = memoryOf({
    watchlist: [WATCHED],
    accountAliases: aliases,
    read: async () => new Uint8Array(),
    now: 0,
  });
  const watchlist = compileWatchlist(memory.watchlist);
  for (const { key, accountId, time, records } of organisation.logFiles) {
    memory.now = time;
    const bytes = logFileOf(records);
    const ports = { ...memoryPorts(memory), getLogFile: async () => bytes };
    const tally = await processLogFile({ bucket: BUCKET, key }, accountId, ports, {
      watchlist,
      suppressions: [],
      aliases: compileAccountAliases(aliases).byAccountId,
      leaseEndsAt: time / 1000 + 150,
      maxLogFileBytes: 50_000_000,
      timeZone: 'UTC',
    });
    expect(tally.logFilesFailed).to.equal(0);
  }
  const alerts = memory.published.map((message) => expectAlert(copiesOf(message).default));
  return Map.groupBy(alerts, ({ id }) => id);
}

describe('a generated organisation', () => {
  it('has every call named in the end by who really acted, or not at all', async () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const organisation = generateOrganisation({ seed, uses: 500 });
      const told = await toldOf(organisation);
      let resolved = 0;
      let followed = 0;
      for (const [eventId, truth] of organisation.truth) {
        const messages = told.get(`${eventId}/any`) ?? [];
        const last = messages.at(-1)?.originator;
        const what = `seed ${seed}, ${eventId}: ${JSON.stringify([truth, last])}`;
        expect(messages.length, what).to.be.within(1, 2);
        if (last?.status === 'unresolved') continue;
        expect([last?.kind, last?.name], what).to.deep.equal([truth.kind, truth.name]);
        resolved += 1;
        followed += messages.length - 1;
      }
      expect(resolved / organisation.truth.size, `resolved of seed ${seed}`).to.be.at.least(0.99);
      expect(followed, 'late grants').to.be.above(20);
    }
  }).timeout(120_000);

  it('names the same where no account is known, in the end', async () => {
    const organisation = generateOrganisation({ seed: 7, uses: 500 });
    const told = await toldOf(organisation, []);
    let resolved = 0;
    for (const [eventId, truth] of organisation.truth) {
      const last = told.get(`${eventId}/any`)?.at(-1)?.originator;
      if (last?.status === 'unresolved') continue;
      expect([last?.kind, last?.name], JSON.stringify([eventId, truth, last])).to.deep.equal([
        truth.kind,
        truth.name,
      ]);
      resolved += 1;
    }
    expect(resolved / organisation.truth.size).to.be.at.least(0.95);
  }).timeout(120_000);

  it('names who asked for sessions too', async () => {
    const organisation = generateOrganisation({ seed: 6, uses: 300 });
    const told = await toldOf(organisation);
    for (const [eventId, truth] of organisation.grantTruth) {
      const last = [...told.values()]
        .flat()
        .filter(({ event }) => event.id === eventId)
        .at(-1);
      if (last === undefined || last.originator.status === 'unresolved') continue;
      const { kind, name } = last.originator;
      expect([kind, name], JSON.stringify([eventId, truth])).to.deep.equal([
        truth.kind,
        truth.name,
      ]);
    }
  }).timeout(120_000);
});
