import { expect } from 'chai';
import type { WatchlistRow } from '../../../handler/entry.ts';
import { warningsOf } from '../../../scripts/check/warningsOf.ts';
import { rowOf } from '../../factories.ts';

type Threshold = NonNullable<WatchlistRow['threshold']>;

function warned(
  threshold: Partial<Threshold>,
  fields: Partial<WatchlistRow> = {},
  names = ['StopLogging', 'DeleteTrail'],
): readonly string[] {
  const rows = names.map((eventName) =>
    rowOf({ threshold: { count: 5, minutes: 10, by: [], ...threshold }, ...fields, eventName }),
  );
  return warningsOf(rows, [], new Map(), { knownAccounts: 0, now: 0 });
}
const never = (what: string) => [`trail-stopped: threshold can never cross: ${what}`];

describe('thresholdWarnings', () => {
  it('counts the event names and sources of the whole entry', () => {
    expect(warned({ distinct: 'eventName' })).to.deep.equal(
      never('the entry names 2 values of eventName, not 5'),
    );
    expect(warned({ distinct: 'eventName', count: 2 })).to.deep.equal([]);
    expect(warned({ distinct: 'eventSource' })).to.deep.equal(
      never('the entry names 1 value of eventSource, not 5'),
    );
    const eventSource = 'lambda.amazonaws.com'; // whose names come in many versions
    expect(warned({ distinct: 'eventName' }, { eventSource })).to.deep.equal([]);
    const any = { eventSource: 'iam.amazonaws.com', pattern: { errorCode: ['AccessDenied'] } };
    expect(warned({ distinct: 'eventName' }, any, ['*'])).to.deep.equal([]);
  });

  it('knows of what there are few', () => {
    expect(warned({ distinct: 'trailwatch.source.kind' })).to.deep.equal(
      never('there are 4 values of trailwatch.source.kind, not 5'),
    );
    expect(warned({ distinct: 'trailwatch.source.kind', count: 4 })).to.deep.equal([]);
    expect(warned({ distinct: 'trailwatch.principal.key' })).to.deep.equal([]);
  });

  it('counts the values that the pattern allows, once each', () => {
    const awsRegion = ['eu-west-1', 'eu-west-2', 'eu-west-1'];
    const few = never('the pattern allows 2 values of awsRegion, not 3');
    const regions = { distinct: 'awsRegion', count: 3 };
    expect(warned(regions, { pattern: { awsRegion } })).to.deep.equal(few);
    expect(warned({ ...regions, count: 2 }, { pattern: { awsRegion } })).to.deep.equal([]);
    const open = { awsRegion: ['eu-west-1', { prefix: 'us-' }] };
    expect(warned(regions, { pattern: open })).to.deep.equal([]);
    const either = { awsRegion, $or: [{ awsRegion: [{ prefix: 'us-' }] }, { readOnly: [true] }] };
    expect(warned(regions, { pattern: either })).to.deep.equal([]);
    const type = { distinct: 'userIdentity.type' };
    expect(warned(type, { pattern: { userIdentity: { type: ['Root'] } } })).to.deep.equal(
      never('the pattern allows 1 value of userIdentity.type, not 5'),
    );
  });

  it('says nothing of fields that may be arrays: one record holds many values', () => {
    const pattern = { requestParameters: { groups: ['a'] } };
    const groups = 'requestParameters.groups';
    expect(warned({ distinct: groups, count: 3 }, { pattern })).to.deep.equal([]);
    expect(warned({ distinct: groups, by: [groups] }).join()).to.include('by arrays only');
    expect(warned({ distinct: 'awsRegion', by: ['awsRegion'] }).join()).to.include('never cross');
  });

  it('warns of keys that are another for each record', () => {
    expect(warned({ by: ['eventID'] })).to.have.length(1);
    expect(warned({ by: ['requestID'] })).to.have.length(1);
    expect(warned({ by: ['requestID'] }, { eventSource: 'signin.amazonaws.com' })).to.have.length(
      0,
    );
    expect(warned({ by: ['sharedEventID'] })).to.have.length(0); // mostly absent: one key
    expect(warned({ by: ['eventID'], count: 1 })).to.have.length(0);
  });
});
