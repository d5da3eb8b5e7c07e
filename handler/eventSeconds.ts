import { textAt } from './textAt.ts';

// Date.parse alone also reads `1` and much else as some time.
const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/;

/** When a record's event happened, in whole epoch seconds; undefined where it does not say. */
export function eventSeconds(record: unknown): number | undefined {
  const time = textAt(record, 'eventTime') ?? '';
  const milliseconds = ISO.test(time) ? Date.parse(time) : Number.NaN;
  return Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds / 1000);
}

/** `2023-07-10T12:00:00Z` for whole epoch seconds. */
export function isoSeconds(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;
}
