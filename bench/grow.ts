import type { CloudTrailRecord } from '../handler/readLogFile.ts';
import { hexDigits } from './hexDigits.ts';

export interface Growth {
  readonly isMatching: (record: CloudTrailRecord) => boolean;
  readonly oneIn: number; // of so many records in a row one matches, anywhere among them
}

/**
 * Records without end: the bundled ones over and over, in their own order, so that neighbours
 * compress as they do in real log files, but each with ids of its own. The same each time.
 */
export function* grow(
  bundled: readonly CloudTrailRecord[],
  { isMatching, oneIn }: Growth,
): Generator<CloudTrailRecord, never> {
  const hex = hexDigits('grow');
  const matching = endless(bundled.filter(isMatching));
  const others = endless(bundled.filter((record) => !isMatching(record)));
  for (;;) {
    const place = Number.parseInt(hex(8), 16) % oneIn;
    for (let index = 0; index < oneIn; index += 1) {
      const { value } = (index === place ? matching : others).next();
      yield withFreshIds(value, hex);
    }
  }
}

function* endless<T>(elements: readonly T[]): Generator<T, never> {
  if (elements.length === 0) throw new Error('nothing to grow from');
  for (;;) yield* elements;
}

// What makes two records one (identityOf), and what the service called it.
const IDS = ['eventID', 'sharedEventID', 'requestID'] as const;

function withFreshIds(record: CloudTrailRecord, hex: (length: number) => string): CloudTrailRecord {
  const fresh = IDS.flatMap((name) => {
    const id = record[name];
    return typeof id === 'string' ? [[name, freshId(id, hex)]] : [];
  });
  return { ...record, ...Object.fromEntries(fresh) };
}

/** An id of the same length and shape. */
function freshId(id: string, hex: (length: number) => string): string {
  const fresh = id.replace(/[0-9A-Za-z]/g, () => hex(1));
  return id === id.toUpperCase() ? fresh.toUpperCase() : fresh;
}
