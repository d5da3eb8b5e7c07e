import type { Invocation } from './invocation.ts';
import { logFileKind } from './logFileKind.ts';
import { logFilesAnnouncedBy } from './logFilesAnnouncedBy.ts';
import type { Message } from './messagesOf.ts';
import type { Ports } from './ports.ts';
import { processLogFile } from './processLogFile.ts';
import { addTallies, type Tally, tallyOf } from './tally.ts';

export interface BatchResult {
  readonly failed: readonly string[]; // message ids, each to be delivered again
  readonly tally: Tally;
}

/**
 * Processes messages one after another; each fails alone, if anything it announces failed.
 * @param prepare called once, before the first log file
 * @throws whatever `prepare` throws: without a watchlist nothing can be decided
 */
export async function processBatch(
  messages: readonly Message[],
  ports: Ports,
  prepare: () => Promise<Invocation>,
): Promise<BatchResult> {
  const failed: string[] = [];
  let tally = tallyOf({ messages: messages.length });
  let invocation: Invocation | undefined;
  for (const { id, body } of messages) {
    const { objects, problems } = logFilesAnnouncedBy(body);
    let ok = problems.length === 0;
    if (!ok) ports.log({ level: 'error', message: 'notification not understood', id, problems });
    for (const ref of objects) {
      const found = logFileKind(ref.key);
      if (found.kind === 'log file') {
        invocation ??= await prepare();
        const counted = await processLogFile(ref, found.accountId, ports, invocation);
        tally = addTallies(tally, counted);
        ok &&= counted.logFilesFailed === 0;
      } else {
        tally = addTallies(tally, tallyOf({ [COUNTS[found.kind]]: 1 }));
      }
    }
    if (!ok) failed.push(id);
  }
  return { failed, tally: addTallies(tally, tallyOf({ messagesFailed: failed.length })) };
}

const COUNTS = {
  digest: 'digestFiles',
  insight: 'insightFiles',
  aggregated: 'aggregatedFiles',
  foreign: 'foreignObjects',
} as const satisfies Record<string, keyof Tally>;
