import { setTimeout } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import type { Ports } from '../ports.ts';
import { claims } from './claims.ts';
import { getLogFile } from './getLogFile.ts';
import { publish } from './publish.ts';
import { scanTable } from './scanTable.ts';
import { sessions } from './sessions.ts';
import { state } from './state.ts';
import { TIMEOUTS } from './timeouts.ts';

/** Physical names of the resources that the function uses. */
export interface ResourceNames {
  readonly watchlistTable: string;
  readonly accountAliasTable: string;
  readonly sessionTable: string;
  readonly suppressionTable: string;
  readonly stateTable: string;
  readonly alertTopicArn: string;
}

/** The real side effects. Clients are made once and keep their connections. */
export function awsPorts(names: ResourceNames, log: Ports['log']): Ports {
  const dynamodb = new DynamoDBClient({ requestHandler: TIMEOUTS });
  return {
    getLogFile: getLogFile(new S3Client({ requestHandler: TIMEOUTS })),
    scanWatchlist: scanTable(dynamodb, names.watchlistTable),
    scanAccountAliases: scanTable(dynamodb, names.accountAliasTable),
    scanSuppressions: scanTable(dynamodb, names.suppressionTable),
    ...claims(dynamodb, names.stateTable, Date.now),
    ...state(dynamodb, names.stateTable),
    ...sessions(dynamodb, names.sessionTable, Date.now),
    publish: publish(new SNSClient({ requestHandler: TIMEOUTS }), names.alertTopicArn),
    now: Date.now,
    pause: (milliseconds) => setTimeout(milliseconds),
    log,
  };
}
