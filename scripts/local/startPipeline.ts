import { readFile } from 'node:fs/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { createResources, type LocalClients, localQueueUrl } from './createResources.ts';
import { type Emulators, startEmulators } from './emulators.ts';
import { type LambdaOptions, type LocalLambda, startLambda } from './lambda.ts';
import { pollQueue, type QueueTrigger } from './pollQueue.ts';
import { type ResolvedTemplate, resolveTemplate, resource } from './resolveTemplate.ts';

/** The whole of template.yaml on this machine, with the packaged function. */
export interface Pipeline {
  readonly template: ResolvedTemplate;
  readonly emulators: Emulators;
  readonly clients: LocalClients;
  readonly lambda: LocalLambda;
  readonly zip: string; // path of the packaged function
  /** Puts an object into the trail bucket, as CloudTrail does. */
  deliver(key: string, body: Uint8Array): Promise<void>;
  /** Has the function process what waits in the queue, one batch; counts its messages. */
  poll(): Promise<{ received: number; failed: number }>;
  stop(): Promise<void>;
}

export interface PipelineOptions {
  readonly zip: string; // path of the packaged function
  readonly parameters?: Readonly<Record<string, string>>;
  readonly onLog?: (line: string) => void;
}

/** Starts the emulators, creates the resources as the template declares them, unpacks the zip. */
export async function startPipeline(options: PipelineOptions): Promise<Pipeline> {
  const emulators = await startEmulators();
  try {
    return await assemble(emulators, options);
  } catch (error) {
    await emulators.stop();
    throw error;
  }
}

async function assemble(
  emulators: Emulators,
  { zip, parameters = {}, onLog = () => {} }: PipelineOptions,
): Promise<Pipeline> {
  const { accountId, region } = emulators;
  const place = { accountId, region, stackName: 'trailwatch' };
  const required = { ArtifactBucket: 'artifacts', HandlerKey: 'trailwatch/local.zip' };
  const template = resolveTemplate(await readFile('template.yaml', 'utf8'), place, {
    ...required,
    ...parameters,
  });
  const clients = clientsOf(emulators);
  await createResources(template, clients);
  const lambda = await startLambda({ ...lambdaOptionsOf({ zip, template, emulators }), onLog });
  const trigger = await triggerOf(template, clients);
  return {
    template,
    emulators,
    clients,
    lambda,
    zip,
    deliver: async (key, body) => {
      const Bucket = resource(template, 'TrailBucket').physicalId;
      await clients.s3.send(new PutObjectCommand({ Bucket, Key: key, Body: body }));
    },
    poll: () => pollQueue(clients.sqs, lambda, trigger),
    stop: async () => {
      await lambda.stop();
      for (const client of Object.values(clients)) client.destroy();
      await emulators.stop();
    },
  };
}

function clientsOf({ endpoint, region }: Emulators): LocalClients {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const at = (url: string) => ({ endpoint: url, region, credentials });
  return {
    s3: new S3Client({ ...at(endpoint.s3), forcePathStyle: true }),
    sns: new SNSClient(at(endpoint.sns)),
    sqs: new SQSClient(at(endpoint.sqs)),
    dynamodb: new DynamoDBClient(at(endpoint.dynamodb)),
  };
}

/** How the template wants its function run. */
export function lambdaOptionsOf({
  zip,
  template,
  emulators: { environment, accountId, region },
}: Pick<Pipeline, 'zip' | 'template' | 'emulators'>): LambdaOptions {
  const { physicalId, properties } = resource(template, 'Handler');
  const { Variables } = properties['Environment'] as { Variables: Record<string, string> };
  return {
    zip,
    handler: String(properties['Handler']),
    environment: { ...Variables, ...environment },
    functionName: physicalId,
    memoryMegabytes: Number(properties['MemorySize']),
    timeoutSeconds: Number(properties['Timeout']),
    region,
    accountId,
  };
}

async function triggerOf(template: ResolvedTemplate, { sqs }: LocalClients): Promise<QueueTrigger> {
  const { properties } = resource(template, 'HandlerTrigger');
  const queueArn = String(properties['EventSourceArn']);
  const types = properties['FunctionResponseTypes'];
  return {
    queueUrl: await localQueueUrl(sqs, `/${queueArn.split(':').at(-1)}`),
    queueArn,
    batchSize: Number(properties['BatchSize']),
    reportsFailures: Array.isArray(types) && types.includes('ReportBatchItemFailures'),
  };
}
