import { gzipSync } from 'node:zlib';
import type { CloudTrailRecord } from '../handler/readLogFile.ts';

/** Log files as CloudTrail delivers them, and what is in them. */
export interface GrownLogFiles {
  readonly files: readonly Uint8Array[]; // gzip
  readonly records: number;
  readonly jsonBytes: number; // uncompressed
}

type Grown = Iterator<CloudTrailRecord, never>;

/** So many records, in log files of the given numbers of records, over and over. */
export function growLogFiles(
  grown: Grown,
  records: number,
  sizes: readonly number[],
): GrownLogFiles {
  const files: Uint8Array[] = [];
  let jsonBytes = 0;
  for (let open = records; open > 0; ) {
    const size = Math.min(open, sizes[files.length % sizes.length] ?? open);
    const json = logFileOf(Array.from({ length: size }, () => JSON.stringify(grown.next().value)));
    files.push(gzipSync(json));
    jsonBytes += json.length;
    open -= size;
  }
  return { files, records, jsonBytes };
}

/** One log file of so many bytes uncompressed, or up to a record more. */
export function growLogFile(grown: Grown, bytes: number): GrownLogFiles {
  const records: string[] = [];
  for (let size = 0; size < bytes; ) {
    const json = JSON.stringify(grown.next().value);
    records.push(json);
    size += Buffer.byteLength(json) + 1;
  }
  const json = logFileOf(records);
  return { files: [gzipSync(json)], records: records.length, jsonBytes: json.length };
}

function logFileOf(records: readonly string[]): Buffer {
  return Buffer.from(`{"Records":[${records.join(',')}]}`);
}
