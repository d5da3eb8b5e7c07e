import { expect } from 'chai';
import { buildAlert } from '../../../handler/buildAlert.ts';
import type { Match } from '../../../handler/matchRecords.ts';
import type { Chain } from '../../../handler/originator/followChain.ts';
import { type Originators, originators } from '../../../handler/originator/originators.ts';
import { rememberGrants } from '../../../handler/originator/rememberGrants.ts';
import type { Ports, SessionItem } from '../../../handler/ports.ts';
import type { CloudTrailRecord } from '../../../handler/readLogFile.ts';
import { type Memory, memoryOf, memoryPorts } from '../../../scripts/memoryPorts.ts';
import { bundledRecords } from '../../bundledLogs.ts';
import {
  ACCOUNT,
  ACCOUNTS,
  BUCKET,
  keyOf,
  matchOf,
  recordOf,
  roleRecordOf,
} from '../../factories.ts';

const KEY = 'ASIATFQR7NSC7V5LQ3NM';
const SESSION = 'AROATFQR7NSC2FYAGA6MT:deploy-42#2023-07-10T12:20:00Z';
const NOW = Date.parse('2023-07-10T12:26:00Z');
const SHARED = '285d3e63-4e86-4e23-8f05-9e3fcde0a14d';

/** The call that began the session of roleRecordOf. */
const grantBy = (name: string, eventID = `by ${name}`) =>
  recordOf({
    eventID,
    eventTime: '2023-07-10T12:20:00Z',
    eventSource: 'sts.amazonaws.com',
    eventName: 'AssumeRole',
    userIdentity: { type: 'IAMUser', userName: name, accountId: ACCOUNT },
    responseElements: {
      credentials: { accessKeyId: KEY },
      assumedRoleUser: { assumedRoleId: 'AROATFQR7NSC2FYAGA6MT:deploy-42' },
    },
  });

const fresh = (): Memory =>
  memoryOf({ watchlist: [], accountAliases: [], read: async () => new Uint8Array(), now: NOW });

interface Run {
  readonly memory: Memory;
  readonly found: Originators;
  readonly reads: (readonly string[])[];
}

/** With what is known of a log file, and ports some of which may be broken. */
function start(
  known: readonly SessionItem[] = [],
  more: Partial<Ports> = {},
  memory = fresh(),
): Run {
  const reads: (readonly string[])[] = [];
  const ports = { ...memoryPorts(memory), ...more };
  const readSessions: Ports['readSessions'] = (links) => {
    reads.push(links);
    return ports.readSessions(links);
  };
  return { memory, reads, found: originators(known, { ...ports, readSessions }, () => false) };
}

const alertOf = (match: Match, chain: Chain, id = 'use/trail-stopped') => {
  const context = { ...ACCOUNTS, logFile: { bucket: BUCKET, key: keyOf() }, now: NOW };
  return buildAlert(match, context, { id, thread: id, originator: chain.originator });
};

const USE = matchOf(roleRecordOf({ eventID: 'use' }));
const broken = async (): Promise<never> => {
  throw new Error('no table');
};

describe('originators', () => {
  it('finds who is behind a match, and reads each link once', async () => {
    const memory = fresh();
    await rememberGrants([grantBy('bert-jan')], memoryPorts(memory));
    const { found, reads } = start([], {}, memory);
    const chains = await Promise.all([found.find(USE), found.find(USE)]);
    for (const { originator } of [...chains, await found.find(USE)]) {
      expect(originator).to.include({ status: 'resolved', name: 'bert-jan' });
    }
    expect(reads).to.deep.equal([[KEY, SESSION]]);
    expect((await found.find(matchOf())).originator).to.include({ status: 'direct' });
    expect(reads).to.have.length(1);
    expect([found.failed(), found.leftOut()]).to.deep.equal([0, 0]);
  });

  it('does not read what was written a moment ago', async () => {
    const { items } = await rememberGrants([grantBy('bert-jan')], memoryPorts(fresh()));
    const { found, reads } = start(items);
    expect((await found.find(USE)).originator).to.include({ name: 'bert-jan' });
    expect(reads).to.deep.equal([]);
    const half = start(items.filter(({ link }) => link === SESSION));
    expect((await half.found.find(USE)).originator).to.include({ name: 'bert-jan' });
    expect(half.reads).to.deep.equal([[KEY]]);
  });

  it('believes the last of several answers, whichever came first', async () => {
    const memory = fresh();
    const ports = memoryPorts(memory);
    const [first] = (await rememberGrants([grantBy('bert-jan')], ports)).items;
    const [second] = (await rememberGrants([grantBy('eve')], ports)).items;
    if (first === undefined || second === undefined) throw new Error('nothing written');
    expect([first.grants.length, second.grants.length]).to.deep.equal([1, 2]);
    for (const known of [
      [first, second],
      [second, first],
      [{ ...first, isFull: true }, first],
    ]) {
      const { originator } = await start(known).found.find(USE);
      expect(originator).to.include({ status: 'unresolved' }).and.not.have.property('name');
      expect(originator.reason).to.match(/^(?:several|too many) grants fit this session/);
    }
  });

  it('says so where sessions cannot be read, and what is awaited', async () => {
    const { found, memory } = start([], { readSessions: broken });
    const reason = 'who is behind this session could not be looked up';
    const originator = { status: 'unresolved', reason, kind: 'unknown' };
    expect(await found.find(USE)).to.deep.equal({ originator, awaited: [KEY, SESSION] });
    const userIdentity = { type: 'AWSAccount', accountId: '193672423079' };
    const masked = matchOf(recordOf({ userIdentity, sharedEventID: SHARED }));
    expect(await found.find(masked)).to.deep.equal({ originator, awaited: [`shared#${SHARED}`] });
    expect(found.failed()).to.equal(2);
    const logged = memory.logged.map(({ level, message }) => `${level} ${message}`);
    expect(logged).to.deep.equal(Array(2).fill('error sessions could not be asked'));
    expect((await found.find(matchOf())).originator).to.include({ name: 'bert-jan' });
  });

  it('awaits nothing where sessions cannot be read further back, behind whom the record names', async () => {
    const direct = start([], { readSessions: broken });
    const federated = matchOf(recordOf({ userIdentity: { type: 'SAMLUser', userName: 'alice' } }));
    expect((await direct.found.find(federated)).awaited).to.deep.equal([]);
    expect(direct.found.failed()).to.equal(0);
  });

  it('leaves word under the links of what is awaited', async () => {
    const { found, memory } = start();
    const chain = await found.find(USE);
    expect(chain.awaited).to.deep.equal([KEY, SESSION]);
    const after = await found.await(USE, alertOf(USE, chain), chain);
    expect(after.originator).to.include({ status: 'unresolved' });
    const waiters = [...memory.sessions].map(([link, item]) => [link, item.waiters]);
    expect(waiters).to.deep.equal([KEY, SESSION].map((link) => [link, ['use/trail-stopped']]));
    expect([...memory.state.keys()].join()).to.include('use/trail-stopped');
    expect([found.failed(), found.leftOut()]).to.deep.equal([0, 0]);
  });

  it('leaves no word where nothing is awaited', async () => {
    const { found, memory } = start();
    const match = matchOf();
    const chain = await found.find(match);
    expect(await found.await(match, alertOf(match, chain), chain)).to.equal(chain);
    expect([memory.sessions.size, memory.state.size]).to.deep.equal([0, 0]);
  });

  it('learns from leaving word what has come meanwhile', async () => {
    const { found, memory } = start();
    const chain = await found.find(USE);
    await rememberGrants([grantBy('bert-jan')], memoryPorts(memory));
    const after = await found.await(USE, alertOf(USE, chain), chain);
    expect(after.originator).to.include({ status: 'resolved', name: 'bert-jan' });
  });

  it('goes on where word cannot be left, and fails where it cannot be kept', async () => {
    const unheard = start([], { addToSession: broken });
    const chain = await unheard.found.find(USE);
    expect(await unheard.found.await(USE, alertOf(USE, chain), chain)).to.equal(chain);
    expect(unheard.found.failed()).to.equal(1);
    const unkept = start([], { writeState: broken });
    const failed = unkept.found.await(USE, alertOf(USE, chain), chain);
    expect(await failed.catch((error: unknown) => String(error))).to.equal('Error: no table');
    expect(unkept.memory.sessions.size).to.equal(0);
  });

  it('counts the alerts for which there is no room to wait', async () => {
    const { found } = start();
    const chain = await found.find(USE);
    for (let number = 0; number < 23; number += 1) {
      await found.await(USE, alertOf(USE, chain, `use-${number}/trail-stopped`), chain);
    }
    expect(found.leftOut()).to.equal(3);
    expect(found.failed()).to.equal(0);
  });
});

describe('originators, on the bundled trail', () => {
  const records = bundledRecords('invictus');

  /** Who each record is said to be from, of those made with a session of a role. */
  async function namesIn(all: readonly CloudTrailRecord[]) {
    const { items } = await rememberGrants(all, memoryPorts(fresh()));
    const { found, reads } = start(items);
    const names: { record: CloudTrailRecord; principal: string; who: string }[] = [];
    for (const record of records) {
      const { type, principalId = '' } = record['userIdentity'] as Record<string, string>;
      if (type !== 'AssumedRole') continue;
      const { originator } = await found.find(matchOf(record));
      const { status, kind, name } = originator;
      names.push({ record, principal: principalId, who: `${status} ${kind} ${name}` });
    }
    expect(found.failed()).to.equal(0);
    return { names, reads };
  }

  it('names the user, the instances and the services, and nobody else', async () => {
    const { names } = await namesIn(records);
    const count = (who: string) => names.filter((one) => one.who === who).length;
    expect(names).to.have.length(76);
    expect(count('resolved user bert-jan')).to.equal(47);
    expect(count('direct workload i-0dbc91f429e48eeed')).to.equal(15);
    expect(count('direct workload i-05c30218156bcc246')).to.equal(8);
    expect(count('direct service rds.amazonaws.com')).to.equal(4);
    expect(count('direct service inspector2.amazonaws.com')).to.equal(2);
    for (const { record, principal, who } of names) {
      const [, session = ''] = principal.split(':');
      if (session.startsWith('i-')) expect(who).to.equal(`direct workload ${session}`);
      if (record.eventName === 'GetPasswordData') expect(who).to.equal('resolved user bert-jan');
    }
    const passwords = names.filter(({ record }) => record.eventName === 'GetPasswordData');
    expect(passwords.length).to.be.above(20);
  });

  it('names the same in any order, and whatever is delivered twice', async () => {
    const { names } = await namesIn(records);
    expect((await namesIn([...records, ...records].toReversed())).names).to.deep.equal(names);
  });

  it('names nobody behind a session whose grant is missing', async () => {
    const isGrant = ({ eventSource }: CloudTrailRecord) => eventSource === 'sts.amazonaws.com';
    const { names } = await namesIn(records.filter((record) => !isGrant(record)));
    const counts = Map.groupBy(names, ({ who }) => who.split(' ').slice(0, 2).join(' '));
    expect([...counts].map(([what, all]) => `${all.length} ${what}`).sort()).to.deep.equal([
      '23 direct workload',
      '47 unresolved unknown',
      '6 direct service',
    ]);
  });
});
