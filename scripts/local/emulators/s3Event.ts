import { randomUUID } from 'node:crypto';

/** What happened to an object. */
export interface ObjectEvent {
  readonly eventName: string; // ObjectCreated:Put
  readonly region: string;
  readonly bucket: string;
  readonly key: string; // not encoded
  readonly size: number; // bytes
  readonly eTag: string;
  readonly configurationId: string;
}

let sequence = 0;

/** The message that S3 sends to a queue or a topic about an object. */
export function s3Event(event: ObjectEvent) {
  const { bucket, key, size, eTag, configurationId } = event;
  const identity = { principalId: 'LOCAL' };
  sequence += 1;
  const record = {
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    awsRegion: event.region,
    eventTime: new Date().toISOString(),
    eventName: event.eventName,
    userIdentity: identity,
    requestParameters: { sourceIPAddress: '127.0.0.1' },
    responseElements: { 'x-amz-request-id': randomUUID(), 'x-amz-id-2': 'local' },
    s3: {
      s3SchemaVersion: '1.0',
      configurationId,
      bucket: { name: bucket, ownerIdentity: identity, arn: bucketArn(bucket) },
      object: { key: formEncoded(key), size, eTag, sequencer: hexadecimal(sequence) },
    },
  };
  return { Records: [record] };
}

/** The message that S3 sends to each destination when a configuration is set. */
export function s3TestEvent(bucket: string) {
  return {
    Service: 'Amazon S3',
    Event: 's3:TestEvent',
    Time: new Date().toISOString(),
    Bucket: bucket,
    RequestId: randomUUID(),
    HostId: 'local',
  };
}

export function bucketArn(bucket: string): string {
  return `arn:aws:s3:::${bucket}`;
}

/** As S3 encodes keys: a space as +, slashes as they are. */
function formEncoded(key: string): string {
  return key
    .split('/')
    .map((part) => new URLSearchParams({ '': part }).toString().slice(1))
    .join('/');
}

function hexadecimal(number: number): string {
  return number.toString(16).toUpperCase().padStart(18, '0');
}
