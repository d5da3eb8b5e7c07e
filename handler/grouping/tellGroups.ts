import type { Alert } from '../alert.ts';
import { isoSeconds } from '../eventSeconds.ts';
import type { Match } from '../matchRecords.ts';
import type { Ports } from '../ports.ts';
import { present } from '../present.ts';
import { alertIdOf } from './alertIdOf.ts';
import { byOf } from './byOf.ts';
import { countGroup } from './countGroup.ts';
import type { Grouping } from './grouping.ts';
import type { Example } from './groupPart.ts';
import type { BucketCount } from './judge.ts';
import { membersOf } from './membersOf.ts';
import { type OpenBucket, openBuckets } from './openBuckets.ts';
import { previousOf } from './previousOf.ts';
import { type GroupSpan, spansOf } from './spansOf.ts';
import { addTold, inTurn, NOTHING_TOLD, type Teller, type ToldCounts } from './teller.ts';

/** Counts the matches of one entry together with those before, and tells what is to be told. */
export async function tellGroups(
  entryId: string,
  matches: readonly Match[],
  grouping: Grouping,
  ports: Ports,
  teller: Teller,
): Promise<ToldCounts> {
  const members = await membersOf(entryId, matches, grouping, ports);
  const spans = [...Map.groupBy(members, ({ alertKey }) => alertKey)].flatMap(([key, those]) =>
    spansOf(entryId, key, those, grouping),
  );
  const told = await inTurn(spans, (span) => tellSpan(span, ports, teller));
  return told.reduce(addTold, NOTHING_TOLD);
}

async function tellSpan(span: GroupSpan, ports: Ports, teller: Teller): Promise<ToldCounts> {
  const parts = await countGroup(span, ports);
  let told = NOTHING_TOLD;
  for (const open of openBuckets(span, parts)) {
    const { entryId, alertKey } = span;
    const occasion = {
      match: open.match,
      id: alertIdOf(entryId, alertKey, open.count.start),
      thread: `${entryId}/${alertKey}`,
      count: open.count.count,
      until: open.count.end,
      details: () => detailsOf(span, open, ports),
    };
    told = addTold(told, await teller(occasion));
  }
  return told;
}

async function detailsOf(
  span: GroupSpan,
  { count, match, isOther }: OpenBucket,
  ports: Ports,
): Promise<Pick<Alert, 'group'>> {
  const { grouping } = span;
  const previous = await previousOf(span, count.start, ports);
  const group = {
    by: isOther ? {} : byOf(match.subject, grouping.alertBy),
    ...countsOf(count, match, grouping),
    ...present({
      previous: previous && spanOf(previous),
      otherKeys: isOther ? (true as const) : undefined,
    }),
  };
  return { group };
}

function countsOf(count: BucketCount, { compiled }: Match, grouping: Grouping) {
  const { threshold } = compiled.entry;
  return {
    ...spanOf(count),
    ...present({
      countIsAbout: count.isAbout ? (true as const) : undefined,
      distinct: count.distinct,
      threshold: threshold && thresholdOf(threshold, grouping),
    }),
    start: isoSeconds(count.start),
    end: isoSeconds(count.end),
    examples: count.examples.map(shown),
  };
}

function shown(example: Example) {
  const { identity: _, ...rest } = example;
  return rest;
}

function thresholdOf(
  { count, minutes }: { readonly count: number; readonly minutes: number },
  { distinct }: Grouping,
) {
  return { count, minutes, ...present({ distinct: distinct?.text }) };
}

function spanOf({ count, first, last }: BucketCount) {
  return { count, first: isoSeconds(first), last: isoSeconds(last) };
}
