const WITH_OFFSET: Intl.DateTimeFormatOptions = {
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
  timeZoneName: 'longOffset',
};

/**
 * A time for people: `2023-07-10 12:22:41 UTC (14:22 +02:00)`. What is no time is shown as it is.
 * @param timeZone an IANA name; UTC means no second time
 */
export function timesOf(time: string | undefined, timeZone: string): string | undefined {
  const parsed = Date.parse(time ?? '');
  if (time === undefined || Number.isNaN(parsed)) return time;
  const utc = `${new Date(parsed).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
  return timeZone === 'UTC' ? utc : `${utc} (${localTime(parsed, timeZone)})`;
}

function localTime(time: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', { ...WITH_OFFSET, timeZone }).formatToParts(time);
  const { hour, minute, timeZoneName } = Object.fromEntries(
    parts.map(({ type, value }) => [type, value]),
  ) as Record<'hour' | 'minute' | 'timeZoneName', string>;
  return `${hour}:${minute} ${timeZoneName.replace('GMT', '')}`;
}
