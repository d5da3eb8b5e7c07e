import { expect } from 'chai';
import { type BatchResponse, createHandler } from '../handler/createHandler.ts';
import type { Ports } from '../handler/ports.ts';
import type { Tally } from '../handler/tally.ts';
import { type Memory, memoryOf, memoryPorts } from '../scripts/memoryPorts.ts';
import { expectAlerts } from './alertShape.ts';
import {
  BUCKET,
  contextOf,
  keyOf,
  logFileOf,
  recordOf,
  rowOf,
  s3EventOf,
  sqsRecordOf,
} from './factories.ts';
import { type Fault, faultyPorts, KINDS } from './faults.ts';

const START = Date.parse('2023-07-10T12:26:00Z');
const TWELVE_MINUTES = 12 * 60 * 1000; // the queue's visibility timeout: every lease has ended

const records = Array.from({ length: 14 }, (_, index) =>
  recordOf({ eventID: `event-${index}`, eventTime: `2023-07-10T12:22:${10 + index}Z` }),
);
const quiet = recordOf({ eventID: 'quiet', eventName: 'DescribeTrails' });

// The second file repeats an event of the first; the fourth message delivers the first file again.
const FILES: Readonly<Record<string, readonly unknown[]>> = {
  [keyOf('AAAAAAAAAAAAAAAA')]: [quiet, ...records.slice(0, 12)],
  [keyOf('BBBBBBBBBBBBBBBB')]: [records[3], records[12], null],
  [keyOf('CCCCCCCCCCCCCCCC')]: [records[13]],
};
const [first = '', second = '', third = ''] = Object.keys(FILES);
const MESSAGES = [
  [first],
  [keyOf('DDDDDDDDDDDDDDDD', 'CloudTrail-Digest'), second],
  [third],
  [first],
];
const EXPECTED = records.map((_, index) => `event-${index}/trail-stopped`).sort();

function freshMemory(): Memory {
  return memoryOf({
    watchlist: [rowOf()],
    accountAliases: [],
    read: async ({ bucket, key }) => {
      expect(bucket).to.equal(BUCKET);
      return logFileOf(FILES[key] ?? []);
    },
    now: START,
  });
}

interface Run {
  readonly failed: readonly string[]; // message ids to deliver again
  readonly calls: readonly string[];
}

/** One invocation on some messages, with a fault or without. */
async function invoke(
  memory: Memory,
  ids: readonly string[],
  fault?: Fault,
  real: Ports = memoryPorts(memory),
): Promise<Run> {
  const { ports, calls, abandoned } = faultyPorts(real, fault);
  const lines: string[] = [];
  const handler = createHandler(ports, {
    functionName: 'trailwatch',
    memoryMegabytes: 1024,
    timeZone: 'UTC',
    write: (line) => void lines.push(line),
  });
  const event = {
    Records: ids.map((id) => sqsRecordOf(id, s3EventOf(MESSAGES[Number(id)] ?? []))),
  };
  const ended = await Promise.race([handler(event, contextOf()).catch(() => 'threw'), abandoned]);
  for (const line of lines) expectIdentities(JSON.parse(line) as Tally);
  return { failed: typeof ended === 'string' ? ids : failedIds(ended), calls };
}

function failedIds(response: BatchResponse | undefined): string[] {
  return (response?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier);
}

function expectIdentities(tally: Tally): void {
  const { recordsMatched, recordsUnmatched, recordsMalformed } = tally;
  expect(tally.recordsRead).to.equal(recordsMatched + recordsUnmatched + recordsMalformed);
  const { alertsFailed, alertsSent, alertsSentBefore } = tally;
  expect(tally.matches).to.equal(alertsFailed + alertsSent + alertsSentBefore);
}

/** Delivers failed messages again, when every lease has ended, until none fails. */
async function redeliver(memory: Memory, failed: readonly string[]): Promise<void> {
  let open = failed;
  for (let receive = 2; open.length > 0 && receive <= 5; receive += 1) {
    memory.now += TWELVE_MINUTES;
    ({ failed: open } = await invoke(memory, open));
  }
  expect(open, 'messages that never succeed').to.deep.equal([]);
}

const ALL = ['0', '1', '2', '3'];

/** How many copies of each alert went out. */
function copies(memory: Memory): Map<string, number> {
  expectAlerts(memory);
  const counts = new Map<string, number>();
  for (const { id } of memory.published) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

const byId = ([a]: [string, number], [b]: [string, number]) => (a < b ? -1 : 1);

const MAY_REPEAT = new Set([
  'publish throws after its effect',
  'publish is abandoned after its effect',
  'confirm is abandoned before its effect',
]);

describe('alerts under faults', () => {
  it('arrive once when nothing goes wrong, whatever comes twice', async () => {
    const memory = freshMemory();
    const { failed } = await invoke(memory, ALL);
    expect(failed).to.deep.equal([]);
    expect(memory.published.map(({ id }) => id).sort()).to.deep.equal(EXPECTED);
  });

  it('arrive, and a second copy only where it cannot be helped, whichever call goes wrong', async () => {
    const { calls } = await invoke(freshMemory(), ALL);
    expect(new Set(calls)).to.include.members(['getLogFile', 'claim', 'publish', 'confirm']);
    for (const [call, name] of calls.entries()) {
      for (const kind of KINDS) {
        const memory = freshMemory();
        const { failed } = await invoke(memory, ALL, { call, kind });
        await redeliver(memory, failed);
        const counts = copies(memory);
        expect([...counts.keys()].sort(), `call ${call}: ${name} ${kind}`).to.deep.equal(EXPECTED);
        const most = Math.max(...counts.values());
        const allowed = MAY_REPEAT.has(`${name} ${kind}`) ? 2 : 1;
        expect(most, `copies after call ${call}: ${name} ${kind}`).to.be.at.most(allowed);
      }
    }
  });

  it('do go out twice where a publish had its effect and its confirmation did not', async () => {
    const { calls } = await invoke(freshMemory(), ALL);
    for (const fault of MAY_REPEAT) {
      const call = calls.indexOf(fault.split(' ')[0] ?? '');
      const kind = KINDS.find((candidate) => fault.endsWith(candidate));
      const memory = freshMemory();
      const run = await invoke(memory, ALL, { call, kind: kind ?? KINDS[0] });
      await redeliver(memory, run.failed);
      expect(Math.max(...copies(memory).values()), fault).to.equal(2);
    }
  });

  it('survive a release that goes wrong after a publish that went wrong', async () => {
    const publish = async () => {
      throw new Error('SNS is away');
    };
    const probe = freshMemory();
    const { calls } = await invoke(probe, ALL, undefined, { ...memoryPorts(probe), publish });
    const call = calls.indexOf('release');
    expect(call).to.be.at.least(0);
    for (const kind of KINDS) {
      const memory = freshMemory();
      const ports = { ...memoryPorts(memory), publish };
      const { failed } = await invoke(memory, ALL, { call, kind }, ports);
      expect(memory.published).to.deep.equal([]);
      await redeliver(memory, failed);
      expect([...copies(memory)].toSorted(byId)).to.deep.equal(EXPECTED.map((id) => [id, 1]));
    }
  });

  it('arrive once from two invocations that race for the same messages', async () => {
    const memory = freshMemory();
    const runs = await Promise.all([invoke(memory, ALL), invoke(memory, ALL), invoke(memory, ALL)]);
    await redeliver(memory, [...new Set(runs.flatMap(({ failed }) => failed))]);
    expect([...copies(memory)].toSorted(byId)).to.deep.equal(EXPECTED.map((id) => [id, 1]));
  });
});
