import { DATA_EVENTS } from './dataEventTable.ts';

/** Names that are management events of other services. */
const OF_OTHERS_TOO = [
  'BatchExecuteStatement',
  'CreateSession',
  'ExecuteStatement',
  'Query',
  'Retrieve',
];

/**
 * The types of data events that an event may be one of, such as `AWS::S3::Object`, the usual one
 * first; none if it is a management event.
 * @param eventSource undefined: any, so that only names that stand for themselves tell
 */
export function dataEventTypes(
  eventName: string,
  eventSource: string | undefined,
): readonly string[] {
  if (eventSource === undefined && OF_OTHERS_TOO.includes(eventName)) return [];
  return DATA_EVENTS.flatMap(({ types, sources, names }) => {
    const isOfSource = eventSource === undefined || sources.includes(eventSource);
    return isOfSource && names.includes(eventName) ? types : [];
  });
}

/** Whether the events of a type are listed here. */
export function isKnownType(type: string): boolean {
  return DATA_EVENTS.some(({ types }) => types.includes(type));
}
