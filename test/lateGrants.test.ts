import { expect } from 'chai';
import { compileAccountAliases } from '../handler/accountAlias.ts';
import { compileWatchlist } from '../handler/compileWatchlist.ts';
import type { Ports } from '../handler/ports.ts';
import { processLogFile } from '../handler/processLogFile.ts';
import { compileSuppressions } from '../handler/suppression.ts';
import type { Tally } from '../handler/tally.ts';
import { type Memory, memoryOf, memoryPorts } from '../scripts/memoryPorts.ts';
import { copiesOf } from '../scripts/showAlert.ts';
import { expectAlert } from './alertShape.ts';
import { ACCOUNT, BUCKET, keyOf, logFileOf, recordOf, roleRecordOf, rowOf } from './factories.ts';
import { type Fault, faultyPorts, KINDS } from './faults.ts';

const START = Date.parse('2023-07-10T12:26:00Z');
const TWELVE_MINUTES = 12 * 60 * 1000;

const ROLE = {
  assumedRoleId: 'AROATFQR7NSC2FYAGA6MT:deploy-42',
  arn: `arn:aws:sts::${ACCOUNT}:assumed-role/Admin/deploy-42`,
};
/** The call that began the session of roleRecordOf. */
const grantOf = (eventID = 'grant', userIdentity?: object) =>
  recordOf({
    eventID,
    eventTime: '2023-07-10T12:20:00Z',
    eventSource: 'sts.amazonaws.com',
    eventName: 'AssumeRole',
    responseElements: {
      credentials: {
        accessKeyId: 'ASIATFQR7NSC7V5LQ3NM',
        expiration: 'Jul 10, 2023, 1:20:00 PM',
      },
      assumedRoleUser: ROLE,
    },
    ...(userIdentity === undefined ? {} : { userIdentity }),
  });
const USE = roleRecordOf({ eventID: 'use', eventTime: '2023-07-10T12:22:00Z' });
const RULES = [rowOf(), rowOf({ id: 'counted', repeat: { by: [], minutes: 60 } })];

const fresh = (watchlist = RULES): Memory =>
  memoryOf({ watchlist, accountAliases: [], read: async () => new Uint8Array(), now: START });

async function deliver(
  memory: Memory,
  records: readonly unknown[],
  real: Ports = memoryPorts(memory),
): Promise<Tally> {
  const bytes = logFileOf(records);
  const ports = { ...real, getLogFile: async () => bytes };
  const ref = { bucket: BUCKET, key: keyOf() };
  return processLogFile(ref, ACCOUNT, ports, {
    watchlist: compileWatchlist(memory.watchlist),
    suppressions: compileSuppressions(memory.suppressions, new Map(), START / 1000).suppressions,
    aliases: compileAccountAliases([]).byAccountId,
    leaseEndsAt: memory.now / 1000 + 150,
    maxLogFileBytes: 200_000_000,
    timeZone: 'UTC',
  });
}

const alertsIn = ({ published }: Memory) =>
  published.map((message) => ({
    ...expectAlert(copiesOf(message).default),
    mail: copiesOf(message).email,
    subject: message.subject,
  }));

/** `ENTRY STATUS NAME`, with `Re` before those of follow-ups. */
const toldBy = (memory: Memory) =>
  alertsIn(memory).map(({ entry, originator, followsUp }) =>
    [followsUp === undefined ? '' : 'Re', entry.id, originator.status, originator.name ?? '']
      .join(' ')
      .trim(),
  );

const UNRESOLVED = ['trail-stopped unresolved', 'counted unresolved'];
const FOLLOWED = ['Re trail-stopped resolved bert-jan', 'Re counted resolved bert-jan'];
const RESOLVED = ['trail-stopped resolved bert-jan', 'counted resolved bert-jan'];

describe('grants that come late', () => {
  it('name the originator at once where they came before, or in the same log file', async () => {
    for (const files of [[[grantOf(), USE]], [[USE, grantOf()]], [[grantOf()], [USE]]]) {
      const memory = fresh();
      for (const records of files) await deliver(memory, records);
      expect(toldBy(memory)).to.deep.equal(RESOLVED);
    }
  });

  it('name it in one follow-up where they come after', async () => {
    const memory = fresh();
    await deliver(memory, [USE]);
    expect(toldBy(memory)).to.deep.equal(UNRESOLVED);
    await deliver(memory, [grantOf()]);
    expect(toldBy(memory)).to.have.members([...UNRESOLVED, ...FOLLOWED]);
    for (const records of [[grantOf()], [USE], [USE, grantOf()]]) await deliver(memory, records);
    expect(toldBy(memory)).to.have.length(4);
    const [first, followUp] = alertsIn(memory).filter(({ entry }) => entry.id === 'trail-stopped');
    expect(followUp).to.deep.include({ id: first?.id, thread: first?.thread });
    expect(followUp).to.deep.include({ followsUp: { why: 'originator' } });
    expect(followUp?.subject).to.equal(`Re: ${first?.subject}`);
    expect(followUp?.mail).to.match(/^Now it is known who was behind an alert that you have\.\n/);
    expect(followUp?.mail).to.match(/\nWho      IAM user bert-jan, as role Admin\/deploy-42, /);
    expect(followUp?.originator.chain).to.deep.equal([
      {
        eventId: 'grant',
        action: 'sts:AssumeRole',
        time: '2023-07-10T12:20:00Z',
        arn: `arn:aws:iam::${ACCOUNT}:user/bert-jan`,
        accountId: ACCOUNT,
      },
    ]);
    expect(followUp?.record).to.include({ omitted: true });
  });

  it('of the next session in a chain are awaited as well', async () => {
    const memory = fresh([rowOf()]);
    const session = roleRecordOf().userIdentity as object;
    const before = {
      ...session,
      accessKeyId: 'ASIATFQR7NSCAAAAAAAA',
      principalId: 'AROATFQR7NSCBBBBBBBBB:first',
    };
    const second = grantOf('second', before);
    const first = {
      ...grantOf('first'),
      responseElements: { credentials: { accessKeyId: 'ASIATFQR7NSCAAAAAAAA' } },
    };
    for (const record of [USE, second, first]) await deliver(memory, [record]);
    expect(toldBy(memory)).to.deep.equal([
      'trail-stopped unresolved',
      'Re trail-stopped resolved bert-jan',
    ]);
    expect(
      alertsIn(memory)
        .at(-1)
        ?.originator.chain?.map(({ eventId }) => eventId),
    ).to.deep.equal(['first', 'second']);
  });

  it('that contradict each other name nobody', async () => {
    const memory = fresh([rowOf()]);
    const other = { type: 'IAMUser', userName: 'eve', arn: `arn:aws:iam::${ACCOUNT}:user/eve` };
    await deliver(memory, [grantOf(), grantOf('other', other), USE]);
    expect(toldBy(memory)).to.deep.equal(['trail-stopped unresolved']);
    expect(alertsIn(memory)[0]?.originator.reason).to.include('several grants');
  });

  it('are told once whichever call goes wrong, and whatever comes again', async () => {
    const files = [[USE], [grantOf()]];
    const probe = fresh();
    const calls: string[] = [];
    for (const records of files) {
      const run = faultyPorts(memoryPorts(probe));
      await deliver(probe, records, run.ports);
      calls.push(...run.calls);
    }
    expect(new Set(calls)).to.include.members(['addToSession', 'readSessions', 'writeState']);
    for (const [place, name] of calls.entries()) {
      for (const kind of KINDS) {
        const memory = fresh();
        await deliverUnder(memory, files, { call: place, kind });
        const what = `call ${place}: ${name} ${kind}`;
        const told = toldBy(memory);
        // A second copy only where a publish may have had its effect unseen.
        const isUnseen = /^(publish (throws|is abandoned) after|confirm is abandoned before)/.test(
          `${name} ${kind}`,
        );
        if (!isUnseen) expect(told.length, what).to.equal(new Set(told).size);
        for (const id of ['trail-stopped', 'counted']) {
          const of = told.filter((one) => one.includes(id));
          expect(of.at(-1), what).to.include('resolved bert-jan');
          expect(
            of.some((one) => one.startsWith(id)),
            what,
          ).to.equal(true);
        }
      }
    }
  });

  it('are told once when use and grant race', async () => {
    for (let round = 0; round < 20; round += 1) {
      const memory = fresh();
      const runs = [[USE], [grantOf()], [USE], [grantOf()]].map((records) =>
        deliver(memory, records),
      );
      await Promise.all(runs);
      memory.now += TWELVE_MINUTES;
      for (const records of [[USE], [grantOf()]]) await deliver(memory, records);
      const told = toldBy(memory);
      expect(new Set(told).size).to.equal(told.length);
      for (const id of ['trail-stopped', 'counted']) {
        expect(told.filter((one) => one.includes(id)).at(-1)).to.include('resolved bert-jan');
      }
    }
  });

  it('let exceptions on the originator pass over what is known, and explain what was not', async () => {
    const byBertJan = { trailwatch: { originator: { kind: ['user'], name: ['bert-jan'] } } };
    const byEve = { trailwatch: { originator: { name: ['eve'] } } };
    const excusing = (pattern: Record<string, unknown>) => fresh([rowOf({ unless: [pattern] })]);
    const suppressing = (pattern: object) => ({
      ...fresh([rowOf()]),
      suppressions: [
        { id: 'known', reason: 'r', owner: 'o', expiresAt: START / 1000 + 3600, pattern },
      ],
    });
    for (const [make, reason] of [
      [excusing, 'an exception of the entry'],
      [suppressing, 'the suppression known'],
    ] as const) {
      const known = make(byBertJan);
      await deliver(known, [grantOf(), USE]);
      expect(toldBy(known)).to.deep.equal([]);
      const other = make(byEve);
      await deliver(other, [grantOf(), USE]);
      expect(toldBy(other)).to.deep.equal(['trail-stopped resolved bert-jan']);
      const late = make(byBertJan);
      for (const records of [[USE], [grantOf()]]) await deliver(late, records);
      expect(toldBy(late)).to.deep.equal([
        'trail-stopped unresolved',
        'Re trail-stopped resolved bert-jan',
      ]);
      const [first, followUp] = alertsIn(late);
      expect([first?.entry.severity, followUp?.entry.severity]).to.deep.equal(['critical', 'info']);
      expect(followUp?.followsUp).to.deep.equal({ why: 'originator', explainedBy: reason });
      expect(followUp?.mail).to.include(
        `: ${reason} would have kept it quiet. No action is needed.`,
      );
      // Whoever was woken hears the all-clear.
      expect(late.published.map(({ attributes }) => attributes['severity'])).to.deep.equal([
        'critical',
        'critical',
      ]);
    }
  });

  it('cannot explain away what cannot be suppressed', async () => {
    const pattern = { trailwatch: { originator: { name: ['bert-jan'] } } };
    const memory = {
      ...fresh([rowOf({ self: true })]),
      suppressions: [
        { id: 'known', reason: 'r', owner: 'o', expiresAt: START / 1000 + 3600, pattern },
      ],
    };
    for (const records of [[USE], [grantOf()]]) await deliver(memory, records);
    expect(alertsIn(memory).at(-1)?.followsUp).to.deep.equal({ why: 'originator' });
  });

  it('name a caller of another account by the copy of the call that its own account has', async () => {
    const sharedEventID = '5f3c2a10-1111-4222-8333-944445555666';
    const masked = recordOf({
      eventID: 'owner',
      sharedEventID,
      userIdentity: {
        type: 'AWSAccount',
        principalId: 'AIDATFQR7NSC5AU2ZV3IE',
        accountId: '444455556666',
      },
    });
    const full = recordOf({
      eventID: 'caller',
      eventName: 'Unwatched',
      sharedEventID,
      recipientAccountId: '444455556666',
      userIdentity: { type: 'IAMUser', userName: 'carol', accountId: '444455556666' },
    });
    const memory = fresh([rowOf()]);
    for (const records of [[full], [masked]]) await deliver(memory, records);
    expect(toldBy(memory)).to.deep.equal(['trail-stopped resolved carol']);
    const alone = fresh([rowOf()]);
    await deliver(alone, [masked]);
    expect(toldBy(alone)).to.deep.equal(['trail-stopped direct 444455556666']);
  });

  it('leave word for twenty alerts of a session at most', async () => {
    const memory = fresh([rowOf()]);
    const uses = Array.from({ length: 30 }, (_, index) =>
      roleRecordOf({ eventID: `use-${index}`, eventTime: '2023-07-10T12:22:00Z' }),
    );
    const tally = await deliver(memory, uses);
    expect(tally).to.include({ alertsSent: 30, originatorsLeftOut: 10, logFilesFailed: 0 });
    await deliver(memory, [grantOf()]);
    const told = toldBy(memory);
    expect(told.filter((one) => one.startsWith('Re'))).to.have.length(20);
    expect(told).to.have.length(50);
  });

  it('of a masked caller leave out whom no link has room for', async () => {
    const memory = fresh([rowOf()]);
    const masked = {
      ...grantOf('masked', { type: 'AWSAccount', accountId: '444455556666' }),
      sharedEventID: '5f3c2a10-1111-4222-8333-944445555666',
    };
    const uses = Array.from({ length: 30 }, (_, index) =>
      roleRecordOf({ eventID: `use-${index}`, eventTime: '2023-07-10T12:22:00Z' }),
    );
    await deliver(memory, [masked]);
    expect(await deliver(memory, uses)).to.include({ alertsSent: 30, originatorsLeftOut: 10 });
  });

  it('lead to a session for which twenty alerts wait already: the next one is left out', async () => {
    const memory = fresh([rowOf()]);
    const behind = roleRecordOf().userIdentity as object;
    const uses = Array.from({ length: 20 }, (_, index) =>
      roleRecordOf({ eventID: `use-${index}`, eventTime: '2023-07-10T12:22:00Z' }),
    );
    const identity = {
      ...behind,
      accessKeyId: 'ASIATFQR7NSCAAAAAAAA',
      principalId: 'AROATFQR7NSCBBBBBBBBB:next',
    };
    const next = roleRecordOf({ eventID: 'next', userIdentity: identity });
    await deliver(memory, [...uses, next]);
    const grant = {
      ...grantOf('second', behind),
      responseElements: { credentials: { accessKeyId: 'ASIATFQR7NSCAAAAAAAA' } },
    };
    expect(await deliver(memory, [grant])).to.include({ followUps: 0, originatorsLeftOut: 1 });
  });

  it('are told of a count whose alert goes out just when they come', async () => {
    for (const isRefused of [false, true]) {
      const memory = fresh([rowOf({ repeat: { by: [], minutes: 60 } })]);
      const real = memoryPorts(memory);
      let published = 0;
      const publish: Ports['publish'] = async (messages) => {
        published += 1;
        if (published > 1 && isRefused) throw new Error('SNS is away');
        await real.publish(messages);
        // The other log file is read before this run can say that it has told its alert.
        if (published === 1) await deliver(memory, [grantOf()]);
        return [];
      };
      const tally = await deliver(memory, [USE], { ...real, publish });
      const rest = isRefused ? { groupsFailed: 1, followUps: 0 } : { followUps: 1 };
      expect(tally).to.include({ groupsOpened: 1, logFilesFailed: isRefused ? 1 : 0, ...rest });
      await deliver(memory, [USE]);
      expect(toldBy(memory)).to.deep.equal([
        'trail-stopped unresolved',
        'Re trail-stopped resolved bert-jan',
      ]);
    }
  });

  it('are told once where another run tells them between a look and a claim', async () => {
    const memory = fresh([rowOf()]);
    await deliver(memory, [USE]);
    const real = memoryPorts(memory);
    const claim: Ports['claim'] = async (wanted, lease) => {
      if (memory.published.length === 1) await deliver(memory, [grantOf()]);
      return real.claim(wanted, lease);
    };
    const tally = await deliver(memory, [grantOf()], { ...real, claim });
    expect(tally).to.include({ followUps: 0, groupsFailed: 0, logFilesFailed: 0 });
    expect(memory.published).to.have.length(2);
  });

  it('name nobody by a session of the same name and second, and silence nothing', async () => {
    const eve = { type: 'IAMUser', userName: 'eve', arn: `arn:aws:iam::${ACCOUNT}:user/eve` };
    const other = {
      ...grantOf('other', eve),
      responseElements: {
        credentials: { accessKeyId: 'ASIATFQR7NSCEVESKEY0' },
        assumedRoleUser: ROLE,
      },
    };
    const byEve = { trailwatch: { originator: { name: ['eve'] } } };
    for (const row of [rowOf(), rowOf({ unless: [byEve] })]) {
      const memory = fresh([row]);
      for (const records of [[other], [USE], [grantOf()]]) await deliver(memory, records);
      expect(toldBy(memory)).to.deep.equal([
        'trail-stopped unresolved',
        'Re trail-stopped resolved bert-jan',
      ]);
    }
  });

  it('of what a count shows later do not name who was behind its first record', async () => {
    const memory = fresh([rowOf({ repeat: { by: [], minutes: 60 } })]);
    const direct = recordOf({ eventID: 'first', eventTime: '2023-07-10T12:21:00Z' });
    await deliver(memory, [direct]);
    const uses = Array.from({ length: 12 }, (_, index) =>
      roleRecordOf({ eventID: `use-${index}`, eventTime: '2023-07-10T12:22:00Z' }),
    );
    await deliver(memory, uses);
    const eve = { type: 'IAMUser', userName: 'eve', arn: `arn:aws:iam::${ACCOUNT}:user/eve` };
    await deliver(memory, [grantOf('grant', eve)]);
    expect(toldBy(memory)).to.deep.equal([
      'trail-stopped direct bert-jan',
      'Re trail-stopped unresolved',
    ]);
  });

  it('are not waited for by whom failed to sign in', async () => {
    const memory = fresh([
      rowOf({ eventName: 'ConsoleLogin', eventSource: 'signin.amazonaws.com' }),
    ]);
    const signIn = { eventSource: 'signin.amazonaws.com', eventName: 'ConsoleLogin' };
    const failed = { responseElements: { ConsoleLogin: 'Failure' } };
    await deliver(memory, [recordOf({ ...signIn, ...failed })]);
    expect(toldBy(memory)).to.deep.equal(['trail-stopped unresolved']);
    expect(memory.sessions.size).to.equal(0);
  });

  it('are told under a subject of their own where that of the alert is not known', async () => {
    const memory = fresh([rowOf()]);
    await deliver(memory, [USE]);
    for (const parts of memory.state.values()) {
      const item = parts.get('alert');
      if (item === undefined) continue;
      const { subject: _, ...rest } = item;
      parts.set('alert', { ...rest, key: item.key, part: 'alert' });
    }
    await deliver(memory, [grantOf()]);
    expect(alertsIn(memory).at(-1)?.subject).to.match(/^Re: .* - bert-jan$/);
  });

  it('are counted where 10,000 alerts wait for one, and cost no more than twenty', async () => {
    const memory = fresh([rowOf({ severity: 'info' })]);
    const uses = Array.from({ length: 10_000 }, (_, index) =>
      roleRecordOf({ eventID: `use-${index}`, eventTime: '2023-07-10T12:22:00Z' }),
    );
    const tally = await deliver(memory, uses);
    expect(tally).to.include({ alertsSent: 10_000, originatorsLeftOut: 9980 });
    const items = [...memory.sessions.values()];
    expect(items.map(({ waiters }) => waiters.length)).to.deep.equal([20, 20]);
    expect(await deliver(memory, [grantOf()])).to.include({ followUps: 20, logFilesFailed: 0 });
    expect(memory.published).to.have.length(10_020);
  }).timeout(60_000);

  it('are written up to a bound where a log file has 100,000 of them', async () => {
    const memory = fresh([rowOf()]);
    const grants = Array.from({ length: 100_000 }, (_, index) => ({
      ...grantOf(`grant-${index}`),
      responseElements: {
        credentials: { accessKeyId: `ASIA${String(index).padStart(16, 'QZ')}` },
      },
    }));
    const tally = await deliver(memory, [...grants, USE]);
    expect(tally).to.include({ sessionsRemembered: 5000, sessionsLeftOut: 95_000, alertsSent: 1 });
    expect(memory.sessions.size).to.equal(5000 + 2); // the alert waits under two links
    expect(toldBy(memory)).to.deep.equal(['trail-stopped unresolved']);
  }).timeout(60_000);
});

/** Delivers each log file until it does not fail; the fault counts over all of their first runs. */
async function deliverUnder(
  memory: Memory,
  files: readonly (readonly unknown[])[],
  fault: Fault,
): Promise<void> {
  let before = 0;
  for (const records of files) {
    const run = faultyPorts(memoryPorts(memory), { ...fault, call: fault.call - before });
    const first = await Promise.race([deliver(memory, records, run.ports), run.abandoned]);
    before += run.calls.length;
    let failed = first === 'abandoned' || first.logFilesFailed > 0;
    for (let receive = 2; failed && receive <= 5; receive += 1) {
      memory.now += TWELVE_MINUTES;
      failed = (await deliver(memory, records)).logFilesFailed > 0;
    }
    expect(failed).to.equal(false);
  }
}
