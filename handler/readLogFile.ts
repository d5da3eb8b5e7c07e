import { gunzipSync, type InputType, type ZlibOptions } from 'node:zlib';
import { textAt } from './textAt.ts';

/** One element of `Records` with the two fields that every match needs; all else is unchecked. */
export interface CloudTrailRecord {
  readonly eventSource: string;
  readonly eventName: string;
  readonly [field: string]: unknown;
}

export interface LogFile {
  readonly records: readonly CloudTrailRecord[];
  readonly malformed: number; // elements that are no object, or lack a string eventName or eventSource
}

/**
 * Reads one log file: gzip around `{"Records": [...]}`.
 * @param maxBytes how large it may be uncompressed; a larger one is refused before it is inflated
 *   past that.
 * @throws Error with the reason, never with the file's content.
 */
export function readLogFile(bytes: Uint8Array, maxBytes: number): LogFile {
  const found = parse(textIn(bytes, maxBytes));
  const records = found.filter(isRecord);
  return { records, malformed: found.length - records.length };
}

/** Apart from `parse`, so that the inflated bytes can be freed before parsing needs the memory. */
function textIn(bytes: Uint8Array, maxBytes: number): string {
  return inflate(bytes, maxBytes).toString('utf8');
}

function inflate(bytes: Uint8Array, maxBytes: number): Buffer {
  if (bytes.length === 0) throw new Error('the object is empty');
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) throw new Error('not gzip');
  const { buffer, engine } = gunzip(bytes, announcedSize(bytes), maxBytes);
  // Node stops silently where a further gzip member does not begin.
  if (engine.bytesWritten !== bytes.length) throw new Error('not gzip: garbage after its end');
  return buffer;
}

function gunzip(bytes: Uint8Array, size: number, maxBytes: number): GunzipInfo {
  try {
    // One chunk that is not quite filled spares growing, and asking for a second one (bench/).
    return gunzipWithInfo(bytes, {
      chunkSize: size > maxBytes ? 65_536 : Math.max(size + 1, 1024),
      maxOutputLength: maxBytes,
      info: true,
    });
  } catch (error) {
    const code = textAt(error, 'code');
    if (code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(size, maxBytes);
    throw new Error(`not gzip, or cut short (${String(code)})`, { cause: error });
  }
}

interface GunzipInfo {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number }; // input bytes used
}

// Node's types do not know what the documented option `info` returns.
const gunzipWithInfo = gunzipSync as unknown as (
  bytes: InputType,
  options: ZlibOptions,
) => GunzipInfo;

/**
 * A gzip file ends in its size modulo 2^32. Only a hint: one that is cut short, or followed by
 * garbage, ends in something else and must not be called too large; maxOutputLength decides.
 */
function announcedSize(bytes: Uint8Array): number {
  if (bytes.length < 18) throw new Error('not gzip, or cut short (no trailer)');
  return new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 4).getUint32(0, true);
}

function tooLarge(announced: number, maxBytes: number): Error {
  const size = announced > maxBytes ? `${announced} bytes` : `over ${maxBytes} bytes`;
  const needed = 'raise the stack parameter HandlerMemory';
  return new Error(
    `uncompressed it is ${size}, the limit is ${maxBytes} (a sixth of memory): ${needed}`,
  );
}

function parse(json: string): readonly unknown[] {
  let body: unknown;
  try {
    body = JSON.parse(json);
  } catch {
    throw new Error('not JSON'); // V8's own message quotes the content
  }
  if (typeof body !== 'object' || body === null || !('Records' in body)) {
    throw new Error('no Records in it');
  }
  if (!Array.isArray(body.Records)) throw new Error('its Records is not an array');
  return body.Records;
}

function isRecord(value: unknown): value is CloudTrailRecord {
  return (
    typeof value === 'object' &&
    value !== null &&
    'eventName' in value &&
    typeof value.eventName === 'string' &&
    'eventSource' in value &&
    typeof value.eventSource === 'string'
  );
}
