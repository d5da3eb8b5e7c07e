import type { CloudTrailRecord } from '../handler/readLogFile.ts';
import {
  askedBy,
  type Keys,
  type KeysOf,
  type NaiveEntry,
  ownKeys,
  secondsOf,
} from './naiveGroups.ts';
import { naiveValues } from './naiveKey.ts';

const HOUR = 3600;
const ADMITTED = 200;

/**
 * The keys of records that came in one given order: per entry and hour of eventTime the first 200
 * threshold keys (without a threshold, the alert's) are admitted, for good; every other record of that hour counts under `*other*`.
 */
export function naiveFlood(
  entries: readonly NaiveEntry[],
  records: readonly CloudTrailRecord[], // in the order in which they came
): KeysOf {
  const admitted = new Map<string, Set<string>>();
  const hourOf = ({ id }: NaiveEntry, record: CloudTrailRecord) =>
    `${id}/${Math.floor((secondsOf(record) ?? 0) / HOUR)}`;
  for (const entry of entries) {
    for (const record of records.filter((candidate) => isCounted(entry, candidate))) {
      const hour = hourOf(entry, record);
      const keys = admitted.get(hour) ?? new Set();
      admitted.set(hour, keys);
      if (keys.size < ADMITTED) keys.add(ownKeys(entry, record).threshold);
    }
  }
  return (entry, record) => {
    const own = ownKeys(entry, record);
    return admitted.get(hourOf(entry, record))?.has(own.threshold) ? own : otherKeys(entry);
  };
}

function isCounted({ eventName, threshold }: NaiveEntry, record: CloudTrailRecord): boolean {
  if (record.eventName !== eventName || secondsOf(record) === undefined) return false;
  return threshold?.distinct === undefined || naiveValues(record, threshold.distinct).length > 0;
}

/** One key instead of all that came too late; W and M are the entry's, as in any other key. */
function otherKeys(entry: NaiveEntry): Keys {
  const { id, minutes, bucket } = askedBy(entry).alert;
  const key = JSON.stringify([id, minutes, bucket, '*other*']);
  return { threshold: key, alert: key };
}
