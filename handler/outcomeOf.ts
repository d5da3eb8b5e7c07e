import type { CloudTrailRecord } from './readLogFile.ts';
import { textAt, valueAt } from './textAt.ts';

export type Outcome = 'success' | 'failure';

/** Whether the call did what it asked for. A failed ConsoleLogin has no errorCode. */
export function outcomeOf(record: CloudTrailRecord): Outcome {
  const failed =
    isFilled(valueAt(record, 'errorCode')) ||
    isFilled(valueAt(record, 'errorMessage')) ||
    textAt(record, 'responseElements', 'ConsoleLogin') === 'Failure';
  return failed ? 'failure' : 'success';
}

function isFilled(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}
