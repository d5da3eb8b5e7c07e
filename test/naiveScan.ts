import type { WatchlistRow } from '../handler/entry.ts';
import type { CloudTrailRecord } from '../handler/readLogFile.ts';

const VERSION = /^\d{4}_?\d{2}_?\d{2}(v\d+)?$/;

/** The matches that the line has to find, by the plainest reading: every row against every record. */
export function naiveScan(
  rows: readonly WatchlistRow[],
  records: readonly CloudTrailRecord[],
): { record: CloudTrailRecord; id: string }[] {
  return records.flatMap((record) => {
    const found = rows.filter((row) => isNamed(row, record) && isFrom(row, record));
    const ids = [...new Set(found.map(({ id }) => id))].sort();
    return ids.map((id) => ({ record, id }));
  });
}

function isNamed(row: WatchlistRow, record: CloudTrailRecord): boolean {
  if (!record.eventName.startsWith(row.eventName)) return false;
  const rest = record.eventName.slice(row.eventName.length);
  return rest === '' || VERSION.test(rest);
}

function isFrom({ eventSource }: WatchlistRow, record: CloudTrailRecord): boolean {
  return eventSource === undefined || [eventSource].flat().includes(record.eventSource);
}
