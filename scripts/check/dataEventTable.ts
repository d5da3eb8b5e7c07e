/** Events that a trail logs only if its event selectors name their type. */
export interface DataEvents {
  readonly types: readonly string[]; // any of which logs them
  readonly sources: readonly string[];
  readonly names: readonly string[];
}

function dataEvents(types: string, sources: string, names: string): DataEvents {
  return {
    types: types.split(' '),
    sources: sources.split(' ').map((source) => `${source}.amazonaws.com`),
    names: names.trim().split(/\s+/),
  };
}

const OBJECTS = `
  AbortMultipartUpload CompleteMultipartUpload CopyObject CreateMultipartUpload DeleteObject
  DeleteObjectTagging DeleteObjects GetObject GetObjectAcl GetObjectAttributes
  GetObjectLegalHold GetObjectLockLegalHold GetObjectLockRetention GetObjectRetention
  GetObjectTagging GetObjectTorrent HeadBucket HeadObject ListMultipartUploads ListObjects
  ListObjectVersions ListParts PostObject PutObject PutObjectAcl PutObjectLegalHold
  PutObjectLockLegalHold PutObjectLockRetention PutObjectRetention PutObjectTagging
  RenameObject RestoreObject SelectObjectContent UploadPart UploadPartCopy
  WriteGetObjectResponse`;

/** The well-known ones; a type that is not here is none that anything is said of. */
export const DATA_EVENTS: readonly DataEvents[] = [
  dataEvents(
    'AWS::S3::Object AWS::S3::AccessPoint AWS::S3ObjectLambda::AccessPoint',
    's3 s3-object-lambda',
    OBJECTS,
  ),
  dataEvents('AWS::S3Outposts::Object', 's3-outposts', OBJECTS),
  dataEvents('AWS::S3Express::Object', 's3express', `${OBJECTS} CreateSession`),
  dataEvents(
    'AWS::DynamoDB::Table',
    'dynamodb',
    `
    BatchExecuteStatement BatchGetItem BatchWriteItem DeleteItem ExecuteStatement
    ExecuteTransaction GetItem PutItem Query Scan TransactGetItems TransactWriteItems
    UpdateItem`,
  ),
  dataEvents(
    'AWS::DynamoDB::Stream AWS::DynamoDB::Table',
    'dynamodb',
    'GetRecords GetShardIterator',
  ),
  dataEvents('AWS::Lambda::Function', 'lambda', 'Invoke InvokeAsync InvokeWithResponseStream'),
  dataEvents('AWS::SNS::Topic AWS::SNS::PlatformEndpoint', 'sns', 'Publish PublishBatch'),
  dataEvents(
    'AWS::SQS::Queue',
    'sqs',
    `
    ChangeMessageVisibility ChangeMessageVisibilityBatch DeleteMessage DeleteMessageBatch
    ReceiveMessage SendMessage SendMessageBatch`,
  ),
  dataEvents(
    'AWS::Kinesis::Stream AWS::Kinesis::StreamConsumer',
    'kinesis',
    'GetRecords GetShardIterator PutRecord PutRecords SubscribeToShard',
  ),
  dataEvents('AWS::KinesisFirehose::DeliveryStream', 'firehose', 'PutRecord PutRecordBatch'),
  dataEvents(
    'AWS::KinesisVideo::Stream',
    'kinesisvideo',
    `
    GetClip GetDASHStreamingSessionURL GetHLSStreamingSessionURL GetImages GetMedia
    GetMediaForFragmentList ListFragments PutMedia`,
  ),
  dataEvents(
    'AWS::EC2::Snapshot',
    'ebs',
    'GetSnapshotBlock ListChangedBlocks ListSnapshotBlocks PutSnapshotBlock',
  ),
  dataEvents(
    'AWS::RDS::DBCluster',
    'rdsdata rds-data',
    `
    BatchExecuteStatement BeginTransaction CommitTransaction ExecuteStatement
    RollbackTransaction`,
  ),
  dataEvents(
    'AWS::Cognito::IdentityPool',
    'cognito-identity',
    `
    GetCredentialsForIdentity GetId GetOpenIdToken GetOpenIdTokenForDeveloperIdentity
    UnlinkIdentity`,
  ),
  dataEvents(
    'AWS::Bedrock::AgentAlias AWS::Bedrock::InlineAgent',
    'bedrock',
    'InvokeAgent InvokeInlineAgent',
  ),
  dataEvents(
    'AWS::Bedrock::KnowledgeBase',
    'bedrock',
    'Retrieve RetrieveAndGenerate RetrieveAndGenerateStream',
  ),
  dataEvents('AWS::Bedrock::FlowAlias', 'bedrock', 'InvokeFlow'),
  dataEvents('AWS::Bedrock::Guardrail', 'bedrock', 'ApplyGuardrail'),
  dataEvents(
    'AWS::SageMaker::Endpoint',
    'sagemaker',
    'InvokeEndpoint InvokeEndpointAsync InvokeEndpointWithResponseStream',
  ),
  dataEvents(
    'AWS::SES::EmailIdentity AWS::SES::ConfigurationSet AWS::SES::Template',
    'ses',
    'SendBulkEmail SendBulkTemplatedEmail SendEmail SendRawEmail SendTemplatedEmail',
  ),
  dataEvents(
    'AWS::SSMMessages::ControlChannel',
    'ssm ssmmessages',
    'CreateControlChannel OpenControlChannel',
  ),
  dataEvents('AWS::SSM::ManagedNode', 'ssm', 'RequestManagedInstanceRoleToken'),
];
