import type { CloudTrailRecord } from '../readLogFile.ts';
import { callerOf } from './caller.ts';
import type { Originator } from './followChain.ts';
import { originOf } from './originOf.ts';

/** Who is behind a record by what it says itself; otherwise, honestly, unresolved. */
export function ownOriginator(
  record: CloudTrailRecord,
  isOurs: (accountId: string) => boolean,
): Originator {
  const origin = originOf(callerOf(record), isOurs);
  if ('found' in origin) return { status: 'direct', ...origin.found };
  if (origin.otherwise !== undefined) return { status: 'direct', ...origin.otherwise };
  return {
    status: 'unresolved',
    reason: `${origin.behind} is not in this record`,
    kind: 'unknown',
  };
}
