// What CloudTrail calls data events: a trail logs them only if its event selectors say so.
const DATA_EVENTS: Readonly<Record<string, readonly [type: string, names: readonly string[]]>> = {
  's3.amazonaws.com': [
    'AWS::S3::Object',
    [
      'AbortMultipartUpload',
      'CompleteMultipartUpload',
      'CopyObject',
      'CreateMultipartUpload',
      'DeleteObject',
      'DeleteObjectTagging',
      'DeleteObjects',
      'GetObject',
      'GetObjectAcl',
      'GetObjectAttributes',
      'GetObjectTagging',
      'GetObjectTorrent',
      'HeadBucket',
      'HeadObject',
      'ListMultipartUploads',
      'ListObjects',
      'ListObjectVersions',
      'ListParts',
      'PutObject',
      'PutObjectAcl',
      'PutObjectLegalHold',
      'PutObjectRetention',
      'PutObjectTagging',
      'RestoreObject',
      'SelectObjectContent',
      'UploadPart',
      'UploadPartCopy',
    ],
  ],
  'dynamodb.amazonaws.com': [
    'AWS::DynamoDB::Table',
    [
      'BatchExecuteStatement',
      'BatchGetItem',
      'BatchWriteItem',
      'DeleteItem',
      'ExecuteStatement',
      'ExecuteTransaction',
      'GetItem',
      'PutItem',
      'Query',
      'Scan',
      'TransactGetItems',
      'TransactWriteItems',
      'UpdateItem',
    ],
  ],
  'lambda.amazonaws.com': ['AWS::Lambda::Function', ['Invoke']],
  'sns.amazonaws.com': ['AWS::SNS::Topic', ['Publish', 'PublishBatch']],
  'sqs.amazonaws.com': [
    'AWS::SQS::Queue',
    [
      'ChangeMessageVisibility',
      'DeleteMessage',
      'DeleteMessageBatch',
      'ReceiveMessage',
      'SendMessage',
      'SendMessageBatch',
    ],
  ],
  'kinesis.amazonaws.com': [
    'AWS::Kinesis::Stream',
    ['GetRecords', 'GetShardIterator', 'PutRecord', 'PutRecords'],
  ],
  'ebs.amazonaws.com': [
    'AWS::EC2::Snapshot',
    [
      'CompleteSnapshot',
      'GetSnapshotBlock',
      'ListChangedBlocks',
      'ListSnapshotBlocks',
      'PutSnapshotBlock',
    ],
  ],
};

/** The type of data events that an event is one of, such as `AWS::S3::Object`; else undefined. */
export function dataEventType(eventSource: string, eventName: string): string | undefined {
  const [type, names] = Object.hasOwn(DATA_EVENTS, eventSource)
    ? (DATA_EVENTS[eventSource] ?? [])
    : [];
  return names?.includes(eventName) ? type : undefined;
}
