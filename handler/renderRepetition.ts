import type { Alert } from './alert.ts';
import { printable } from './printable.ts';
import { stepReached } from './steps.ts';

type Group = NonNullable<Alert['group']>;

/** The sentence that a follow-up begins with; empty for a first alert. */
export function followUpOf({ followsUp, group }: Alert): string {
  if (followsUp?.why === 'originator') return originatorText(followsUp.explainedBy);
  if (followsUp === undefined || group === undefined) return '';
  return `More of an alert that you have: ${countText(group)} times by now, past the mark of ${number(Number(followsUp.at))}.`;
}

function originatorText(explainedBy: string | undefined): string {
  const known = 'Now it is known who was behind an alert that you have';
  if (explainedBy === undefined) return `${known}.`;
  return `${known}: ${printable(explainedBy, 200)} would have kept it quiet. No action is needed.`;
}

/** How often, by what it was counted, and examples: lines of a mail; none for a single event. */
export function repetitionOf({ group, firstSeen }: Alert): string[] {
  if (firstSeen !== undefined) return firstSeenLines(firstSeen);
  return group === undefined ? [] : groupLines(group);
}

function groupLines(group: Group): string[] {
  const { by, previous, otherKeys } = group;
  return [
    `Count    ${countText(group)} from ${clock(group.start)} to ${clock(group.end)}${distinctText(group)}; told again at ${number(10 * stepReached(group.count))}`,
    thresholdLine(group),
    ...(group.count > 1 ? spanLines(group) : []), // else they say what the mail has said
    otherKeys === true ? `By       ${OTHERS}` : byLine(by),
    previous === undefined
      ? ''
      : `Before   ${number(previous.count)} from ${clock(previous.first)} to ${clock(previous.last)}`,
  ];
}

function spanLines({ first, last, examples }: Group): string[] {
  return [
    `Between  ${clock(first)} and ${clock(last)}`,
    ...examples.map(
      ({ time, action, errorCode, eventId }) =>
        `e.g.     ${printable([clock(time), action, errorCode, eventId].filter((part) => part !== undefined).join(' '), 400)}`,
    ),
  ];
}

/** What it took to tell, beside what came. */
function thresholdLine({ threshold }: Group): string {
  if (threshold === undefined) return '';
  const { count, minutes, distinct } = threshold;
  const what = distinct === undefined ? '' : ` different ${printable(distinct, 200)}`;
  return `Told at  ${number(count)}${what} within ${number(minutes)} min`;
}

const OTHERS = 'over 200 different keys in one hour: this counts all the others together';

function firstSeenLines({ by, days, lastSeen, otherKeys }: NonNullable<Alert['firstSeen']>) {
  const before = lastSeen === undefined ? 'never before' : `last on ${lastSeen}`;
  return [
    `New      not seen for ${days} days (${before})`,
    otherKeys === true ? `By       ${OTHERS}` : byLine(by),
  ];
}

function byLine(by: Group['by']): string {
  const values = Object.entries(by).map(([path, value]) => `${path} ${value}`);
  return values.length === 0 ? '' : `By       ${printable(values.join(', '), 1000)}`;
}

function countText({ count, countIsAbout }: Group): string {
  return `${countIsAbout === true ? 'about ' : ''}${number(count)}`;
}

function distinctText({ distinct, threshold }: Group): string {
  const what = threshold?.distinct;
  if (distinct === undefined || what === undefined) return '';
  return `, ${number(distinct)} different ${printable(what, 200)}`;
}

function number(value: number): string {
  return value.toLocaleString('en');
}

/** `2023-07-10 12:00:00 UTC` of an ISO time in UTC. */
function clock(time: string): string {
  return `${time.slice(0, 19).replace('T', ' ')} UTC`;
}
