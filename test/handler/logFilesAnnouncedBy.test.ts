import { expect } from 'chai';
import fc from 'fast-check';
import { logFilesAnnouncedBy } from '../../handler/logFilesAnnouncedBy.ts';
import { BUCKET, keyOf, s3EventOf } from '../factories.ts';

const KEY = keyOf();
const OTHER = keyOf('BBBBBBBBBBBBBBBB');

const both = { objects: [ref(KEY), ref(OTHER)], problems: [] };
const one = { objects: [ref(KEY)], problems: [] };
const nothing = { objects: [], problems: [] };

function ref(key: string) {
  return { bucket: BUCKET, key };
}

/** CloudTrail's own notification: several keys, not encoded. */
const cloudTrailOf = (keys: unknown) => ({ s3Bucket: BUCKET, s3ObjectKey: keys });

const eventBridgeOf = (key: unknown, detailType = 'Object Created') => ({
  version: '0',
  id: '17793124-05d4-b198-2fde-7ededc63b103',
  'detail-type': detailType,
  source: 'aws.s3',
  detail: { version: '0', bucket: { name: BUCKET }, object: { key, size: 5 } },
});

/** What an SNS subscription without raw delivery puts into a queue. */
const envelopeOf = (message: unknown) => ({
  Type: 'Notification',
  MessageId: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324',
  TopicArn: 'arn:aws:sns:us-east-1:123837392027:trail',
  Message: JSON.stringify(message),
});

/** What SNS sends to a function. */
const snsEventOf = (...messages: unknown[]) => ({
  Records: messages.map((message) => ({
    EventSource: 'aws:sns',
    EventVersion: '1.0',
    Sns: envelopeOf(message),
  })),
});

const testEvent = { Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: BUCKET };

/** One of S3's records, with one part of it replaced. */
function s3RecordWith(change: (record: Record<string, unknown>) => object): unknown {
  const { Records } = s3EventOf([KEY]) as { Records: Record<string, unknown>[] };
  return { Records: Records.map((record) => ({ ...record, ...change(record) })) };
}

describe('logFilesAnnouncedBy', () => {
  const kinds = {
    "S3's notification": [s3EventOf([KEY, OTHER]), both],
    "CloudTrail's own": [cloudTrailOf([KEY, OTHER]), both],
    "EventBridge's": [eventBridgeOf(KEY), one],
    "S3's test event": [testEvent, nothing],
  } as const;
  for (const [name, [body, expected]] of Object.entries(kinds)) {
    it(`reads ${name}, as object or text, bare, in an SNS envelope or an SNS event`, () => {
      for (const form of [body, envelopeOf(body), snsEventOf(body)]) {
        expect(logFilesAnnouncedBy(form)).to.deep.equal(expected);
        expect(logFilesAnnouncedBy(JSON.stringify(form))).to.deep.equal(expected);
      }
    });
  }

  it('reads every message of an SNS event', () => {
    const event = snsEventOf(s3EventOf([KEY]), cloudTrailOf([OTHER]));
    expect(logFilesAnnouncedBy(event)).to.deep.equal(both);
  });

  it('decodes keys as each source encodes them', () => {
    const key = 'my prefix/a+b/100%/ü€😀&=/x.json.gz';
    const encoded = 'my+prefix/a%2Bb/100%25/%C3%BC%E2%82%AC%F0%9F%98%80%26%3D/x.json.gz';
    const fromS3 = s3RecordWith(() => ({
      s3: { bucket: { name: BUCKET }, object: { key: encoded } },
    }));
    for (const body of [fromS3, cloudTrailOf([key]), eventBridgeOf(key)]) {
      expect(logFilesAnnouncedBy(body)).to.deep.equal({ objects: [ref(key)], problems: [] });
    }
    for (const body of [cloudTrailOf([encoded]), eventBridgeOf(encoded)]) {
      expect(logFilesAnnouncedBy(body).objects).to.deep.equal([ref(encoded)]);
    }
  });

  it('finds every key again that S3 has encoded', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', minLength: 1 })), (keys) => {
        expect(logFilesAnnouncedBy(s3EventOf(keys)).objects).to.deep.equal(keys.map(ref));
      }),
    );
  });

  it("ignores what announces no new object, and CloudTrail's greeting", () => {
    const bodies = [
      s3RecordWith(() => ({ eventName: 'ObjectRemoved:Delete' })),
      s3RecordWith(() => ({ eventName: undefined })),
      eventBridgeOf(KEY, 'Object Deleted'),
      'CloudTrail validation message.',
      { ...envelopeOf(''), Message: 'CloudTrail validation message.' },
    ];
    for (const body of bodies) expect(logFilesAnnouncedBy(body)).to.deep.equal(nothing);
  });

  it('reads every way S3 creates an object', () => {
    for (const way of ['Put', 'Post', 'Copy', 'CompleteMultipartUpload']) {
      const body = s3RecordWith(() => ({ eventName: `ObjectCreated:${way}` }));
      expect(logFilesAnnouncedBy(body)).to.deep.equal(one);
    }
  });

  it('keeps the good parts of a notification, and names the others', () => {
    const { Records } = s3EventOf([KEY, OTHER]) as { Records: unknown[] };
    const mixed = { Records: [Records[0], null, { eventSource: 'aws:kinesis' }, Records[1]] };
    expect(logFilesAnnouncedBy(mixed)).to.deep.equal({
      objects: both.objects,
      problems: ['a record that is not from S3', 'a record that is not from S3'],
    });
    expect(logFilesAnnouncedBy(cloudTrailOf([KEY, 7, '', OTHER]))).to.deep.equal({
      objects: both.objects,
      problems: ['no readable bucket and key', 'no readable bucket and key'],
    });
    expect(logFilesAnnouncedBy(snsEventOf('nonsense', s3EventOf([KEY])))).to.deep.equal({
      objects: one.objects,
      problems: ['the body is no object'],
    });
  });

  const refused: readonly (readonly [string, unknown, string])[] = [
    ['text that is not JSON', 'hello', 'the body is not JSON'],
    ['an empty text', '', 'the body is not JSON'],
    ['JSON that is no object', '"hello"', 'the body is no object'],
    ['an envelope without message', { Type: 'Notification' }, 'the body is not JSON'],
    ['an SNS record without message', { Records: [{ EventSource: 'aws:sns' }] }, 'not JSON'],
    ['another SNS type', { Type: 'SubscriptionConfirmation' }, 'neither'],
    ['null', 'null', 'neither'],
    ['an array', '[]', 'neither'],
    ['nothing', undefined, 'neither'],
    ['another source', { source: 'aws.ec2' }, 'neither'],
    ['Records that are no array', { Records: {} }, 'neither'],
    ['one key that is no array', cloudTrailOf(KEY), 's3ObjectKey is not an array'],
    ['no bucket', { s3ObjectKey: [KEY] }, 'no readable bucket and key'],
    ['no key', eventBridgeOf(undefined), 'no readable bucket and key'],
    ['an S3 record without key', s3RecordWith(() => ({ s3: {} })), 'no readable bucket and key'],
    [
      'a key wrongly encoded',
      s3RecordWith(() => ({ s3: { bucket: { name: BUCKET }, object: { key: '100%' } } })),
      'no readable bucket and key',
    ],
  ];
  for (const [name, body, reason] of refused) {
    it(`names the problem with ${name}`, () => {
      const { objects, problems } = logFilesAnnouncedBy(body);
      expect(objects).to.deep.equal([]);
      expect(problems).to.have.length(1);
      expect(problems[0]).to.include(reason);
    });
  }

  it('never throws, whatever the body is', () => {
    const body = fc.oneof(fc.anything(), fc.json(), fc.string({ unit: 'binary' }));
    const field = fc.constantFrom('Records', 's3ObjectKey', 'Type', 'Message', 'source', 'detail');
    const shaped = fc.dictionary(field, fc.oneof(fc.array(body), body, fc.constant('aws.s3')));
    fc.assert(
      fc.property(fc.oneof(body, shaped), (value) => {
        const { objects, problems } = logFilesAnnouncedBy(value);
        expect(objects).to.be.an('array');
        for (const problem of problems) expect(problem).to.be.a('string');
      }),
    );
  });
});
