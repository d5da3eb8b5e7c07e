import { expect } from 'chai';
import type { Grant } from '../handler/originator/grantOf.ts';
import type { Ports, SessionItem } from '../handler/ports.ts';

export type SessionPorts = Pick<Ports, 'addToSession' | 'readSessions'>;

const NOW = 1_700_000_000; // epoch seconds
const LATER = NOW + 1000;
const KEY = 'ASIAQ3EGRUVW7WPZK2MB';
const SESSION = 'AROAQ3EGRUVW7WPZK2MB:deploy@ci:42#2023-07-10T01:02:03Z';

/** A grant as a record of AssumeRole gives it. */
export function grantOf(identity: string, more: Partial<Grant> = {}): Grant {
  return {
    identity,
    eventId: `event of ${identity}`,
    action: 'sts:AssumeRole',
    time: '2023-07-10T01:02:03Z',
    caller: {
      type: 'AssumedRole',
      arn: 'arn:aws:sts::123456789012:assumed-role/Deployer/bert-jan',
      principalId: 'AROAQ3EGRUVW7WPZK2MB:bert-jan',
      accountId: '123456789012',
      accessKeyId: 'ASIAQ3EGRUVWYYYYYYYY',
      createdAt: '2023-07-10T00:00:00Z',
      isOnInstance: true,
    },
    ...more,
  };
}

/** What every store of sessions has to keep, the one in memory and the one in DynamoDB. */
export function describeSessions(
  setUp: () => Promise<{ ports: SessionPorts; setNow: (milliseconds: number) => void }>,
): void {
  const started = async () => {
    const { ports, setNow } = await setUp();
    setNow(NOW * 1000);
    return { ...ports, setNow };
  };
  const itemOf = (more: Partial<SessionItem>): SessionItem => ({
    link: KEY,
    grants: [],
    waiters: [],
    isFull: false,
    ...more,
  });
  // Two digits, so that the order of texts is that of numbers.
  const names = (count: number, from = 10) =>
    Array.from({ length: count }, (_, index) => `n${from + index}`);

  it('gives grants back as they were added, without undefined fields', async () => {
    const { addToSession, readSessions } = await started();
    const grant = grantOf('a');
    // The type allows no undefined; a table would refuse it.
    const loose = {
      ...grant,
      caller: { ...grant.caller, issuedTo: undefined },
    } as unknown as Grant;
    const all = itemOf({ grants: [grant] });
    expect(await addToSession(KEY, { grant: loose }, LATER)).to.deep.equal(all);
    expect(await readSessions([KEY])).to.deep.equal([all]);
    const bare = { identity: 'b', action: 'signin:SwitchRole', time: 't', caller: {} };
    const more = itemOf({ grants: [grant, bare] });
    const without = { ...bare, eventId: undefined } as unknown as Grant; // as above
    expect(await addToSession(KEY, { grant: without }, LATER)).to.deep.equal(more);
    expect(await readSessions([KEY])).to.deep.equal([more]);
  });

  it('keeps copies, which nobody changes from outside', async () => {
    const { addToSession, readSessions } = await started();
    const grant = structuredClone(grantOf('a'));
    const answer = addToSession(KEY, { grant }, LATER);
    Object.assign(grant.caller, { arn: 'changed' });
    for (const item of [await answer, ...(await readSessions([KEY]))]) {
      Object.assign(item.grants[0]?.caller ?? {}, { arn: 'changed' });
    }
    expect(await readSessions([KEY])).to.deep.equal([itemOf({ grants: [grantOf('a')] })]);
  });

  it('adds a grant once, however often it comes', async () => {
    const { addToSession, readSessions } = await started();
    const all = itemOf({ grants: [grantOf('a')] });
    for (const until of [LATER, NOW - 1, LATER + 1]) {
      expect(await addToSession(KEY, { grant: grantOf('a') }, until)).to.deep.equal(all);
    }
    const { eventId: _, ...unnamed } = grantOf('b');
    for (let times = 0; times < 3; times += 1) await addToSession(KEY, { grant: unnamed }, LATER);
    expect(await readSessions([KEY])).to.deep.equal([itemOf({ grants: [grantOf('a'), unnamed] })]);
  });

  it('keeps both copies of a call, and the first of those that are the same', async () => {
    const { addToSession, readSessions } = await started();
    const own = grantOf('a', { eventId: 'e1' });
    const other = grantOf('a', { eventId: 'e2', caller: { type: 'AWSAccount' } });
    await addToSession(KEY, { grant: other }, LATER);
    await addToSession(KEY, { grant: own }, LATER);
    await addToSession(KEY, { grant: { ...own, action: 'changed' } }, LATER);
    expect(await readSessions([KEY])).to.deep.equal([itemOf({ grants: [own, other] })]);
  });

  it('answers with grants and waiters, whichever came first, sorted', async () => {
    const { addToSession, readSessions } = await started();
    const [a, b] = [grantOf('a'), grantOf('b')];
    const add = [{ waiter: 'y/1' }, { grant: b }, { waiter: 'x/1' }, { grant: a }];
    const answers: SessionItem[] = [];
    for (const part of add) answers.push(await addToSession(KEY, part, LATER));
    const all = itemOf({ grants: [a, b], waiters: ['x/1', 'y/1'] });
    expect(answers).to.deep.equal([
      itemOf({ waiters: ['y/1'] }),
      itemOf({ grants: [b], waiters: ['y/1'] }),
      itemOf({ grants: [b], waiters: ['x/1', 'y/1'] }),
      all,
    ]);
    const again = { grant: b };
    expect(await addToSession(KEY, again, LATER)).to.deep.equal(all);
    expect(await readSessions([KEY])).to.deep.equal([all]);
  });

  it('shows a grant and a waiter that race at least one of them', async () => {
    const { addToSession } = await started();
    for (const link of names(10)) {
      const [waiting, granted] = await Promise.all([
        addToSession(link, { waiter: 'x/1' }, LATER),
        addToSession(link, { grant: grantOf('a') }, LATER),
      ]);
      expect(waiting.grants.length + granted.waiters.length).to.be.at.least(1);
    }
  });

  it('keeps 20 grants, and says when there were more', async () => {
    const { addToSession, readSessions } = await started();
    const grants = names(20).map((name) => grantOf(name));
    for (const grant of grants) await addToSession(KEY, { grant }, LATER);
    const [first] = grants;
    const again = { grant: first ?? grantOf('none') };
    expect(await addToSession(KEY, again, LATER)).to.deep.equal(itemOf({ grants }));
    const full = itemOf({ grants, isFull: true });
    for (const name of names(2, 30)) {
      expect(await addToSession(KEY, { grant: grantOf(name) }, LATER)).to.deep.equal(full);
    }
    expect(await addToSession(KEY, again, LATER)).to.deep.equal(full);
    expect(await readSessions([KEY])).to.deep.equal([full]);
    const waited = { ...full, waiters: ['x/1'] };
    expect(await addToSession(KEY, { waiter: 'x/1' }, LATER)).to.deep.equal(waited);
  });

  it('keeps 20 waiters, and leaves out further ones', async () => {
    const { addToSession, readSessions } = await started();
    const waiters = names(20);
    for (const waiter of waiters) await addToSession(KEY, { waiter }, LATER);
    for (const waiter of names(2, 30)) {
      expect(await addToSession(KEY, { waiter }, LATER)).to.deep.equal(itemOf({ waiters }));
    }
    expect(await readSessions([KEY])).to.deep.equal([itemOf({ waiters })]);
    const granted = itemOf({ waiters, grants: [grantOf('a')] });
    expect(await addToSession(KEY, { grant: grantOf('a') }, LATER)).to.deep.equal(granted);
  });

  it('changes nothing when the same waiter comes again', async () => {
    const { addToSession, readSessions } = await started();
    const item = itemOf({ waiters: ['x/1'] });
    for (const until of [LATER, NOW - 1, NOW - 1]) {
      expect(await addToSession(KEY, { waiter: 'x/1' }, until)).to.deep.equal(item);
    }
    expect(await readSessions([KEY])).to.deep.equal([item]);
  });

  it('leaves out links that nothing is known of', async () => {
    const { addToSession, readSessions } = await started();
    await addToSession(KEY, { waiter: 'x/1' }, LATER);
    expect(await readSessions(['nobody'])).to.deep.equal([]);
    expect(await readSessions([])).to.deep.equal([]);
    expect(await readSessions(['nobody', KEY])).to.deep.equal([itemOf({ waiters: ['x/1'] })]);
  });

  it('leaves out items that have expired but are still there', async () => {
    const { addToSession, readSessions, setNow } = await started();
    await addToSession('over', { grant: grantOf('a') }, NOW - 1);
    await addToSession('just', { grant: grantOf('a') }, NOW);
    const links = async () => (await readSessions(['over', 'just'])).map(({ link }) => link);
    expect(await links()).to.deep.equal(['just']);
    setNow(NOW * 1000 + 1);
    expect(await links()).to.deep.equal([]);
    await addToSession('over', { waiter: 'x/1' }, LATER);
    expect(await links()).to.deep.equal(['over']);
  });

  it('keeps a full item as long as the last one asked', async () => {
    const { addToSession, readSessions, setNow } = await started();
    for (const name of names(20)) {
      await addToSession('g', { grant: grantOf(name) }, NOW);
      await addToSession('w', { waiter: name }, NOW);
    }
    await addToSession('g', { grant: grantOf('more') }, LATER);
    await addToSession('w', { waiter: 'more' }, LATER);
    setNow(LATER * 1000);
    expect((await readSessions(['g', 'w'])).map(({ link }) => link)).to.deep.equal(['g', 'w']);
  });

  it('reads more than 100 links, each once, in their order', async () => {
    const { addToSession, readSessions } = await started();
    const links = names(230, 100);
    await Promise.all(links.map((link) => addToSession(link, { waiter: link }, LATER)));
    const wanted = [...links.toReversed(), ...links];
    const items = await readSessions(wanted);
    expect(items.map(({ link }) => link)).to.deep.equal(links.toReversed());
    expect(items).to.deep.include(itemOf({ link: 'n100', waiters: ['n100'] }));
  });

  it('loses nothing of many additions at once', async () => {
    const { addToSession, readSessions } = await started();
    const grants = names(15).map((name) => grantOf(name));
    const waiters = names(15);
    await Promise.all([
      ...grants.map((grant) => addToSession(KEY, { grant }, LATER)),
      ...waiters.map((waiter) => addToSession(KEY, { waiter }, LATER)),
    ]);
    expect(await readSessions([KEY])).to.deep.equal([itemOf({ grants, waiters })]);
  });

  it('keeps to its limits with many additions at once, and adds what comes often once', async () => {
    const { addToSession, readSessions } = await started();
    const many = names(30);
    await Promise.all([
      ...many.map((name) => addToSession(KEY, { grant: grantOf(name) }, LATER)),
      ...many.map((waiter) => addToSession('w', { waiter }, LATER)),
      ...many.map(() => addToSession('once', { grant: grantOf('a') }, LATER)),
    ]);
    const [full, waited, once] = await readSessions([KEY, 'w', 'once']);
    expect(full?.isFull).to.equal(true);
    const kept = full?.grants ?? [];
    expect(new Set(kept.map(({ identity }) => identity)).size).to.equal(20);
    expect(new Set(waited?.waiters).size).to.equal(20);
    expect(waited?.isFull).to.equal(false);
    expect(once).to.deep.equal(itemOf({ link: 'once', grants: [grantOf('a')] }));
  });

  it('keeps links apart, and takes any text for one', async () => {
    const { addToSession, readSessions } = await started();
    const links = [SESSION, KEY, '__proto__', 'grant#a', 'isFull'];
    for (const link of links) await addToSession(link, { waiter: `of ${link}` }, LATER);
    const [first] = await readSessions([SESSION]);
    expect(first).to.deep.equal(itemOf({ link: SESSION, waiters: [`of ${SESSION}`] }));
    const items = links.map((link) => itemOf({ link, waiters: [`of ${link}`] }));
    expect(await readSessions(links)).to.deep.equal(items);
  });
}
