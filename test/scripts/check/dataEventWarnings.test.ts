import { expect } from 'chai';
import type { WatchlistRow } from '../../../handler/entry.ts';
import { dataEventTypes } from '../../../scripts/check/dataEvents.ts';
import { warningsOf } from '../../../scripts/check/warningsOf.ts';
import { rowOf } from '../../factories.ts';

function warned(
  eventName: string | readonly string[],
  eventSource: string | undefined,
  fields: Partial<WatchlistRow> = {},
): readonly string[] {
  const { eventSource: _, ...any } = rowOf({ id: 'a', ...fields });
  const source = eventSource === undefined ? {} : { eventSource };
  const rows = [eventName].flat().map((name) => ({ ...any, ...source, eventName: name }));
  return warningsOf(rows, [], new Map(), { knownAccounts: 0, now: 0 });
}
const needs = (name: string, type: string) => [
  `a: ${name} is a data event, which a trail logs only if told to: needs "data:${type}"`,
];

describe('dataEventWarnings', () => {
  it('warns of data events that the entry does not say it needs', () => {
    expect(warned('GetObject', 's3.amazonaws.com')).to.deep.equal(
      needs('GetObject', 'AWS::S3::Object'),
    );
    const others = { needs: 'data:AWS::SQS::Queue' };
    expect(warned('GetObject', 's3.amazonaws.com', others)).to.deep.equal(
      needs('GetObject', 'AWS::S3::Object'),
    );
    for (const type of ['AWS::S3::Object', 'AWS::S3::AccessPoint']) {
      expect(warned('GetObject', 's3.amazonaws.com', { needs: `data:${type}` })).to.deep.equal([]);
    }
    expect(warned('PutBucketPolicy', 's3.amazonaws.com')).to.deep.equal([]);
  });

  it('knows an event without its source, where only one kind has the name', () => {
    expect(warned('GetObject', undefined)).to.deep.equal(needs('GetObject', 'AWS::S3::Object'));
    expect(warned('ExecuteStatement', undefined)).to.deep.equal([]); // redshift-data's is none
    expect(warned('PutRolePolicy', undefined)).to.deep.equal([]);
  });

  it('reads names and sources in the pattern of an entry for any event', () => {
    const pattern = { eventSource: ['s3.amazonaws.com'], eventName: ['PutObject'] };
    expect(warned('*', undefined, { pattern })).to.deep.equal(
      needs('PutObject', 'AWS::S3::Object'),
    );
    const open = { eventSource: ['s3.amazonaws.com'], eventName: [{ prefix: 'Put' }] };
    expect(warned('*', undefined, { pattern: open })).to.deep.equal([]);
    const narrowed = { eventName: ['PutBucketPolicy'] };
    const names = ['PutBucketPolicy', 'PutObject'];
    expect(warned(names, 's3.amazonaws.com', { pattern: narrowed })).to.deep.equal([]);
  });

  it('warns of a need that contradicts the events', () => {
    const data = { needs: 'data:AWS::S3::Object' };
    expect(warned('PutBucketPolicy', 's3.amazonaws.com', data)).to.deep.equal([
      'a: needs "data:AWS::S3::Object", which none of its events is, as far as known: PutBucketPolicy',
    ]);
    expect(warned('PutBucketPolicy', undefined, data)).to.have.length(1);
    expect(warned('CreateUser', 'iam.amazonaws.com', data)).to.have.length(1);
    expect(warned(['PutBucketPolicy', 'PutObject'], 's3.amazonaws.com', data)).to.have.length(0);
    const unknown = { needs: 'data:AWS::XRay::Trace' };
    expect(warned('PutTraceSegments', 'xray.amazonaws.com', unknown)).to.deep.equal([]);
    const wild = { ...data, pattern: { eventSource: ['s3.amazonaws.com'] } };
    expect(warned('*', undefined, wild)).to.deep.equal([]);
  });

  it('tells data events of a service from its management events', () => {
    const types = (source: string, name: string) => dataEventTypes(name, `${source}.amazonaws.com`);
    expect(types('rdsdata', 'ExecuteStatement')).to.deep.equal(['AWS::RDS::DBCluster']);
    expect(types('redshift-data', 'ExecuteStatement')).to.deep.equal([]);
    expect(types('dynamodb', 'GetRecords')[0]).to.equal('AWS::DynamoDB::Stream');
    expect(types('kinesis', 'GetRecords')[0]).to.equal('AWS::Kinesis::Stream');
    expect(types('cognito-identity', 'GetId')).to.deep.equal(['AWS::Cognito::IdentityPool']);
    expect(types('ssm', 'OpenControlChannel')).to.have.length(1);
    expect(types('ssm', 'StartSession')).to.deep.equal([]);
    expect(types('bedrock', 'InvokeModel')).to.deep.equal([]);
    expect(types('kms', 'Decrypt')).to.deep.equal([]);
    expect(types('secretsmanager', 'GetSecretValue')).to.deep.equal([]);
  });
});
