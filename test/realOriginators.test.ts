import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { callerOf } from '../handler/originator/caller.ts';
import { followChain } from '../handler/originator/followChain.ts';
import { rememberGrants } from '../handler/originator/rememberGrants.ts';
import { memoryOf, memoryPorts } from '../scripts/memoryPorts.ts';
import { bundledRecords } from './bundledLogs.ts';

/** Who issued the session of a record of the bundled trail, found by a search over all of it. */
interface Issued {
  readonly eventID: string;
  readonly issuerEventIDs: readonly string[];
  readonly originator: { readonly arn?: string; readonly invokedBy?: string };
}

const INSTANCES = 'ec2.amazonaws.com'; // delivers the credentials of instances, which are named

describe('the originators of the bundled trail', () => {
  it('are those that a search over all of it finds', async () => {
    const records = bundledRecords('invictus');
    const memory = memoryOf({ watchlist: [], accountAliases: [], read: fail, now: 0 });
    const ports = memoryPorts(memory);
    await rememberGrants(records, ports);
    const byId = new Map(records.map((record) => [record['eventID'], record]));
    const issued = readFileSync('test/data/originators.jsonl', 'utf8').trim().split('\n');
    expect(issued).to.have.length(76);
    for (const line of issued) {
      const { eventID, issuerEventIDs, originator: wanted } = JSON.parse(line) as Issued;
      const caller = callerOf(byId.get(eventID) as (typeof records)[number]);
      const { originator } = await followChain(caller, () => false, ports.readSessions);
      if (wanted.arn !== undefined) {
        expect(originator, eventID).to.include({ status: 'resolved', arn: wanted.arn });
        expect(issuerEventIDs, eventID).to.include(originator.chain?.at(-1)?.eventId);
      } else if (wanted.invokedBy === INSTANCES) {
        expect(originator.name, eventID).to.equal(caller.principalId?.split(':')[1]);
      } else {
        expect(originator, eventID).to.include({ kind: 'service', name: wanted.invokedBy });
      }
    }
  });
});

async function fail(): Promise<never> {
  throw new Error('nothing is to be read');
}
