import { awsPorts } from './aws/awsPorts.ts';
import { createHandler } from './createHandler.ts';
import { logTo } from './logTo.ts';
import { validTimeZone } from './validTimeZone.ts';

// Not console.log: Lambda would put a prefix before each line, and metrics need a bare one.
const write = (line: string): void => void process.stdout.write(`${line}\n`);
const log = logTo(write);

const ports = awsPorts(
  {
    watchlistTable: required('WATCHLIST_TABLE'),
    accountAliasTable: required('ACCOUNT_ALIAS_TABLE'),
    sessionTable: required('SESSION_TABLE'),
    suppressionTable: required('SUPPRESSION_TABLE'),
    stateTable: required('STATE_TABLE'),
    alertTopicArn: required('ALERT_TOPIC_ARN'),
  },
  log,
);

export const handler = createHandler(ports, {
  functionName: required('AWS_LAMBDA_FUNCTION_NAME'),
  memoryMegabytes: Number(required('AWS_LAMBDA_FUNCTION_MEMORY_SIZE')),
  timeZone: validTimeZone(required('TIME_ZONE'), log),
  write,
});

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`environment variable ${name} is not set (template.yaml sets it)`);
  return value;
}
