import type { Accounts } from '../accountAlias.ts';
import type { Match } from '../matchRecords.ts';
import { subjectOf } from '../subjectOf.ts';
import type { CompiledSuppression } from '../suppression.ts';
import type { Originator } from './followChain.ts';
import type { Originators } from './originators.ts';
import { foundIn } from './originOf.ts';

/** What exceptions are compared with besides a match. */
export interface ExcuseContext {
  readonly accounts: Accounts;
  readonly isTrusted: (accountId: string) => boolean;
  readonly suppressions: readonly CompiledSuppression[];
}

/** Whether an exception of an entry, or a suppression that may apply to it, asks for the originator. */
export function isAskedFor(
  { compiled }: Match,
  suppressions: readonly CompiledSuppression[],
): boolean {
  return compiled.excused !== undefined || suppressions.some((one) => one.asksOriginator);
}

/**
 * The matches that no exception on the originator passes over; those that suppressions ask about
 * know theirs. While it is not known nothing is passed over.
 */
export async function excuse(
  matches: readonly Match[],
  originators: Pick<Originators, 'find'>,
  context: ExcuseContext,
): Promise<readonly Match[]> {
  const kept: Match[] = [];
  for (const match of matches) {
    if (!isAskedFor(match, context.suppressions)) {
      kept.push(match);
      continue;
    }
    const { originator } = await originators.find(match);
    const named = withFound(match, originator, context);
    const isExcused = named !== undefined && match.compiled.excused?.(named.subject) === true;
    if (!isExcused) kept.push(named ?? match);
  }
  return kept;
}

/** The match with its originator among its facts; undefined while that is not known. */
function withFound(
  match: Match,
  originator: Originator,
  { accounts, isTrusted }: Pick<ExcuseContext, 'accounts' | 'isTrusted'>,
): Match | undefined {
  const found = foundIn(originator);
  if (found === undefined) return undefined;
  return { ...match, subject: subjectOf(match.record, accounts, isTrusted, found) };
}
