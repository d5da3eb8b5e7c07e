import { cut } from './printable.ts';
import type { CloudTrailRecord } from './readLogFile.ts';
import { textAt } from './textAt.ts';

/** A record's text as alerts carry it, cut to what such fields need; undefined if there is none. */
export function shortText(record: CloudTrailRecord, field: string): string | undefined {
  return boundedText(record, field, 256);
}

/** CloudTrail itself cuts userAgent, errorCode and errorMessage at 1 KB. */
export function longText(record: CloudTrailRecord, field: string): string | undefined {
  return boundedText(record, field, 1024);
}

function boundedText(record: CloudTrailRecord, field: string, max: number): string | undefined {
  const text = textAt(record, field);
  return text === undefined ? undefined : cut(text, max);
}
