import type { WatchlistRow } from '../../handler/entry.ts';
import type { NamedLists } from '../../handler/pattern/namedLists.ts';
import type { PatternNode } from '../../handler/pattern/pattern.ts';
import { requiredLiterals } from '../../handler/pattern/requiredLiterals.ts';
import type { SuppressionRow } from '../../handler/suppression.ts';
import { restsOnCaller } from './callerChosen.ts';
import { dataEventWarnings } from './dataEventWarnings.ts';
import { expiryWarnings } from './expiryWarnings.ts';
import { listWarnings } from './listWarnings.ts';
import { nodesOf } from './nodesOf.ts';
import { overlapWarnings } from './overlapWarnings.ts';
import { thresholdWarnings } from './thresholdWarnings.ts';

/** What is valid but surely not meant, one line each: `ENTRY-ID: ...`. */
export function warningsOf(
  rows: readonly WatchlistRow[],
  suppressions: readonly SuppressionRow[],
  lists: NamedLists,
  { knownAccounts, now }: { readonly knownAccounts: number; readonly now: number }, // epoch milliseconds
): readonly string[] {
  const byId = Map.groupBy(rows, ({ id }) => id);
  const warnings = [
    ...[...byId.values()].flatMap((own) => entryWarnings(own, lists)),
    ...overlapWarnings(rows, lists),
    ...listWarnings(
      [...rows, ...suppressions].map((row) => ({ ...row })),
      lists,
      knownAccounts,
    ),
    ...suppressions.flatMap((row) => suppressionWarnings(row, lists)),
    ...suppressions.flatMap((row) => expiryWarnings({ ...row }, now)),
  ];
  return [...new Set(warnings)];
}

/** Of the rows of one entry. */
function entryWarnings(own: readonly WatchlistRow[], lists: NamedLists): readonly string[] {
  const nodes = nodesOf(own[0]?.pattern, lists);
  return [
    ...own.slice(0, 1).flatMap((row) => exceptionWarnings(row, lists)),
    ...thresholdWarnings(own, nodes),
    ...own.flatMap((row) => indexWarnings(row, nodes)),
    ...dataEventWarnings(own, nodes),
  ];
}

const CHOSEN =
  'rests only on what the caller chooses (user agent, session name, label): anyone may use it';

function exceptionWarnings({ id, unless = [] }: WatchlistRow, lists: NamedLists): string[] {
  return unless.flatMap((pattern, index) =>
    restsOnCaller(pattern, lists) ? [`${id}: unless[${index}] ${CHOSEN}`] : [],
  );
}

function suppressionWarnings({ id, pattern }: SuppressionRow, lists: NamedLists): string[] {
  return pattern !== undefined && restsOnCaller(pattern, lists)
    ? [`suppression ${id}: ${CHOSEN}`]
    : [];
}

function indexWarnings(
  { id, eventName, eventSource }: WatchlistRow,
  nodes: readonly PatternNode[],
): string[] {
  const isIndexed =
    eventName !== '*' || eventSource !== undefined || requiredLiterals({ nodes }).length > 0;
  return isIndexed
    ? []
    : [
        `${id}: compared with every record: give it an eventSource, or an exact value in its pattern`,
      ];
}
