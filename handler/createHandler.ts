import { keepReferenceData } from './keepReferenceData.ts';
import { maxLogFileBytes } from './maxLogFileBytes.ts';
import { messagesOf } from './messagesOf.ts';
import type { Ports } from './ports.ts';
import { processBatch } from './processBatch.ts';
import { report } from './report.ts';
import { addTallies, tallyOf } from './tally.ts';

/** What the function is told by its environment. */
export interface Settings {
  readonly functionName: string;
  readonly memoryMegabytes: number;
  readonly timeZone: string; // an IANA name
  readonly write: (line: string) => void; // to the log, as it is
}

/** The part of Lambda's context that is used. */
export interface LambdaContext {
  readonly getRemainingTimeInMillis: () => number;
}

/** What SQS is answered: the messages to deliver again. */
export interface BatchResponse {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

export type Handler = (
  event: unknown,
  context: LambdaContext,
) => Promise<BatchResponse | undefined>;

/** Composes the function from its side effects and settings. */
export function createHandler(ports: Ports, settings: Settings): Handler {
  const referenceData = keepReferenceData(ports);
  const fixed = {
    maxLogFileBytes: maxLogFileBytes(settings.memoryMegabytes),
    timeZone: settings.timeZone,
  };
  return async (event, context) => {
    const { fromQueue, messages } = messagesOf(event);
    const leaseEndsAt = leaseEnd(context, ports.now());
    let loaded = tallyOf();
    const { failed, tally } = await processBatch(messages, ports, async () => {
      const { counts, ...data } = await referenceData().catch((error: unknown) => {
        ports.log({
          level: 'error',
          message: 'watchlist could not be read; the batch fails',
          error,
        });
        throw error;
      });
      loaded = counts;
      return { ...fixed, ...data, leaseEndsAt };
    });
    settings.write(report(addTallies(tally, loaded), settings.functionName, ports.now()));
    if (fromQueue) return { batchItemFailures: failed.map((id) => ({ itemIdentifier: id })) };
    if (failed.length > 0)
      throw new Error('not everything was processed; the log says what and why');
    return undefined;
  };
}

/** The lease outlives the invocation, so that nobody else publishes while it may still. */
function leaseEnd(context: LambdaContext, now: number): number {
  return Math.ceil((now + context.getRemainingTimeInMillis()) / 1000) + 30;
}
