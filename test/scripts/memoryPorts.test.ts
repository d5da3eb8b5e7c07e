import { expect } from 'chai';
import { memoryOf, memoryPorts } from '../../scripts/memoryPorts.ts';
import { describeClaims } from '../describeClaims.ts';
import { describeState } from '../describeState.ts';

describe('memoryPorts', () => {
  describeClaims(async () => {
    const read = async () => new Uint8Array();
    const memory = memoryOf({ watchlist: [], accountAliases: [], read, now: 0 });
    const setNow = (now: number) => {
      memory.now = now;
    };
    return { ports: memoryPorts(memory), setNow };
  });

  describeState(async () => {
    const read = async () => new Uint8Array();
    return memoryPorts(memoryOf({ watchlist: [], accountAliases: [], read, now: 0 }));
  });

  it('says which time it is, as told', () => {
    const read = async () => new Uint8Array();
    const memory = memoryOf({ watchlist: [], accountAliases: [], read, now: 5 });
    const ports = memoryPorts(memory);
    memory.now = 6;
    expect(ports.now()).to.equal(6);
  });
});
