import type { Ports } from './ports.ts';

/** The time zone if it is one; otherwise UTC, and says so: a misspelt name must not cost alerts. */
export function validTimeZone(name: string, log: Ports['log']): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    log({ level: 'error', message: 'stack parameter TimeZone is no IANA time zone', name });
    return 'UTC';
  }
}
