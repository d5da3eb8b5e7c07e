import { expect } from 'chai';
import { compileLists, isListRow } from '../../handler/namedList.ts';

const row = (fields: object) => ({ eventName: '$list', id: 'a', conditions: [], ...fields });

describe('namedList', () => {
  it('is left out where it is malformed, and named', () => {
    const { lists, refused } = compileLists([
      row({ conditions: ['x', { cidr: '10.0.0.0/8' }] }),
      row({ id: 'b', conditions: 'x' }),
      row({ id: 'c', conditions: [{ list: 'a' }] }),
      row({ id: 'known-accounts' }),
      row({ id: undefined }),
      17,
    ]);
    expect([...lists]).to.deep.equal([['a', ['x', { cidr: '10.0.0.0/8' }]]]);
    expect(refused.map((line) => line.split(':')[0])).to.deep.equal([
      'list b',
      'list c',
      'list known-accounts',
      'list a row without id',
      'list a row without id',
    ]);
  });

  it('is told from entries by its event name', () => {
    expect(isListRow(row({}))).to.equal(true);
    expect(isListRow({ eventName: 'StopLogging' })).to.equal(false);
    expect(isListRow(null)).to.equal(false);
  });
});
