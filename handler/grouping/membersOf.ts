import { eventSeconds } from '../eventSeconds.ts';
import { identityOf } from '../identityOf.ts';
import type { Match } from '../matchRecords.ts';
import type { Ports } from '../ports.ts';
import { valueOf } from '../subjectOf.ts';
import { flat } from '../valueAtPath.ts';
import { admitKeys, HOUR } from './admitKeys.ts';
import type { Grouping } from './grouping.ts';
import { hashOfKey, OTHER, shortHash, stable } from './keyOf.ts';

/** A match as its group counts it. */
export interface Member {
  readonly match: Match;
  readonly seconds: number; // epoch
  readonly identity: string; // a hash
  readonly values: readonly string[]; // hashes of the distinct values; empty without `distinct`
  readonly key: string; // the hash of its threshold key
  readonly alertKey: string; // the hash of its alert's key
  readonly isOther: boolean; // its own key came after too many others
}

/** The members that one entry's matches make; a record without a value to be distinct is none. */
export async function membersOf(
  entryId: string,
  matches: readonly Match[],
  grouping: Grouping,
  ports: Pick<Ports, 'readState' | 'writeState' | 'now'>,
): Promise<readonly Member[]> {
  const members = matches.flatMap((match) => memberOf(match, grouping));
  const admitted: (readonly Member[])[] = [];
  for (const [hour, those] of Map.groupBy(members, hourOf)) {
    const keys = await admitKeys(entryId, hour, [...new Set(those.map(({ key }) => key))], ports);
    admitted.push(
      those.map((member) => (keys.has(member.key) ? member : asOther(member, grouping))),
    );
  }
  return admitted.flat(); // a log file may hold more members than a call takes arguments
}

function memberOf(match: Match, grouping: Grouping): Member[] {
  const { subject, compiled, record } = match;
  const seconds = eventSeconds(record);
  const values = valuesOf(match, grouping);
  if (seconds === undefined || values === undefined) return [];
  const parts = keyParts(compiled.entry.id, grouping);
  return [
    {
      match,
      seconds,
      values,
      identity: shortHash(identityOf(record)),
      key: hashOfKey(parts, grouping.thresholdBy, subject),
      alertKey: hashOfKey(parts, grouping.alertBy, subject),
      isOther: false,
    },
  ];
}

function asOther(member: Member, grouping: Grouping): Member {
  const { subject, compiled } = member.match;
  const key = hashOfKey(keyParts(compiled.entry.id, grouping), OTHER, subject);
  return { ...member, key, alertKey: key, isOther: true };
}

/** Undefined if the threshold counts distinct values and the record has none. */
function valuesOf({ subject }: Match, { distinct }: Grouping): readonly string[] | undefined {
  if (distinct === undefined) return [];
  const value = valueOf(subject, distinct.segments);
  const values = Array.isArray(value) ? flat(value) : [value];
  const present = values.filter((one) => one !== undefined);
  return present.length === 0 ? undefined : present.map((one) => shortHash(stable(one)));
}

function keyParts(entryId: string, { windowSeconds, bucketSeconds }: Grouping) {
  return [entryId, windowSeconds === undefined ? null : windowSeconds / 60, bucketSeconds / 60];
}

function hourOf({ seconds }: Member): number {
  return Math.floor(seconds / HOUR) * HOUR;
}
