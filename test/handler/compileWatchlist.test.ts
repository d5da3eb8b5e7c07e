import { expect } from 'chai';
import type { CompiledEntry } from '../../handler/compileEntry.ts';
import { compileWatchlist, type Watchlist } from '../../handler/compileWatchlist.ts';
import { entriesIn } from '../../handler/sourceIndex.ts';
import { rowOf } from '../factories.ts';

const idsOf = ({ byEventName }: Watchlist, eventName: string) =>
  [byEventName.get(eventName) ?? []].flat().flatMap(entriesIn).map(idOf);

const idOf = ({ entry }: CompiledEntry) => entry.id;
const withoutSource = ({ eventSource: _source, ...row }: Record<string, unknown>) => row;

describe('compileWatchlist', () => {
  it('finds rows by event name and source', () => {
    const rows = ['c', 'a', 'b'].map((id) => rowOf({ id }));
    const other = rowOf({ id: 'b', eventName: 'DeleteTrail' });
    const watchlist = compileWatchlist([...rows, other]);
    expect(idsOf(watchlist, 'StopLogging')).to.have.members(['a', 'b', 'c']);
    expect(idsOf(watchlist, 'DeleteTrail')).to.deep.equal(['b']);
    expect(idsOf(watchlist, 'stoplogging')).to.deep.equal([]);
    expect(watchlist.size).to.equal(4);
    expect(watchlist.refused).to.deep.equal([]);
  });

  it('keeps the row itself', () => {
    const index = compileWatchlist([rowOf()]).byEventName.get('StopLogging');
    const [compiled] = index === undefined ? [] : entriesIn(index);
    expect(compiled?.entry).to.deep.equal(rowOf());
  });

  it('finds entries of any name by the rarest text that a record needs for them', () => {
    const any = (id: string, pattern: object) => ({ ...rowOf({ id, eventName: '*' }), pattern });
    const rows = [
      any('by-error', {
        awsRegion: ['x'],
        errorCode: ['AccessDenied', 'X'],
        userIdentity: { type: ['Root'] },
      }),
      any('by-error-too', { errorCode: ['X'] }),
      any('by-name', { eventName: ['StopLogging', 'DeleteTrail'] }),
      any('by-source', { userIdentity: { type: ['Root'] } }),
      withoutSource(any('by-type', { userIdentity: { type: ['Root'] } })),
      withoutSource(any('by-nothing', { readOnly: [false] })),
    ];
    const { ofAnyName, byEventName } = compileWatchlist(rows);
    const found = ofAnyName.byLiteral.map(({ path, byValue }) => [
      path.join('.'),
      Object.fromEntries([...byValue].map(([value, those]) => [value, entriesIn(those).map(idOf)])),
    ]);
    expect(Object.fromEntries(found)).to.deep.equal({
      errorCode: { AccessDenied: ['by-error'], X: ['by-error', 'by-error-too'] },
      eventSource: { 'cloudtrail.amazonaws.com': ['by-source'] },
      'userIdentity.type': { Root: ['by-type'] },
    });
    expect(ofAnyName.others.map(idOf)).to.deep.equal(['by-nothing']);
    const byName = [...byEventName].map(([name, those]) => [name, entriesIn(those).map(idOf)]);
    expect(Object.fromEntries(byName)).to.deep.equal({
      DeleteTrail: ['by-name'],
      StopLogging: ['by-name'],
    });
  });

  it('does not compile an entry that is off', () => {
    const pattern = { sourceIPAddress: [{ list: 'gone' }] };
    const watchlist = compileWatchlist([rowOf({ mode: 'off', pattern })]);
    expect(watchlist.byEventName.size).to.equal(0);
    expect(watchlist.refused).to.deep.equal([]);
  });

  it('is empty without rows', () => {
    const { isTrusted, ...empty } = compileWatchlist([]);
    expect(isTrusted('111122223333')).to.equal(false);
    expect(empty).to.deep.equal({
      byEventName: new Map(),
      ofAnyName: { byLiteral: [], others: [] },
      lists: new Map(),
      excusing: new Map(),
      size: 0,
      refused: [],
    });
  });

  it('takes named lists of rows, and leaves out the malformed', () => {
    const pattern = { sourceIPAddress: [{ list: 'own-networks' }] };
    const list = (id: string, conditions: unknown) => ({ eventName: '$list', id, conditions });
    const watchlist = compileWatchlist([
      rowOf({ id: 'a', pattern }),
      rowOf({ id: 'b', pattern: { sourceIPAddress: [{ list: 'bad' }] } }),
      list('own-networks', [{ cidr: '10.0.0.0/8' }]),
      list('bad', [{ cidr: '10.0.0.0' }]),
    ]);
    expect(idsOf(watchlist, 'StopLogging')).to.deep.equal(['a']);
    expect([...watchlist.lists.keys()]).to.deep.equal(['own-networks']);
    expect(watchlist.refused).to.have.length(2);
    expect(watchlist.refused[0]).to.match(/^list bad: \[0\].*10\.0\.0\.0.* is no network/);
    expect(watchlist.refused[1]).to.match(/^b: pattern: sourceIPAddress\[0\].*unknown list "bad"/);
  });

  it('leaves out a malformed row, names it, and keeps the others', () => {
    const rows = [
      rowOf({ id: 'a' }),
      { ...rowOf({ id: 'quiet' }), pattern: {} },
      { ...rowOf({ id: 'loud' }), severity: 'loud', colour: 'red' },
      null,
      rowOf({ id: 'z' }),
    ];
    const watchlist = compileWatchlist(rows);
    expect(idsOf(watchlist, 'StopLogging')).to.deep.equal(['a', 'z']);
    expect([...watchlist.byEventName.keys()]).to.deep.equal(['StopLogging']);
    expect(watchlist.size).to.equal(2);
    expect(watchlist.refused).to.have.length(3);
    expect(watchlist.refused[0]).to.equal('quiet: pattern: an object is empty');
    expect(watchlist.refused[1]).to.match(/^loud: severity: .*; colour: unknown field$/);
    expect(watchlist.refused[2]).to.match(/^a row without id: /);
  });

  it('names a malformed row on one safe line', () => {
    const [line] = compileWatchlist([{ id: `\u001b[31m\n${'x'.repeat(500)}` }]).refused;
    expect(line).to.match(/^\\u\{1b\}\[31m\\u\{a\}x+…: /);
    expect(line?.indexOf('…')).to.equal(79);
  });
});
