import { bucketOf } from './bucketOf.ts';
import type { Grouping } from './grouping.ts';
import type { GroupPart } from './groupPart.ts';
import type { Member } from './membersOf.ts';
import { partsOf } from './partsOf.ts';

/** Members of one alert key whose buckets may decide about each other; times in epoch seconds. */
export interface GroupSpan {
  readonly key: string; // in State: group#ENTRY#ALERTKEY
  readonly entryId: string;
  readonly alertKey: string; // a hash
  readonly from: number; // the starts of the first and the last bucket
  readonly to: number;
  readonly members: readonly Member[];
  readonly parts: readonly GroupPart[]; // what the members add to State
  readonly grouping: Grouping;
}

/** The spans of one alert key's members: a record made up for another year is a span of its own. */
export function spansOf(
  entryId: string,
  alertKey: string,
  members: readonly Member[],
  grouping: Grouping,
): readonly GroupSpan[] {
  const spans: { from: number; to: number; members: Member[] }[] = [];
  for (const member of members.toSorted((a, b) => a.seconds - b.seconds)) {
    const { from, to } = reachOf(member, grouping);
    const last = spans.at(-1);
    if (last === undefined || from > last.to) spans.push({ from, to, members: [member] });
    else {
      last.to = Math.max(last.to, to);
      last.members.push(member);
    }
  }
  return spans.map((span) => ({
    key: `group#${entryId}#${alertKey}`,
    entryId,
    alertKey,
    ...span,
    parts: partsOf(span.members, grouping),
    grouping,
  }));
}

/** From the first bucket that decides whether a record's bucket is open, to the last it may open. */
function reachOf({ seconds }: Member, grouping: Grouping): { from: number; to: number } {
  const { windowSeconds = 0 } = grouping;
  return {
    from: bucketOf(bucketOf(seconds, grouping) - windowSeconds, grouping),
    to: bucketOf(seconds + windowSeconds, grouping),
  };
}
