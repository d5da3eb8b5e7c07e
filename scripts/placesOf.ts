import type { Alert } from '../handler/alert.ts';
import { alertIdOf } from '../handler/grouping/alertIdOf.ts';
import { unpackPart } from '../handler/grouping/groupPart.ts';
import { shortHash } from '../handler/grouping/keyOf.ts';
import { identityOf } from '../handler/identityOf.ts';
import type { StateItem } from '../handler/ports.ts';
import type { CloudTrailRecord } from '../handler/readLogFile.ts';

/** Where alerts stand in a replay: at the first record of what they tell. */
export interface Places {
  /** Notes the records of a log file, and the parts of groups that State got from it as new. */
  readonly note: (records: readonly CloudTrailRecord[], begun: readonly StateItem[]) => void;
  /** A number that sorts an alert of the log file noted last, or of a group noted before. */
  readonly placeOf: (alert: Alert) => number;
}

const MOST_RECORDS = 1e6; // in a log file

export function placesOf(): Places {
  const ofGroups = new Map<string, number>();
  let byIdentity = new Map<string, number>();
  let end = 0; // after the last record noted
  return {
    note: (records, begun) => {
      const start = end;
      end += MOST_RECORDS;
      byIdentity = new Map(
        records.map((record, index) => [identityOf(record), start + index] as const).toReversed(),
      );
      const byHash = new Map([...byIdentity].map(([one, place]) => [shortHash(one), place]));
      for (const item of begun) {
        const { id, seen } = groupOf(item);
        const places = seen.flatMap((hash) => byHash.get(hash) ?? []);
        ofGroups.set(id, Math.min(ofGroups.get(id) ?? end, ...places));
      }
    },
    placeOf: ({ id, record }) =>
      ofGroups.get(id) ?? byIdentity.get(identityOf(record as CloudTrailRecord)) ?? end,
  };
}

function groupOf(item: StateItem): { id: string; seen: readonly string[] } {
  const [, entryId = '', keyHash = ''] = item.key.split('#');
  const { bucket, seen } = unpackPart(item);
  return { id: alertIdOf(entryId, keyHash, bucket), seen };
}
