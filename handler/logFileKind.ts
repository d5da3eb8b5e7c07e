/** What an object key announces. `time` is the file's own, epoch milliseconds, where its name says. */
export type LogFileKind =
  | { readonly kind: 'log file'; readonly accountId: string; readonly time?: number }
  | { readonly kind: 'digest' | 'insight' | 'aggregated' | 'foreign' };

// [prefix/]AWSLogs/[o-orgid/]ACCOUNT/FOLDER/REGION/YYYY/MM/DD/NAME. Anchored at the end, because
// the prefix is free text: Control Tower's is `o-orgid`, and it may itself contain `AWSLogs`.
const LAYOUT =
  /(?:^|\/)AWSLogs\/(?:o-[a-z0-9]+\/)?(\d{12})\/([^/]+)\/[^/]+\/\d{4}\/\d{2}\/\d{2}\/([^/]+)$/;

const NAME_TIME = /_(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})Z_/;

/** The ending of every log file's key; the bucket's notification filter says the same. */
export const LOG_FILE_SUFFIX = '.json.gz';

const FOLDERS: Readonly<Record<string, LogFileKind['kind']>> = {
  CloudTrail: 'log file',
  'CloudTrail-NetworkActivity': 'log file', // ordinary records
  'CloudTrail-Digest': 'digest',
  'CloudTrail-Insight': 'insight',
  'CloudTrail-Aggregated': 'aggregated',
};

/** Tells log files from their neighbours in the trail bucket: the only place that knows the layout. */
export function logFileKind(key: string): LogFileKind {
  const [, accountId = '', folder = '', name = ''] = LAYOUT.exec(key) ?? [];
  const kind = Object.hasOwn(FOLDERS, folder) ? FOLDERS[folder] : undefined;
  if (kind === undefined || !name.endsWith(LOG_FILE_SUFFIX)) return { kind: 'foreign' };
  return kind === 'log file' ? { kind, accountId, ...timeOf(name) } : { kind };
}

function timeOf(name: string): { time?: number } {
  const found = NAME_TIME.exec(name);
  if (found === null) return {}; // Date.parse reads even `undefined-undefined` as some time
  const [, year, month, day, hour, minute] = found;
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:00Z`);
  return Number.isNaN(time) ? {} : { time };
}
