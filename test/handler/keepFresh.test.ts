import { expect } from 'chai';
import { keepFresh } from '../../handler/keepFresh.ts';

const MAX_AGE = 1000;

/** A source that can fail, under a clock that is moved by hand. */
function setUp() {
  const source = { loads: 0, failure: undefined as Error | undefined, now: 50_000 };
  const fresh = keepFresh(
    async () => {
      source.loads += 1;
      if (source.failure !== undefined) throw source.failure;
      return `load ${source.loads}`;
    },
    MAX_AGE,
    () => source.now,
  );
  return { source, fresh };
}

const failed = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('keepFresh', () => {
  it('loads at the first call, not before, and keeps the value while it is young', async () => {
    const { source, fresh } = setUp();
    expect(source.loads).to.equal(0);
    expect(await fresh()).to.deep.equal({ value: 'load 1' });
    source.now += MAX_AGE;
    expect(await fresh()).to.deep.equal({ value: 'load 1' });
    expect(source.loads).to.equal(1);
  });

  it('loads again what is older, and counts its age from then on', async () => {
    const { source, fresh } = setUp();
    await fresh();
    source.now += MAX_AGE + 1;
    expect(await fresh()).to.deep.equal({ value: 'load 2' });
    source.now += MAX_AGE;
    expect(await fresh()).to.deep.equal({ value: 'load 2' });
    source.now += 1;
    expect(await fresh()).to.deep.equal({ value: 'load 3' });
  });

  it('keeps the last good value when loading again fails, says why, and tries at each call', async () => {
    const { source, fresh } = setUp();
    await fresh();
    source.now += MAX_AGE + 1;
    const failure = (source.failure = new Error('throttled'));
    expect(await fresh()).to.deep.equal({ value: 'load 1', failure });
    expect(await fresh()).to.deep.equal({ value: 'load 1', failure });
    expect(source.loads).to.equal(3);
    source.failure = undefined;
    expect(await fresh()).to.deep.equal({ value: 'load 4' });
    expect(await fresh()).to.deep.equal({ value: 'load 4' });
  });

  it('throws when there has never been a value, and tries again at the next call', async () => {
    const { source, fresh } = setUp();
    source.failure = new Error('denied');
    expect(await failed(fresh())).to.equal(source.failure);
    source.failure = undefined;
    expect(await fresh()).to.deep.equal({ value: 'load 2' });
  });

  it('keeps a value that is undefined like any other', async () => {
    let loads = 0;
    const fresh = keepFresh(
      async () => void (loads += 1),
      MAX_AGE,
      () => 0,
    );
    await fresh();
    await fresh();
    expect(loads).to.equal(1);
  });
});
