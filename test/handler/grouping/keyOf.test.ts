import { expect } from 'chai';
import { hashOfKey, OTHER, stable } from '../../../handler/grouping/keyOf.ts';
import { subjectOf } from '../../../handler/subjectOf.ts';
import { ACCOUNTS, recordOf, trustsNobody } from '../../factories.ts';

const path = (text: string) => ({ text, segments: text.split('.') });
const hash = (fields: Record<string, unknown>, by: string[] | typeof OTHER, id = 'entry') =>
  hashOfKey(
    [id, 10, 60],
    by === OTHER ? OTHER : by.map(path),
    subjectOf(recordOf(fields), ACCOUNTS, trustsNobody),
  );

describe('keyOf', () => {
  it('is the same for the same values, and another for any other', () => {
    const a = { requestParameters: { x: { b: 1, a: [2, { d: 1, c: 1 }] } } };
    const b = { requestParameters: { x: { a: [2, { c: 1, d: 1 }], b: 1 } } };
    expect(hash(a, ['requestParameters.x'])).to.equal(hash(b, ['requestParameters.x']));
    const others = [
      hash({ requestParameters: {} }, ['requestParameters.x']),
      hash({ requestParameters: { x: null } }, ['requestParameters.x']),
      hash({ requestParameters: { x: '' } }, ['requestParameters.x']),
      hash({ requestParameters: { x: [] } }, ['requestParameters.x']),
      hash(a, ['requestParameters.x'], 'another'),
      hash(a, []),
      hash(a, OTHER),
      hash(a, ['requestParameters.x']),
    ];
    expect(new Set(others).size).to.equal(others.length);
    for (const one of others) expect(one).to.match(/^[0-9a-f]{16}$/);
  });

  it('survives a value that is nested too deeply', () => {
    const deep: unknown = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`);
    expect(stable(deep)).to.equal('nested too deeply');
  });
});
