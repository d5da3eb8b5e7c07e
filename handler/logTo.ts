import type { LogLine, Ports } from './ports.ts';

/** Writes log lines as JSON, one line each, errors by their name and message alone. */
export function logTo(write: (line: string) => void): Ports['log'] {
  return (line: LogLine) => write(JSON.stringify(line, (_, value: unknown) => shown(value)));
}

function shown(value: unknown): unknown {
  return value instanceof Error ? `${value.name}: ${value.message}` : value;
}
