export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

/** As CloudTrail writes the time of an event. */
export const eventTime = (time: number): string =>
  new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');

/** As STS writes the end of credentials: `Mar 4, 2026, 10:15:27 AM`. */
export const expiration = (time: number): string =>
  new Date(time)
    .toLocaleString('en-US', { timeZone: 'UTC', dateStyle: 'medium', timeStyle: 'medium' })
    .replaceAll('\u202f', ' '); // newer locale data puts a narrow space there
