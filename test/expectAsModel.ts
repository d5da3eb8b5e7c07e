import { expect } from 'chai';
import type { Alert } from '../handler/alert.ts';
import { finalCounts as countsIn } from '../scripts/finalCounts.ts';
import type { Memory } from '../scripts/memoryPorts.ts';
import { copiesOf } from '../scripts/showAlert.ts';
import type { FirstSeenHistory, History } from './histories.ts';
import { iso, type KeysOf, naiveGroups } from './naiveGroups.ts';

const DAY = 86_400_000;

/** What was published and counted is what the model says, each alert at most `copies` times. */
export function expectAsModel(
  memory: Memory,
  { entries, records }: History,
  copies = 1,
  keysOf?: KeysOf,
): void {
  const expected = naiveGroups(entries, records, keysOf);
  const alerts = published(memory);
  const opened = alerts.filter(({ followsUp }) => followsUp === undefined);
  expect([...new Set(opened.map(({ id }) => id))].sort()).to.deep.equal(
    [...expected.keys()].sort(),
  );
  expectFew(
    opened.map(({ id }) => id),
    copies,
  );
  const counts = finalCounts(memory);
  for (const { id, group } of expected.values()) {
    if (group === undefined) continue;
    const found = counts.get(id);
    const isAbout = group.count >= 1000;
    expect(isAbout ? { ...found, count: group.count } : found, id).to.deep.equal(group);
    expectFollowUps(
      alerts.filter((alert) => alert.id === id),
      group.count,
      copies,
    );
  }
}

/** The same for first-seen entries, whose dates may move by the lateness of their log files. */
export function expectAsFirstSeen(memory: Memory, history: FirstSeenHistory, copies = 1): void {
  const { entries, records, lateness } = history;
  const expected = [...naiveGroups(entries, records).keys()];
  const ids = published(memory).map(({ id }) => id);
  const unique = [...new Set(ids)];
  expectFew(ids, copies);
  expect(unique.map(withoutDate).sort()).to.deep.equal(expected.map(withoutDate).sort());
  const found = unique.sort();
  for (const [index, id] of expected.sort().entries()) {
    const late = (dateOf(found[index] ?? '') - dateOf(id)) / DAY;
    expect(late || 0, `days that ${found[index]} is later than ${id}`).to.be.within(0, lateness);
  }
}

const withoutDate = (id: string) => id.replace(/\/\d{4}-\d{2}-\d{2}$/, '');
const dateOf = (id: string) => Date.parse(id.split('/').at(-1) ?? '');

function published(memory: Memory): Alert[] {
  return memory.published.map((message) => JSON.parse(copiesOf(message).default) as Alert);
}

function expectFew(ids: readonly string[], copies: number): void {
  for (const [id, same] of Map.groupBy(ids, (one) => one)) {
    expect(same.length, `copies of ${id}`).to.be.at.most(copies);
  }
}

interface Counted {
  readonly count: number;
  readonly first: string;
  readonly last: string;
}

/** What State holds in the end, by alert id. */
function finalCounts({ state }: Memory): ReadonlyMap<string, Counted> {
  const counted = [...countsIn(state)].map(([id, { count, first, last }]) => {
    return [id, { count, first: iso(first), last: iso(last) }] as const;
  });
  return new Map(counted);
}

/** @param alerts of one id, in the order in which they went out */
function expectFollowUps(alerts: readonly Alert[], final: number, copies: number): void {
  const steps = alerts.flatMap(({ followsUp }) => followsUp?.at ?? []);
  expectFew(steps.map(String), copies);
  const told = alerts.map(({ group }) => group?.count ?? 0);
  const what = `${alerts[0]?.id} told ${told.join()} at ${steps.join()} of ${final}`;
  const most = Math.max(...told);
  if (final < 1000) expect(most, what).to.be.at.most(final);
  for (const { followsUp, group } of alerts) {
    if (followsUp?.at === undefined) continue;
    expect(Math.log10(followsUp.at) % 1, what).to.equal(0);
    expect(group?.count, what).to.be.at.least(followsUp.at);
  }
  const step = 10 ** Math.floor(Math.log10(final));
  if (step >= 10) expect(most, `${what}: the last step`).to.be.at.least(step);
  if (copies > 1) return; // a copy may tell what was told
  for (const [index, count] of told.entries()) {
    const before = told[index - 1] ?? 0;
    expect(count, what).to.be.above(before);
    expect(alerts[index]?.followsUp?.at ?? Infinity, what).to.be.above(before);
  }
}
