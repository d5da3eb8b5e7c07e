import { expect } from 'chai';
import fc from 'fast-check';
import { memoryPorts } from '../scripts/memoryPorts.ts';
import { deliver, deliverInTime, delivery, type LogFiles } from './deliveries.ts';
import { expectAsFirstSeen, expectAsModel } from './expectAsModel.ts';
import { type Fault, KINDS } from './faults.ts';
import { firstSeenHistory, flood, groupedHistory, smallHistory } from './histories.ts';
import { naiveFlood } from './naiveFlood.ts';
import { type Course, courseOf, randomFrom, yieldingPorts } from './runHistory.ts';

const MINUTES = 60_000;
const { SOAK_RUNS } = process.env;

/** How many histories a test runs: its share of SOAK_RUNS, which is for the quickest of them. */
function runs(share: number, usual: number): { numRuns: number } {
  return { numRuns: SOAK_RUNS === undefined ? usual : Math.ceil(Number(SOAK_RUNS) * share) };
}

const MAY_REPEAT = new Set([
  'publish throws after its effect',
  'publish is abandoned after its effect',
  'confirm is abandoned before its effect',
]);

/** Log files dealt to invocations that race, one of them perhaps with a fault; what fails comes again. */
async function race(
  { memory, invoke, redeliver }: Course,
  files: LogFiles,
  { many, number, fault }: Race,
): Promise<void> {
  const random = randomFrom(number);
  const hands = Array.from({ length: many }, (_, index) =>
    files.filter((_file, at) => at % many === index),
  );
  const ran = await Promise.all(
    hands.map((hand, index) =>
      invoke(hand, yieldingPorts(memoryPorts(memory), random), index === 0 ? fault : undefined),
    ),
  );
  await redeliver(ran.flatMap(({ failed }) => failed));
}

interface Race {
  readonly many: number; // invocations
  readonly number: number; // where the random numbers begin
  readonly fault: Fault | undefined;
}

const races: fc.Arbitrary<Race> = fc.record({
  many: fc.integer({ min: 2, max: 10 }),
  number: fc.nat(),
  fault: fc.option(fc.record({ call: fc.nat(30), kind: fc.constantFrom(...KINDS) }), {
    nil: undefined,
  }),
});

/** A fault may publish a copy, of whatever call it is. */
const copiesIn = ({ fault }: Race) => (fault === undefined ? 1 : 2);

/** Runs deliveries to the end once for each port call in them and each kind of fault. */
async function withEveryFault(
  deliveries: readonly LogFiles[],
  start: () => Course,
  check: (course: Course, copies: number) => void,
): Promise<void> {
  const clean = start();
  for (const [index, files] of deliveries.entries()) {
    const { calls } = await clean.invoke(files);
    for (const [call, name] of calls.entries()) {
      for (const kind of KINDS) {
        const course = start();
        for (const [at, others] of deliveries.entries()) {
          const fault = at === index ? { call, kind } : undefined;
          const { failed } = await course.invoke(others, undefined, fault);
          await course.redeliver(failed);
        }
        const copies = MAY_REPEAT.has(`${name} ${kind}`) ? 2 : 1;
        under(`${name} (call ${call} of delivery ${index}) ${kind}`, () => check(course, copies));
      }
    }
  }
}

/** Says which fault it was, where a check fails. */
function under(fault: string, check: () => void): void {
  try {
    check();
  } catch (error) {
    throw new Error(`after ${fault}`, { cause: error });
  }
}

describe('grouping, compared with a naive model', () => {
  it('tells the same of a history however its records come', async () => {
    const property = fc.asyncProperty(groupedHistory, delivery, async (history, how) => {
      const { memory, invoke } = courseOf(history.entries);
      const { failed } = await invoke(deliver(history.records, how));
      expect(failed).to.deep.equal([]);
      expectAsModel(memory, history);
    });
    await fc.assert(property, runs(1, 400));
  }).timeout(60 * MINUTES);

  it('tells the same after a fault in any call of a port', async () => {
    const property = fc.asyncProperty(smallHistory, delivery, async (history, how) => {
      await withEveryFault(
        [deliver(history.records, how)],
        () => courseOf(history.entries),
        ({ memory }, copies) => expectAsModel(memory, history, copies),
      );
    });
    await fc.assert(property, runs(1 / 20, 30));
  }).timeout(60 * MINUTES);

  it('tells the same when invocations race', async () => {
    const property = fc.asyncProperty(
      groupedHistory,
      delivery,
      races,
      async (history, how, run) => {
        const course = courseOf(history.entries);
        await race(course, deliver(history.records, how), run);
        expectAsModel(course.memory, history, copiesIn(run));
      },
    );
    await fc.assert(property, runs(1, 300));
  }).timeout(60 * MINUTES);

  it('counts keys over 200 in an hour together', async () => {
    const property = fc.asyncProperty(flood, delivery, async (history, { sizes }) => {
      const { memory, invoke } = courseOf(history.entries);
      await invoke(deliver(history.records, { order: [0], again: [], sizes, filesAgain: [] }));
      expectAsModel(memory, history, 1, naiveFlood(history.entries, history.records));
    });
    // A flood has no small counterexample: looking for one would take minutes.
    await fc.assert(property, { ...runs(1 / 20, 15), endOnFailure: true });
  }).timeout(60 * MINUTES);
});

describe('what is first seen, compared with a naive model', () => {
  it('is told once, within the lateness of its log files', async () => {
    const property = fc.asyncProperty(firstSeenHistory, delivery, async (history, how) => {
      const { memory, invoke } = courseOf(history.entries);
      for (const files of deliverInTime(history, how)) await invoke(files);
      expectAsFirstSeen(memory, history);
    });
    await fc.assert(property, runs(1, 300));
  }).timeout(60 * MINUTES);

  it('is told after a fault in any call of a port', async () => {
    const property = fc.asyncProperty(firstSeenHistory, delivery, async (history, how) => {
      await withEveryFault(
        deliverInTime(history, how),
        () => courseOf(history.entries),
        ({ memory }, copies) => expectAsFirstSeen(memory, history, copies),
      );
    });
    await fc.assert(property, runs(1 / 20, 15));
  }).timeout(60 * MINUTES);

  it('is told once when invocations race', async () => {
    const property = fc.asyncProperty(
      firstSeenHistory,
      delivery,
      races,
      async (history, how, run) => {
        const course = courseOf(history.entries);
        for (const files of deliverInTime(history, how)) await race(course, files, run);
        expectAsFirstSeen(course.memory, history, copiesIn(run));
      },
    );
    await fc.assert(property, runs(1, 200));
  }).timeout(60 * MINUTES);
});
