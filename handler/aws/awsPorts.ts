import { setTimeout } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import type { Ports } from '../ports.ts';
import { claims } from './claims.ts';
import { getLogFile } from './getLogFile.ts';
import { publish } from './publish.ts';
import { scanTable } from './scanTable.ts';

/** Physical names of the resources that the function uses. */
export interface ResourceNames {
  readonly watchlistTable: string;
  readonly accountAliasTable: string;
  readonly stateTable: string;
  readonly alertTopicArn: string;
}

// A call that hangs would otherwise last until the function is killed, with all its log files.
const requestHandler = { connectionTimeout: 3_000, requestTimeout: 15_000 };

/** The real side effects. Clients are made once and keep their connections. */
export function awsPorts(names: ResourceNames, log: Ports['log']): Ports {
  const dynamodb = new DynamoDBClient({ requestHandler });
  return {
    getLogFile: getLogFile(new S3Client({ requestHandler })),
    scanWatchlist: scanTable(dynamodb, names.watchlistTable),
    scanAccountAliases: scanTable(dynamodb, names.accountAliasTable),
    ...claims(dynamodb, names.stateTable, Date.now),
    publish: publish(new SNSClient({ requestHandler }), names.alertTopicArn),
    now: Date.now,
    pause: (milliseconds) => setTimeout(milliseconds),
    log,
  };
}
