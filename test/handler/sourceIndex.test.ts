import { expect } from 'chai';
import { compileEntry } from '../../handler/compileEntry.ts';
import type { WatchlistRow } from '../../handler/entry.ts';
import { patternCompiler } from '../../handler/pattern/patternCompiler.ts';
import { entriesIn, entriesOfSource, indexBySource } from '../../handler/sourceIndex.ts';
import { rowOf } from '../factories.ts';

function compiledOf(id: string, eventSource?: WatchlistRow['eventSource']) {
  const { eventSource: _source, ...row } = rowOf({ id });
  const result = compileEntry(
    eventSource === undefined ? row : { ...row, eventSource },
    patternCompiler(new Map()),
  );
  if ('problems' in result) throw new Error(result.problems.join());
  return result.value;
}

describe('indexBySource', () => {
  const index = indexBySource([
    compiledOf('of-one', 's3.amazonaws.com'),
    compiledOf('of-two', ['s3.amazonaws.com', 'kms.amazonaws.com', 's3.amazonaws.com']),
    compiledOf('of-any'),
  ]);
  const idsOf = (source: string) => entriesOfSource(index, source).map(({ entry }) => entry.id);

  it('finds the entries of a source, and those of any', () => {
    expect(idsOf('s3.amazonaws.com')).to.deep.equal(['of-one', 'of-two', 'of-any']);
    expect(idsOf('kms.amazonaws.com')).to.deep.equal(['of-two', 'of-any']);
    expect(idsOf('constructor')).to.deep.equal(['of-any']);
  });

  it('finds nothing more where no entry is of any source', () => {
    const own = indexBySource([compiledOf('of-one', 's3.amazonaws.com')]);
    expect(entriesOfSource(own, 's3.amazonaws.com')).to.have.length(1);
    expect(entriesOfSource(own, 'kms.amazonaws.com')).to.deep.equal([]);
  });

  it('holds each entry', () => {
    const ids = entriesIn(index).map(({ entry }) => entry.id);
    expect(ids).to.deep.equal(['of-one', 'of-two', 'of-two', 'of-any']);
  });
});
