import { textAt, valueAt } from '../../../handler/textAt.ts';
import type { HttpRequest } from './httpRequest.ts';
import { s3ActionOf } from './s3ActionOf.ts';

/** One call of an AWS API. */
export interface Call {
  service: string; // s3, sns, sqs, dynamodb, sts
  action: string; // as the API names it: GetObject
  resource: string; // bucket/key, topic ARN, queue URL or table name; where a call creates it, its name
  accessKeyId: string; // empty if unsigned
}

// Where an SNS or SQS call names what it is about.
const RESOURCE_FIELDS = {
  sns: ['TopicArn', 'SubscriptionArn', 'ResourceArn', 'Name'],
  sqs: ['QueueUrl', 'QueueName'],
};

/** Reads which call of S3, SNS, SQS or STS a request is. */
export function callOf(request: HttpRequest): Call {
  const { headers, body } = request;
  const accessKeyId = accessKeyIdOf(headers);
  const target = textAt(headers, 'x-amz-target');
  if (target !== undefined) {
    const resource = firstTextOf(body, RESOURCE_FIELDS.sqs);
    return { service: 'sqs', action: target.split('.').at(-1) ?? '', resource, accessKeyId };
  }
  const action = textAt(body, 'Action');
  if (action !== undefined) {
    const service = action === 'GetCallerIdentity' ? 'sts' : 'sns';
    return { service, action, resource: firstTextOf(body, RESOURCE_FIELDS.sns), accessKeyId };
  }
  return { service: 's3', action: s3ActionOf(request), resource: pathOf(request), accessKeyId };
}

/** The access key id that a request is signed with, or nothing. */
export function accessKeyIdOf(headers: HttpRequest['headers']): string {
  return /Credential=([^/]+)\//.exec(textAt(headers, 'authorization') ?? '')?.[1] ?? '';
}

function firstTextOf(body: unknown, fields: readonly string[]): string {
  return fields.map((field) => textAt(body, field)).find((text) => text !== undefined) ?? '';
}

function pathOf({ params }: HttpRequest): string {
  return [valueAt(params, 'bucket'), valueAt(params, '*')].filter(Boolean).join('/');
}
