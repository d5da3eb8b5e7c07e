import { expect } from 'chai';
import type { WatchlistRow } from '../../../handler/entry.ts';
import { overlapWarnings } from '../../../scripts/check/overlapWarnings.ts';
import { rowOf } from '../../factories.ts';

type Fields = Partial<WatchlistRow>;

const lists = new Map<string, readonly unknown[]>([['regions', ['eu-west-1', 'eu-west-2']]]);

/** Whether the entry `narrow` is said to tell what `wide` tells. */
function overlap(wide: Fields, narrow: Fields): boolean {
  const rows = [rowOf({ ...wide, id: 'wide' }), rowOf({ ...narrow, id: 'narrow' })];
  const warnings = overlapWarnings(rows, lists);
  return warnings.some(
    (line) => line.startsWith('narrow: ') && line.endsWith(' is one of wide too'),
  );
}
const pattern = (wide: NonNullable<Fields['pattern']>, narrow: Fields['pattern']) =>
  overlap({ pattern: wide }, narrow === undefined ? {} : { pattern: narrow });
const region = (...awsRegion: unknown[]) => ({ awsRegion });

describe('overlapWarnings', () => {
  it('compares the values of conditions as sets', () => {
    expect(pattern(region('a', 'b'), region('b', 'a'))).to.equal(true);
    expect(pattern(region('a', 'b'), region('a'))).to.equal(true);
    expect(pattern(region('a'), region('a', 'b'))).to.equal(false);
    expect(pattern(region('a'), undefined)).to.equal(false);
    expect(pattern(region({ list: 'regions' }), region('eu-west-1'))).to.equal(true);
    expect(pattern(region('a'), { awsRegion: ['a'], readOnly: [true] })).to.equal(true);
    expect(pattern({ awsRegion: ['a'], readOnly: [true] }, region('a'))).to.equal(false);
  });

  it('knows which values, beginnings, ends and networks lie within others', () => {
    expect(pattern(region({ prefix: 'eu-' }), region('eu-west-1'))).to.equal(true);
    expect(pattern(region({ prefix: 'eu-' }), region('us-east-1'))).to.equal(false);
    expect(pattern(region({ prefix: 'eu-' }), region({ prefix: 'eu-west' }))).to.equal(true);
    expect(pattern(region({ prefix: 'eu-west' }), region({ prefix: 'eu-' }))).to.equal(false);
    expect(pattern(region({ suffix: '-1' }), region({ wildcard: 'eu-*-1' }))).to.equal(true);
    expect(pattern(region({ suffix: '-2' }), region({ wildcard: 'eu-*-1' }))).to.equal(false);
    expect(pattern(region({ exists: true }), region({ 'anything-but': 'x' }))).to.equal(true);
    expect(pattern(region({ exists: true }), region({ exists: false }))).to.equal(false);
    expect(pattern(region({ 'anything-but': 'x' }), region('y'))).to.equal(true);
    const net = (cidr: string) => ({ sourceIPAddress: [{ cidr }] });
    expect(pattern(net('10.0.0.0/8'), net('10.1.0.0/16'))).to.equal(true);
    expect(pattern(net('10.1.0.0/16'), net('10.0.0.0/8'))).to.equal(false);
    expect(pattern(net('10.128.0.0/9'), net('10.0.0.0/9'))).to.equal(false);
  });

  it('looks into $or', () => {
    const either = { $or: [region('a'), { readOnly: [true] }] };
    expect(pattern(either, region('a'))).to.equal(true);
    expect(pattern(either, { $or: [{ readOnly: [true] }, region('a')] })).to.equal(true);
    expect(pattern(region('a', 'b'), { $or: [region('a'), region('b')] })).to.equal(true);
    expect(pattern(region('a'), either)).to.equal(false);
    // Beside $or the later condition on a path counts alone: this one matches region b.
    expect(pattern(region('a'), { awsRegion: ['a'], $or: [region('b'), region('a')] })).to.equal(
      false,
    );
  });

  it('compares names and sources, also of entries for any name', () => {
    const { eventSource: _, ...any } = rowOf();
    const source = { eventSource: ['iam.amazonaws.com', 'sts.amazonaws.com'] };
    expect(overlap(source, { eventSource: 'iam.amazonaws.com' })).to.equal(true);
    expect(overlap({ eventSource: 'iam.amazonaws.com' }, source)).to.equal(false);
    expect(overlap({ eventName: 'One' }, { eventName: 'Two' })).to.equal(false);
    const put = { eventName: '*', pattern: { eventName: [{ prefix: 'Put' }] } };
    expect(overlap(put, { eventName: 'PutRolePolicy' })).to.equal(true);
    expect(overlap(put, { eventName: 'DeleteRolePolicy' })).to.equal(false);
    const named = { ...any, eventName: '*', pattern: { eventSource: ['iam.amazonaws.com'] } };
    const warned = overlapWarnings(
      [{ ...named, id: 'wide' }, rowOf({ id: 'narrow', eventSource: 'iam.amazonaws.com' })],
      lists,
    );
    expect(warned).to.have.length(1);
  });

  it('compares outcomes, an errorCode being a failure', () => {
    expect(overlap({ outcome: 'any' }, { outcome: 'success' })).to.equal(true);
    expect(overlap({ outcome: 'success' }, {})).to.equal(false);
    expect(overlap({ outcome: 'failure' }, { outcome: 'success' })).to.equal(false);
    const denied = { pattern: { errorCode: ['AccessDenied'] } };
    expect(overlap({ outcome: 'failure' }, denied)).to.equal(true);
    expect(overlap({ outcome: 'failure' }, { pattern: { errorCode: [''] } })).to.equal(false);
  });

  it('minds what the wider entry passes over', () => {
    const unless = [region('a')];
    expect(overlap({ unless }, {})).to.equal(false);
    expect(overlap({ unless }, { unless })).to.equal(true);
    expect(overlap({ unless }, { unless: [region('b', 'a')] })).to.equal(true);
    expect(overlap({ unless: [region('a', 'b')] }, { unless })).to.equal(false);
    expect(overlap({}, { unless })).to.equal(true);
  });

  it('takes for meant what is more severe, counts otherwise or tells nothing', () => {
    const threshold = { count: 5, minutes: 10, by: [] };
    expect(overlap({ severity: 'low' }, { severity: 'high' })).to.equal(false);
    expect(overlap({ severity: 'high' }, { severity: 'low' })).to.equal(true);
    expect(overlap({ threshold }, {})).to.equal(false);
    expect(overlap({}, { threshold })).to.equal(false);
    expect(overlap({ threshold }, { threshold })).to.equal(true);
    expect(overlap({ mode: 'silent' }, {})).to.equal(false);
    expect(overlap({}, { mode: 'off' })).to.equal(false);
  });

  it('tells of two that are the same once, with all names', () => {
    const names = ['One', 'Two'];
    const rows = ['a', 'b'].flatMap((id) => names.map((eventName) => rowOf({ id, eventName })));
    expect(overlapWarnings(rows, lists)).to.deep.equal([
      'b: each of its matches of One, Two is one of a too',
    ]);
  });

  it('compares many rows, long lists among them', () => {
    const long = Array.from({ length: 5000 }, (_, index) => `i-${index}`);
    const rows = Array.from({ length: 600 }, (_, index) =>
      rowOf({
        id: `e${index}`,
        eventName: '*',
        pattern: {
          requestParameters: {
            instanceId: index < 50 ? [{ list: 'long' }, `x${index}`] : long.slice(0, 20),
          },
          ...region(`r${index}`, { prefix: `p${index}` }),
        },
      }),
    );
    expect(overlapWarnings(rows, new Map([['long', long]]))).to.deep.equal([]);
  });
});
