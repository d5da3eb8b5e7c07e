/** The JSON of a value, or undefined where it is nested too deeply for the stack. */
export function jsonOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

/** A value's size as JSON, in bytes of UTF-8; 0 where it cannot be written. */
export function jsonBytes(value: unknown): number {
  return Buffer.byteLength(jsonOf(value) ?? '', 'utf8');
}
