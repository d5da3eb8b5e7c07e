import { expect } from 'chai';
import { consoleLink } from '../../handler/consoleLink.ts';
import { recordOf } from '../factories.ts';

const DAY = 24 * 60 * 60 * 1000;
const EVENT = Date.parse('2023-07-10T12:22:41Z');
const link = (fields: Record<string, unknown> = {}, now = EVENT + DAY) =>
  consoleLink(recordOf({ eventID: 'f4d4d3b8', ...fields }), now);

describe('consoleLink', () => {
  it('leads to the event in its region', () => {
    expect(link()).to.equal(
      'https://us-east-1.console.aws.amazon.com/cloudtrailv2/home?region=us-east-1#/events/f4d4d3b8',
    );
  });

  it('knows the consoles of other partitions', () => {
    expect(link({ awsRegion: 'cn-north-1' })).to.match(
      /^https:\/\/cn-north-1\.console\.amazonaws\.cn\//,
    );
    expect(link({ awsRegion: 'us-gov-west-1' })).to.include('.console.amazonaws-us-gov.com/');
  });

  it('is left out for what Event history does not have', () => {
    expect(link({ eventCategory: 'Data', managementEvent: false })).to.equal(undefined);
    expect(link({ eventCategory: undefined, managementEvent: false })).to.equal(undefined);
    expect(link({ eventCategory: 'NetworkActivity' })).to.equal(undefined);
    expect(link({}, EVENT + 90 * DAY)).to.equal(undefined);
    expect(link({}, EVENT + 90 * DAY - 1)).to.be.a('string');
    expect(link({ eventTime: 'yesterday' })).to.equal(undefined);
    expect(link({ eventTime: undefined })).to.equal(undefined);
  });

  it('is there for older records that do not say what they are', () => {
    expect(link({ eventCategory: undefined, managementEvent: undefined })).to.be.a('string');
  });

  it('is left out where a value could make it lead elsewhere', () => {
    for (const awsRegion of [
      7,
      ['us-east-1'],
      'us-east-1\n',
      'evil.example/',
      'evil.example/us-east-1',
      'us-east-1.evil',
      '',
      'US-EAST-1',
      undefined,
    ]) {
      expect(link({ awsRegion })).to.equal(undefined);
    }
    for (const eventID of ['a b', '../x', 'x?y', "';rm", undefined, 'x'.repeat(101), ['e1']]) {
      expect(link({ eventID })).to.equal(undefined);
    }
  });
});
