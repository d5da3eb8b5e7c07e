import { textAt } from '../../../handler/textAt.ts';
import type { HttpRequest } from './httpRequest.ts';

const OF_OBJECT: Readonly<Record<string, string>> = {
  GET: 'GetObject',
  HEAD: 'HeadObject',
  PUT: 'PutObject',
  DELETE: 'DeleteObject',
};
const OF_BUCKET: Readonly<Record<string, string>> = {
  GET: 'ListObjects',
  HEAD: 'HeadBucket',
  PUT: 'CreateBucket',
  DELETE: 'DeleteBucket',
  POST: 'DeleteObjects',
};
const SUBRESOURCES: Readonly<Record<string, string>> = {
  notification: 'BucketNotificationConfiguration',
  lifecycle: 'BucketLifecycleConfiguration',
  policy: 'BucketPolicy',
  versioning: 'BucketVersioning',
  encryption: 'BucketEncryption',
  publicAccessBlock: 'PublicAccessBlock',
  ownershipControls: 'BucketOwnershipControls',
  tagging: 'BucketTagging',
};
const VERBS: Readonly<Record<string, string>> = { GET: 'Get', PUT: 'Put', DELETE: 'Delete' };

/** S3 names the action of a call nowhere: method, path, query and headers make it. */
export function s3ActionOf({ method, params, query, headers }: HttpRequest): string {
  const names = Object.keys(query ?? {});
  if (textAt(params, 'bucket') === undefined) return 'ListBuckets';
  if (textAt(params, '*') === undefined) return ofBucket(method, names);
  if (names.includes('uploads')) return 'CreateMultipartUpload';
  if (names.includes('uploadId')) return ofUpload(method);
  if (names.includes('attributes')) return 'GetObjectAttributes';
  if (method === 'PUT' && headers['x-amz-copy-source'] !== undefined) return 'CopyObject';
  return OF_OBJECT[method] ?? method;
}

function ofBucket(method: string, names: readonly string[]): string {
  const subresource = names.map((name) => SUBRESOURCES[name]).find((name) => name !== undefined);
  if (subresource !== undefined) return `${VERBS[method] ?? method}${subresource}`;
  return method === 'GET' && names.includes('list-type')
    ? 'ListObjectsV2'
    : (OF_BUCKET[method] ?? method);
}

function ofUpload(method: string): string {
  if (method === 'PUT') return 'UploadPart';
  return method === 'POST' ? 'CompleteMultipartUpload' : 'AbortMultipartUpload';
}
