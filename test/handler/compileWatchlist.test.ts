import { expect } from 'chai';
import { compileWatchlist, type Watchlist } from '../../handler/compileWatchlist.ts';
import { rowOf } from '../factories.ts';

const idsOf = ({ byEventName }: Watchlist, eventName: string) =>
  byEventName.get(eventName)?.map(({ entry }) => entry.id);

describe('compileWatchlist', () => {
  it('finds rows by event name, sorted by id whatever their order', () => {
    const rows = ['c', 'a', 'b'].map((id) => rowOf({ id }));
    const other = rowOf({ id: 'b', eventName: 'DeleteTrail' });
    const watchlist = compileWatchlist([...rows, other]);
    expect(idsOf(watchlist, 'StopLogging')).to.deep.equal(['a', 'b', 'c']);
    expect(idsOf(watchlist, 'DeleteTrail')).to.deep.equal(['b']);
    expect(idsOf(watchlist, 'stoplogging')).to.equal(undefined);
    expect(watchlist.size).to.equal(4);
    expect(watchlist.refused).to.deep.equal([]);
  });

  it('keeps the row itself, and its event sources as a set; none means any', () => {
    const { eventSource: _, ...anySource } = rowOf({ id: 'c' });
    const rows = [
      rowOf({ id: 'a', eventSource: 'iam.amazonaws.com' }),
      rowOf({ id: 'b', eventSource: ['iam.amazonaws.com', 'sts.amazonaws.com'] }),
      anySource,
    ];
    expect(compileWatchlist(rows).byEventName.get('StopLogging')).to.deep.equal([
      { entry: rows[0], eventSources: new Set(['iam.amazonaws.com']) },
      { entry: rows[1], eventSources: new Set(['iam.amazonaws.com', 'sts.amazonaws.com']) },
      { entry: rows[2], eventSources: undefined },
    ]);
  });

  it('is empty without rows', () => {
    expect(compileWatchlist([])).to.deep.equal({ byEventName: new Map(), size: 0, refused: [] });
  });

  it('leaves out a malformed row, names it, and keeps the others', () => {
    const rows = [
      rowOf({ id: 'a' }),
      { ...rowOf({ id: 'quiet' }), pattern: {} },
      { ...rowOf({ id: 'loud' }), severity: 'loud', colour: 'red' },
      null,
      { eventName: '$list', id: 'own-networks', conditions: [] },
      rowOf({ id: 'z' }),
    ];
    const watchlist = compileWatchlist(rows);
    expect(idsOf(watchlist, 'StopLogging')).to.deep.equal(['a', 'z']);
    expect([...watchlist.byEventName.keys()]).to.deep.equal(['StopLogging']);
    expect(watchlist.size).to.equal(2);
    expect(watchlist.refused).to.have.length(4);
    expect(watchlist.refused[0]).to.match(/^quiet: pattern: not supported/);
    expect(watchlist.refused[1]).to.match(/^loud: severity: .*; colour: unknown field$/);
    expect(watchlist.refused[2]).to.match(/^a row without id: /);
    expect(watchlist.refused[3]).to.match(/^own-networks: /);
  });

  it('names a malformed row on one safe line', () => {
    const [line] = compileWatchlist([{ id: `\u001b[31m\n${'x'.repeat(500)}` }]).refused;
    expect(line).to.match(/^\\u\{1b\}\[31m\\u\{a\}x+…: /);
    expect(line?.indexOf('…')).to.equal(79);
  });
});
