import { expect } from 'chai';
import { logFileKind } from '../../../handler/logFileKind.ts';
import { textAt } from '../../../handler/textAt.ts';
import { generateOrganisation } from '../../../scripts/organisation/generateOrganisation.ts';
import { freeSecond } from '../../../scripts/organisation/issueCredentials.ts';
import type { LogFile, Truth } from '../../../scripts/organisation/organisation.ts';
import { createWorld } from '../../../scripts/organisation/world.ts';

type Json = Readonly<Record<string, unknown>>;

const MINUTE = 60_000;
const KINDS = ['person', 'root', 'user', 'workload', 'service', 'account'];
const SEEDS = [1, 2, 3, 4, 5];
const organisations = SEEDS.map((seed) => generateOrganisation({ seed, uses: 500 }));

describe('generateOrganisation', () => {
  it('makes the same organisation of the same seed, and another one of another', () => {
    const again = generateOrganisation({ seed: 1, uses: 500 });

    expect(again).to.deep.equal(organisations[0]);
    expect(again.accounts).to.not.deep.equal(organisations[1]?.accounts);
    expect(again.truth.size).to.equal(500);
  });

  it('holds what leads each use to who really acted', () => {
    for (const { logFiles, truth, grantTruth } of organisations) {
      const records = recordsOf(logFiles);
      const walk = walkOver(records);

      for (const [eventID, expected] of [...truth, ...grantTruth]) {
        const record = records.get(eventID);
        expect(record && walk(record), JSON.stringify(record)).to.deep.equal(expected);
      }
    }
  });

  it('delivers about a fifth of the uses of sessions before what granted them', () => {
    for (const { logFiles, truth } of organisations) {
      const records = recordsOf(logFiles);
      const places = new Map<unknown, number>();
      for (const [place, { records: within }] of logFiles.entries()) {
        for (const { eventID } of within) {
          if (!places.has(eventID)) places.set(eventID, place);
        }
      }
      const placeOf = (record: Json) => places.get(record['eventID']) ?? Number.NaN;
      const grantsOf = linkGrants(records);
      const early = [...truth.keys()].flatMap((eventID) => {
        const use = records.get(eventID);
        const grants = use === undefined ? [] : grantsOf(use);
        if (use === undefined || grants.length === 0) return [];
        return [placeOf(use) < Math.min(...grants.map(placeOf))];
      });

      expect(early.length).to.be.above(400);
      expect(early.filter(Boolean).length / early.length).to.be.within(0.1, 0.35);
    }
  });

  it('has every kind of originator, and chains of each depth up to five', () => {
    for (const { truth } of organisations) {
      const kinds = new Set([...truth.values()].map(({ kind }) => kind));
      const depths = new Set([...truth.values()].map(({ depth }) => depth));

      expect([...kinds]).to.have.members(KINDS);
      expect([...depths]).to.have.members([0, 1, 2, 3, 4, 5]);
    }
  });

  it('delivers log files late, in order of delivery, some of them twice', () => {
    for (const { logFiles, accounts } of organisations) {
      const times = logFiles.map(({ time }) => time);
      const first = new Map<string, LogFile>();
      for (const file of logFiles) {
        const { key, accountId, time, records } = file;
        const known = first.get(key);
        if (known === undefined) {
          first.set(key, file);
          expectOneFile(file);
        }
        expect(known?.records ?? records).to.equal(records);
        const minute = (known?.time ?? time) - ((known?.time ?? time) % MINUTE);
        expect(logFileKind(key)).to.deep.equal({ kind: 'log file', accountId, time: minute });
        expect(accounts.map(({ id }) => id)).to.include(accountId);
      }

      expect(times).to.deep.equal(times.toSorted((a, b) => a - b));
      expect((logFiles.length - first.size) / first.size).to.be.within(0.03, 0.15);
    }
  });

  it('never puts two sessions of one principal into one second, nor one key into two', () => {
    for (const { logFiles } of organisations) {
      const grants = new Map<string, Set<unknown>>();
      for (const record of recordsOf(logFiles).values()) {
        for (const link of linksOfGrant(record)) {
          const events = grants.get(link) ?? new Set();
          grants.set(link, events.add(record['sharedEventID'] ?? record['eventID']));
        }
      }

      for (const [link, events] of grants) expect(events.size, link).to.equal(1);
    }
  });

  it('moves a session to the next second where one of its principal has begun in this one', () => {
    const world = createWorld(1, 1);
    const times = ['AROA:a', 'AROA:a', 'AROA:a', 'AROA:b'].map((id) => freeSecond(world, id, 5500));

    expect(times).to.deep.equal([5000, 6000, 7000, 5000]);
  });

  it('holds failed grants, changed keys, and no key of documentation', () => {
    for (const { logFiles } of organisations) {
      const records = [...recordsOf(logFiles).values()];
      const failed = records.filter(({ errorCode }) => errorCode === 'AccessDenied');
      const keysOfSession = new Map<string, Set<unknown>>();
      for (const record of records) {
        const session = sessionLink(record);
        if (session === undefined) continue;
        const keys = keysOfSession.get(session) ?? new Set();
        keysOfSession.set(session, keys.add(textAt(record, 'userIdentity', 'accessKeyId')));
      }

      expect(failed).to.not.be.empty;
      expect(failed.every(({ responseElements }) => responseElements === null)).to.equal(true);
      expect(Math.max(...[...keysOfSession.values()].map(({ size }) => size))).to.be.above(2);
      expect(JSON.stringify(records)).to.not.match(/EXAMPLE|"sessionToken|"secretAccessKey/);
    }
  });
});

/** A file holds five minutes of one account and region, and comes 2 to 15 minutes later. */
function expectOneFile({ accountId, time, records }: LogFile): void {
  const places = records.map((one) => [one['recipientAccountId'], one['awsRegion']].join(' '));
  const windows = records.map((one) => Math.floor(timeOf(one) / (5 * MINUTE)));
  const [window = 0] = windows;
  expect(new Set(places).size).to.equal(1);
  expect(places[0]).to.include(accountId);
  expect(new Set(windows).size).to.equal(1);
  expect(time - (window + 1) * 5 * MINUTE).to.be.within(2 * MINUTE, 15 * MINUTE);
}

const timeOf = (record: Json): number => Date.parse(textAt(record, 'eventTime') ?? '');

/** By eventID. */
function recordsOf(logFiles: readonly LogFile[]): ReadonlyMap<string, Json> {
  const records = logFiles.flatMap((file) => file.records);
  return new Map(records.map((record) => [textAt(record, 'eventID') ?? '', record]));
}

/** What later records of the granted session hold: its key, or its principal and when it began. */
function linksOfGrant(record: Json): readonly string[] {
  const at = (...path: string[]) => textAt(record, ...path);
  const time = at('eventTime');
  if (at('responseElements', 'ConsoleLogin') === 'Success') {
    return [`${at('userIdentity', 'principalId')} ${time}`];
  }
  const key = at('responseElements', 'credentials', 'accessKeyId');
  const role = at('responseElements', 'assumedRoleUser', 'assumedRoleId');
  return [...(key === undefined ? [] : [key]), ...(role === undefined ? [] : [`${role} ${time}`])];
}

function sessionLink(record: Json): string | undefined {
  const created = textAt(record, 'userIdentity', 'sessionContext', 'attributes', 'creationDate');
  if (created === undefined) return undefined;
  return `${textAt(record, 'userIdentity', 'principalId')} ${created}`;
}

/** All that granted the session of a record: two copies where accounts differ. */
function linkGrants(records: ReadonlyMap<string, Json>): (record: Json) => readonly Json[] {
  const grants = Map.groupBy(
    [...records.values()].flatMap((record) =>
      linksOfGrant(record).map((link) => ({ link, record })),
    ),
    ({ link }) => link,
  );
  return (record) => {
    const key = textAt(record, 'userIdentity', 'accessKeyId') ?? '';
    const found = grants.get(key) ?? grants.get(sessionLink(record) ?? '') ?? [];
    return found.map((grant) => grant.record);
  };
}

/** Follows each session to what granted it, with all records at hand. */
function walkOver(records: ReadonlyMap<string, Json>): (record: Json) => Truth {
  const grantsOf = linkGrants(records);
  const copies = Map.groupBy(records.values(), ({ sharedEventID }) => sharedEventID);
  const walk = (record: Json, depth = 0): Truth => {
    const at = (...path: string[]) => textAt(record, ...path) ?? '';
    const type = at('userIdentity', 'type');
    const grants = grantsOf(record);
    const grant = grants.find((one) => textAt(one, 'userIdentity', 'type') !== 'AWSAccount');
    const next = grant ?? grants[0];
    if (next !== undefined) return walk(next, depth + 1);
    if (type === 'AWSAccount') {
      const [own] = (copies.get(record['sharedEventID']) ?? []).filter((one) => one !== record);
      return own === undefined
        ? { kind: 'account', name: at('userIdentity', 'accountId'), depth }
        : walk(own, depth);
    }
    if (type === 'Root') return { kind: 'root', name: 'root', depth };
    if (type === 'AWSService') return { ...ofService(record), depth };
    const kinds = { SAMLUser: 'person', WebIdentityUser: 'workload', IAMUser: 'user' } as const;
    if (!(type in kinds)) throw new Error(`no end: ${JSON.stringify(record)}`);
    // A key of the kinds, as just seen.
    return { kind: kinds[type as keyof typeof kinds], name: at('userIdentity', 'userName'), depth };
  };
  return (record) => walk(record);
}

function ofService(record: Json): Omit<Truth, 'depth'> {
  const service = textAt(record, 'userIdentity', 'invokedBy') ?? '';
  const name = textAt(record, 'requestParameters', 'roleSessionName') ?? '';
  const runs = ['ec2.amazonaws.com', 'lambda.amazonaws.com'].includes(service);
  return runs ? { kind: 'workload', name } : { kind: 'service', name: service };
}
