import { setImmediate } from 'node:timers/promises';
import { expect } from 'chai';
import { memorySessions, type Sessions } from '../../scripts/memorySessions.ts';
import { describeSessions } from '../describeSessions.ts';

describe('memorySessions', () => {
  describeSessions(async () => {
    let now = 0;
    const setNow = (milliseconds: number) => {
      now = milliseconds;
    };
    return { ports: memorySessions(new Map(), () => now, setImmediate), setNow };
  });

  it('keeps what it is told in the map that it is given, and how long', async () => {
    const sessions: Sessions = new Map();
    const { addToSession } = memorySessions(sessions, () => 0, setImmediate);
    await addToSession('ASIA', { waiter: 'x/1' }, 7);
    const item = { link: 'ASIA', grants: [], waiters: ['x/1'], isFull: false, expiresAt: 7 };
    expect([...sessions]).to.deep.equal([['ASIA', item]]);
  });

  it('lets others run before a call takes effect', async () => {
    const sessions: Sessions = new Map();
    const { promise, resolve } = Promise.withResolvers<void>();
    const { addToSession } = memorySessions(
      sessions,
      () => 0,
      () => promise,
    );
    const added = addToSession('ASIA', { waiter: 'x/1' }, 7);
    await setImmediate();
    expect(sessions.size).to.equal(0);
    resolve();
    await added;
    expect(sessions.size).to.equal(1);
  });
});
