import { isDeepStrictEqual } from 'node:util';
import { expect } from 'chai';
import type { Ports, StateItem } from '../handler/ports.ts';

type StatePorts = Pick<Ports, 'readState' | 'writeState' | 'claim' | 'confirm'>;

/** What every store of State has to keep, the one in memory and the one in DynamoDB. */
export function describeState(setUp: () => Promise<StatePorts>): void {
  const itemOf = (part: string, v: number, more: object = {}): StateItem => ({
    key: 'group#a',
    part,
    v,
    expiresAt: 1_700_000_000,
    ...more,
  });
  const ALL = { key: 'group#a', from: '0', to: '~' };

  it('gives back what was written, binaries and nested values too', async () => {
    const { readState, writeState } = await setUp();
    const item = itemOf('p', 1, {
      seen: Uint8Array.of(0, 1, 255),
      first: 1_689_000_000,
      examples: [{ time: 't', action: 'a:B' }],
    });
    expect(await writeState(item, undefined)).to.equal('written');
    expect(await readState(ALL)).to.deep.equal([item]);
    // Merging compares so, which tells a Buffer from a Uint8Array.
    expect(isDeepStrictEqual(await readState(ALL), [item])).to.equal(true);
    const refused = await writeState(item, undefined);
    expect(isDeepStrictEqual(refused, { standing: item })).to.equal(true);
  });

  it('keeps copies, which nobody changes from outside', async () => {
    const { readState, writeState } = await setUp();
    const seen = Uint8Array.of(1);
    await writeState(itemOf('p', 1, { seen }), undefined);
    seen[0] = 2;
    for (const read of await readState(ALL)) (read['seen'] as Uint8Array).fill(3); // as written
    expect(await readState(ALL)).to.deep.equal([itemOf('p', 1, { seen: Uint8Array.of(1) })]);
  });

  it('shows items whose time is over, and writes over them by version only', async () => {
    const { readState, writeState } = await setUp();
    const over = { ...itemOf('p', 1), expiresAt: 1 };
    await writeState(over, undefined);
    expect(await readState(ALL)).to.deep.equal([over]);
    expect(await writeState(itemOf('p', 1), undefined)).to.deep.equal({ standing: over });
    expect(await writeState(itemOf('p', 2), 1)).to.equal('written');
  });

  it('writes over the version that was read, and over no other', async () => {
    const { readState, writeState } = await setUp();
    await writeState(itemOf('p', 1), undefined);
    expect(await writeState(itemOf('p', 2), 1)).to.equal('written');
    expect(await writeState(itemOf('p', 2, { other: true }), 1)).to.deep.equal({
      standing: itemOf('p', 2),
    });
    for (const over of [undefined, 3]) {
      const answer = await writeState(itemOf('p', 4), over);
      expect(answer).to.deep.equal({ standing: itemOf('p', 2) });
    }
    expect(await writeState(itemOf('new', 4), 3)).to.deep.equal({ standing: undefined });
    expect(await readState(ALL)).to.deep.equal([itemOf('p', 2)]);
  });

  it('lets one of many who race write each version', async () => {
    const { writeState } = await setUp();
    for (const over of [undefined, 1, 2]) {
      const items = Array.from({ length: 10 }, (_, writer) =>
        itemOf('p', (over ?? 0) + 1, { writer }),
      );
      const answers = await Promise.all(items.map((item) => writeState(item, over)));
      const winners = items.filter((_, index) => answers[index] === 'written');
      expect(winners).to.have.length(1);
      for (const answer of answers) {
        if (answer !== 'written') expect(answer).to.deep.equal({ standing: winners[0] });
      }
    }
  });

  it('reads ranges, ends included, sorted; or only the newest of them', async () => {
    const { readState, writeState } = await setUp();
    for (const part of ['c', 'a', 'd', 'b']) await writeState(itemOf(part, 1), undefined);
    await writeState({ ...itemOf('b', 1), key: 'group#b' }, undefined);
    const parts = async (range: object) =>
      (await readState({ ...ALL, ...range })).map(({ part }) => part);
    expect(await parts({})).to.deep.equal(['a', 'b', 'c', 'd']);
    expect(await parts({ from: 'b', to: 'c' })).to.deep.equal(['b', 'c']);
    expect(await parts({ to: 'c', newest: 2 })).to.deep.equal(['b', 'c']);
    expect(await parts({ newest: 9 })).to.deep.equal(['a', 'b', 'c', 'd']);
    expect(await parts({ key: 'nobody' })).to.deep.equal([]);
    expect(await parts({ from: 'c', to: 'b' })).to.deep.equal([]);
  });

  it('shows claims as they stand', async () => {
    const { readState, claim, confirm } = await setUp();
    const first = { id: 'e/x', part: 'alert', told: 3, subject: 'HIGH x' };
    await claim(first, { owner: 'me', endsAt: 1 });
    await confirm(first, 'me');
    await claim({ id: 'e/x', part: 'count#10' }, { owner: 'me', endsAt: 1 });
    const claims = await readState({ key: 'alert#e/x', from: 'alert', to: 'count#~' });
    const shown = claims.map(({ part, state, told, subject }) => [part, state, told, subject]);
    expect(shown).to.deep.equal([
      ['alert', 'confirmed', 3, 'HIGH x'],
      ['count#10', 'claimed', undefined, undefined],
    ]);
  });

  it('shows nothing of an earlier claim beside a later one', async () => {
    const { readState, claim } = await setUp();
    const id = { id: 'e/x', part: 'alert' };
    await claim({ ...id, told: 3, subject: 'HIGH x' }, { owner: 'me', endsAt: 1 });
    await claim(id, { owner: 'me', endsAt: 1 });
    const [item] = await readState({ key: 'alert#e/x', from: 'alert', to: 'alert' });
    expect(item).to.not.have.any.keys('told', 'subject');
  });
}
