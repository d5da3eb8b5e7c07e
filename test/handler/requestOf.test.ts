import { expect } from 'chai';
import { requestOf } from '../../handler/requestOf.ts';
import { recordOf } from '../factories.ts';

const shown = (requestParameters: unknown) => requestOf(recordOf({ requestParameters }));

describe('requestOf', () => {
  it('shows plain parameters by name', () => {
    const parameters = { userName: 'alice', force: false, count: 3 };
    expect(shown(parameters)).to.equal('userName alice, force false, count 3');
  });

  it('passes over what is not plain: lists, objects, null and nothing', () => {
    const parameters = { list: ['a'], object: { a: 1 }, none: null, empty: '', name: 'trail' };
    const json = {
      policyDocument: ' {"Statement": []}',
      encoded: '%7B%22a%22%3A1%7D',
      text: '[1]',
    };
    expect(shown(json)).to.equal(undefined);
    expect(shown({ bucketName: 'b', Host: 'b.s3.amazonaws.com' })).to.equal('bucketName b');
    expect(shown(parameters)).to.equal('name trail');
  });

  it('shows six at most, each cut', () => {
    const many = Object.fromEntries(
      Array.from({ length: 9 }, (_, index) => [`p${index}`, 'x'.repeat(500)]),
    );
    const text = shown(many) ?? '';
    expect(text.split(', ')).to.have.length(6);
    expect(text.length).to.be.below(6 * 130);
  });

  it('shows nothing where there are no parameters', () => {
    for (const nothing of [undefined, null, 'text', 7, {}, { a: [] }, []]) {
      expect(shown(nothing)).to.equal(undefined);
    }
  });
});
