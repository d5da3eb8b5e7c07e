import type { Call } from './emulators/callOf.ts';
import type { Mail } from './emulators/snsTopics.ts';
import { startDynamodb } from './emulators/startDynamodb.ts';
import { startS3SnsSqs } from './emulators/startS3SnsSqs.ts';

export type { Call, Mail };

/** AWS services on this machine, reached over their own protocols. */
export interface Emulators {
  environment: Record<string, string>; // what makes an AWS SDK or CLI use them
  endpoint: { s3: string; sns: string; sqs: string; dynamodb: string };
  accountId: string;
  region: string;
  mails: Mail[]; // all that was sent by e-mail
  calls: Call[]; // all calls, failed ones included; a batch on several tables is one for each
  /** Makes the next calls of an action fail with a 500, before they have an effect. */
  failNext(service: string, action: string, times: number): void;
  stop(): Promise<void>;
}

const ACCOUNT_ID = '000000000000'; // fauxqs has no other

/** Starts S3, SNS, SQS and DynamoDB on 127.0.0.1, empty, on ports that the system chooses. */
export async function startEmulators({ region = 'us-east-1' } = {}): Promise<Emulators> {
  const mails: Mail[] = [];
  const calls: Call[] = [];
  const toFail = new Map<string, number>();
  const observe = (call: Call): boolean => {
    calls.push(call);
    const name = `${call.service}:${call.action}`;
    const left = toFail.get(name) ?? 0;
    toFail.set(name, Math.max(left - 1, 0));
    return left > 0;
  };
  const objects = await startS3SnsSqs({ region, accountId: ACCOUNT_ID, mails, observe });
  const dynamodb = await startDynamodb(observe);
  const { url } = objects;
  const endpoint = { s3: url, sns: url, sqs: url, dynamodb: dynamodb.url };
  return {
    environment: environmentOf(endpoint, region),
    endpoint,
    accountId: ACCOUNT_ID,
    region,
    mails,
    calls,
    failNext: (service, action, times) => toFail.set(`${service}:${action}`, times),
    stop: async () => {
      await Promise.all([objects.stop(), dynamodb.stop()]);
    },
  };
}

function environmentOf(endpoint: Emulators['endpoint'], region: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: endpoint.s3,
    AWS_ENDPOINT_URL_S3: endpoint.s3,
    AWS_ENDPOINT_URL_SNS: endpoint.sns,
    AWS_ENDPOINT_URL_SQS: endpoint.sqs,
    AWS_ENDPOINT_URL_DYNAMODB: endpoint.dynamodb,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}
