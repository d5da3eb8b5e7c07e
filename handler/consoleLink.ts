import type { CloudTrailRecord } from './readLogFile.ts';
import { textAt, valueAt } from './textAt.ts';

// A value from a record goes into a link only if it cannot be anything but what it seems.
const SAFE_ID = /^[A-Za-z0-9-]{1,100}$/;
const REGION = /^[a-z]{2}(?:-[a-z]+)+-\d$/;
const NINETY_DAYS = 90 * 24 * 60 * 60 * 1000;

/**
 * The event in the console's Event history (the reader signs in to the account first), or
 * undefined where Event history cannot have it: it keeps management events for 90 days.
 * @param now epoch milliseconds
 */
export function consoleLink(record: CloudTrailRecord, now: number): string | undefined {
  const id = textAt(record, 'eventID') ?? '';
  const region = textAt(record, 'awsRegion') ?? '';
  const age = now - Date.parse(textAt(record, 'eventTime') ?? '');
  const kept = isManagementEvent(record) && age < NINETY_DAYS;
  if (!kept || !SAFE_ID.test(id) || !REGION.test(region)) return undefined;
  return `https://${region}.${consoleDomain(region)}/cloudtrailv2/home?region=${region}#/events/${id}`;
}

function isManagementEvent(record: CloudTrailRecord): boolean {
  const category = textAt(record, 'eventCategory');
  return category === undefined
    ? valueAt(record, 'managementEvent') !== false
    : category === 'Management';
}

function consoleDomain(region: string): string {
  if (region.startsWith('cn-')) return 'console.amazonaws.cn';
  return region.startsWith('us-gov-') ? 'console.amazonaws-us-gov.com' : 'console.aws.amazon.com';
}
