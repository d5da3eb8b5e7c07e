import { expect } from 'chai';
import { mergeIntoState } from '../../../handler/grouping/mergeIntoState.ts';
import type { StateItem } from '../../../handler/ports.ts';

const NOW = 1_700_000_000;
const merge = {
  key: 'k',
  part: 'p',
  expiresAt: NOW + 10,
  with: (found: StateItem | undefined) => ({ sum: Number(found?.['sum'] ?? 0) + 1 }),
};
const item = (v: number, sum: number, expiresAt = NOW + 1): StateItem => {
  return { key: 'k', part: 'p', v, sum, expiresAt };
};

describe('mergeIntoState', () => {
  const portsOf = (answers: (StateItem | undefined | 'written')[]) => {
    const written: [StateItem, number | undefined][] = [];
    const writeState = async (one: StateItem, over: number | undefined) => {
      written.push([one, over]);
      const answer = answers.shift();
      return answer === 'written' ? answer : { standing: answer };
    };
    return { written, ports: { writeState, now: () => NOW * 1000 } };
  };

  it('merges into what stands there when refused, until it is written', async () => {
    const { ports, written } = portsOf([item(7, 5), undefined, 'written']);
    expect(await mergeIntoState(merge, item(1, 1), ports)).to.equal(true);
    expect(written.map(([one, over]) => [one['sum'], one.v, over])).to.deep.equal([
      [2, 2, 1],
      [6, 8, 7],
      [1, 1, undefined],
    ]);
  });

  it('writes nothing where nothing changes, and says if another wrote the same', async () => {
    const same = { ...merge, with: () => ({ sum: 5 }) };
    const { ports, written } = portsOf([item(7, 5)]);
    expect(await mergeIntoState(same, item(1, 5), ports)).to.equal(false);
    expect(written).to.deep.equal([]);
    expect(await mergeIntoState(same, item(1, 4), ports)).to.equal(true);
  });

  it('takes an expired item for none, but writes over its version', async () => {
    const { ports, written } = portsOf(['written']);
    await mergeIntoState(merge, item(3, 9, NOW - 1), ports);
    expect(written).to.deep.equal([[{ ...item(4, 1), expiresAt: NOW + 10 }, 3]]);
  });

  it('gives up when others go on writing', async () => {
    const { ports } = portsOf([]);
    const failed = mergeIntoState(merge, undefined, ports);
    expect(await failed.catch((error: unknown) => String(error))).to.match(
      /k p was written by others/,
    );
  });
});
