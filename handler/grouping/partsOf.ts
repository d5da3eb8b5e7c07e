import { actionOf } from '../actionOf.ts';
import { isoSeconds } from '../eventSeconds.ts';
import { present } from '../present.ts';
import { shortText } from '../shortText.ts';
import { bucketOf } from './bucketOf.ts';
import type { Grouping } from './grouping.ts';
import { type Example, type GroupPart, mergeExamples, piecesOf, VALUES_KEPT } from './groupPart.ts';
import type { Member } from './membersOf.ts';
import { mergeOccurrences, type Occurrence } from './occurrences.ts';
import { mergeHashes } from './smallestHashes.ts';

/** What members add to State: a part for each threshold key and bucket. */
export function partsOf(members: readonly Member[], grouping: Grouping): readonly GroupPart[] {
  const nameOf = (member: Member) => `${bucketOf(member.seconds, grouping)} ${member.key}`;
  const groups = [...Map.groupBy(members, nameOf).values()] as [Member, ...Member[]][]; // never empty
  return groups.map((those) => partOf(those, grouping));
}

function partOf(members: readonly [Member, ...Member[]], grouping: Grouping): GroupPart {
  const [{ seconds, key }] = members;
  const bucket = bucketOf(seconds, grouping);
  const times = members.map((member) => member.seconds);
  const occurrences = members.flatMap((member) => occurrencesOf(member, grouping));
  return {
    bucket,
    key,
    seen: mergeHashes([members.map(({ identity }) => identity)]),
    values: mergeHashes([members.flatMap(({ values }) => values)], VALUES_KEPT),
    occurrences: mergeOccurrences(occurrences, piecesOf(bucket, grouping)),
    first: times.reduce((a, b) => Math.min(a, b)),
    last: times.reduce((a, b) => Math.max(a, b)),
    examples: mergeExamples(members.map(exampleOf)),
  };
}

/** What a threshold counts of a record; nothing if there is none. */
function occurrencesOf(member: Member, grouping: Grouping): Occurrence[] {
  if (grouping.windowSeconds === undefined) return [];
  const hashes = grouping.distinct === undefined ? [member.identity] : member.values;
  return hashes.map((hash) => ({ hash, first: member.seconds, last: member.seconds }));
}

function exampleOf({ match: { record }, seconds, identity }: Member): Example {
  return {
    identity,
    ...present({ eventId: shortText(record, 'eventID') }),
    time: isoSeconds(seconds),
    action: actionOf(record),
    ...present({ errorCode: shortText(record, 'errorCode') }),
  };
}
