import { uuid } from './ids.ts';
import { eventTime } from './times.ts';
import type { Json, World } from './world.ts';

/** What tells one record from another. */
export interface Event {
  readonly accountId: string;
  readonly region: string;
  readonly time: number;
  readonly action: string; // `sts:AssumeRole`
  readonly userIdentity: Json;
  readonly from: Json;
  readonly requestParameters?: Json | null;
  readonly responseElements?: Json | null;
  readonly readOnly?: boolean;
  readonly fields?: Json; // more of them, or others
}

/** Writes a record into the trail of an account. Returns its eventID. */
export function addRecord(world: World, event: Event): string {
  const { accountId, region, time } = event;
  const [service, eventName] = event.action.split(':');
  const eventID = uuid(world.random);
  const record = {
    eventVersion: '1.11',
    userIdentity: event.userIdentity,
    eventTime: eventTime(time),
    eventSource: `${service}.amazonaws.com`,
    eventName,
    awsRegion: region,
    ...event.from,
    requestParameters: event.requestParameters ?? null,
    responseElements: event.responseElements ?? null,
    requestID: uuid(world.random),
    eventID,
    readOnly: event.readOnly ?? true,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: accountId,
    eventCategory: 'Management',
    ...event.fields,
  };
  world.written.push({ accountId, region, time, record });
  return eventID;
}
