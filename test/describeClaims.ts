import { expect } from 'chai';
import type { Ports } from '../handler/ports.ts';

type Claims = Pick<Ports, 'claim' | 'confirm' | 'release'>;

/** What every store of claims has to keep, the one in memory and the one in DynamoDB. */
export function describeClaims(
  setUp: () => Promise<{ ports: Claims; setNow: (milliseconds: number) => void }>,
): void {
  const NOW = 1_700_000_000; // epoch seconds
  const mine = { owner: 'mine', endsAt: NOW + 100 };
  const theirs = { owner: 'theirs', endsAt: NOW + 100 };
  const ID = { id: 'event/entry', part: 'alert' };
  const OTHERS = [
    { id: 'other/entry', part: 'alert' },
    { id: 'event/entry', part: 'count#10' },
  ];

  const started = async () => {
    const { ports, setNow } = await setUp();
    setNow(NOW * 1000);
    return { ...ports, setNow };
  };
  const fails = (promise: Promise<unknown>) =>
    promise.then(
      () => false,
      () => true,
    );

  it('grants a claim to one, and to the same again', async () => {
    const { claim } = await started();
    expect(await claim(ID, mine)).to.equal('claimed');
    expect(await claim(ID, theirs)).to.equal('held by another');
    expect(await claim(ID, mine)).to.equal('claimed');
    for (const other of OTHERS) expect(await claim(other, theirs)).to.equal('claimed');
  });

  it('grants it to one of many who race', async () => {
    const { claim } = await started();
    const owners = ['a', 'b', 'c', 'd', 'e'];
    const claims = await Promise.all(owners.map((owner) => claim(ID, { ...mine, owner })));
    expect(claims.filter((result) => result === 'claimed')).to.have.length(1);
  });

  it('grants it to another when the lease has ended', async () => {
    const { claim, confirm, setNow } = await started();
    await claim(ID, mine);
    setNow((NOW + 101) * 1000);
    expect(await claim(ID, theirs)).to.equal('claimed');
    expect(await fails(confirm(ID, 'mine'))).to.equal(true);
    await confirm(ID, 'theirs');
  });

  it('grants one that has expired, though it was confirmed and is still there', async () => {
    const { claim, confirm, setNow } = await started();
    await claim(ID, mine);
    await confirm(ID, 'mine');
    setNow((NOW + 45 * 86_400) * 1000);
    expect(await claim(ID, theirs)).to.equal('sent before');
    setNow((NOW + 45 * 86_400 + 1) * 1000);
    expect(await claim(ID, theirs)).to.equal('claimed');
  });

  it('never grants a confirmed one again, to nobody, after any lease', async () => {
    const { claim, confirm, setNow } = await started();
    await claim(ID, mine);
    await confirm(ID, 'mine');
    await confirm(ID, 'mine'); // a reply that was lost
    expect(await claim(ID, mine)).to.equal('sent before');
    setNow((NOW + 1000) * 1000);
    expect(await claim(ID, theirs)).to.equal('sent before');
  });

  it('is free again when released by its owner, and by nobody else', async () => {
    const { claim, release } = await started();
    await claim(ID, mine);
    await release(ID, 'theirs');
    expect(await claim(ID, theirs)).to.equal('held by another');
    await release(ID, 'mine');
    await release(ID, 'mine');
    expect(await claim(ID, theirs)).to.equal('claimed');
  });

  it('stays when its owner releases what was confirmed', async () => {
    const { claim, confirm, release } = await started();
    await claim(ID, mine);
    await confirm(ID, 'mine');
    await release(ID, 'mine');
    expect(await claim(ID, theirs)).to.equal('sent before');
  });

  it('is confirmed at once where nothing is published, and as free as any other before', async () => {
    const { claim, setNow } = await started();
    const silent = { ...ID, silent: true };
    await claim(ID, theirs);
    expect(await claim(silent, mine)).to.equal('held by another');
    setNow((NOW + 101) * 1000);
    expect(await claim(silent, mine)).to.equal('claimed');
    expect(await claim(silent, mine)).to.equal('sent before');
    expect(await claim(ID, theirs)).to.equal('sent before');
  });

  it('cannot be confirmed by one who does not hold it', async () => {
    const { claim, confirm } = await started();
    expect(await fails(confirm(ID, 'mine'))).to.equal(true);
    await claim(ID, theirs);
    expect(await fails(confirm(ID, 'mine'))).to.equal(true);
  });
}
