import { isDeepStrictEqual } from 'node:util';
import { SEVERITIES, type WatchlistRow } from '../../handler/entry.ts';
import type { NamedLists } from '../../handler/pattern/namedLists.ts';
import type { Leaf, PatternNode } from '../../handler/pattern/pattern.ts';
import { covers } from './covers.ts';
import { nodesOf } from './nodesOf.ts';

/** A row as it is compared: all that a record has to meet, and what passes it over. */
interface Compared {
  readonly row: WatchlistRow;
  readonly nodes: readonly PatternNode[];
  readonly unless: readonly (readonly PatternNode[])[];
}

/**
 * Entries that tell again what another one tells of the same record. One that is more severe than
 * the other is meant to, and so is one that counts where the other does not.
 */
export function overlapWarnings(
  rows: readonly WatchlistRow[],
  lists: NamedLists,
): readonly string[] {
  const compared = comparedOf(rows, lists);
  const byName = Map.groupBy(compared, ({ row }) => row.eventName);
  const ofAnyName = byName.get('*') ?? [];
  const found = new Map<string, { narrow: string; wide: string; names: string[] }>();
  for (const [name, same] of byName) {
    const wider = name === '*' ? same : [...same, ...ofAnyName];
    for (const narrow of same) {
      for (const wide of wider.filter((one) => tellsAgain(one, narrow, compared))) {
        const key = `${narrow.row.id} ${wide.row.id}`;
        const pair = found.get(key) ?? { narrow: narrow.row.id, wide: wide.row.id, names: [] };
        found.set(key, pair);
        pair.names.push(name);
      }
    }
  }
  return [...found.values()].map(
    ({ narrow, wide, names }) =>
      `${narrow}: each of its matches of ${names.join(', ')} is one of ${wide} too`,
  );
}

/** Of two entries that are the same, the first is told of. */
function tellsAgain(wide: Compared, narrow: Compared, all: readonly Compared[]): boolean {
  if (!isWiderThan(wide, narrow)) return false;
  return !isWiderThan(narrow, wide) || all.indexOf(wide) < all.indexOf(narrow);
}

function isWiderThan(wide: Compared, narrow: Compared): boolean {
  return (
    wide.row.id !== narrow.row.id &&
    hasOutcomeOf(wide.row, narrow) &&
    isNoMoreSevere(narrow.row, wide.row) &&
    covers(wide.nodes, narrow.nodes) &&
    isDeepStrictEqual(wide.row.threshold, narrow.row.threshold) &&
    isDeepStrictEqual(wide.row.firstSeen, narrow.row.firstSeen) &&
    wide.unless.every((one) => narrow.unless.some((other) => covers(other, one)))
  );
}

function hasOutcomeOf({ outcome = 'any' }: WatchlistRow, { row, nodes }: Compared): boolean {
  if (outcome === 'any' || outcome === row.outcome) return true;
  return outcome === 'failure' && nodes.some(isFailure);
}

/** A condition on errorCode that only texts of some length meet. */
function isFailure(node: PatternNode): boolean {
  return (
    node.kind === 'leaf' &&
    node.path.join('.') === 'errorCode' &&
    node.conditions.every(
      (one) => one.kind === 'exact' && typeof one.value === 'string' && one.value !== '',
    )
  );
}

function isNoMoreSevere(narrow: WatchlistRow, wide: WatchlistRow): boolean {
  return SEVERITIES.indexOf(narrow.severity) >= SEVERITIES.indexOf(wide.severity);
}

/** The rows that tell something, each entry's patterns parsed once. */
function comparedOf(rows: readonly WatchlistRow[], lists: NamedLists): readonly Compared[] {
  const telling = rows.filter(({ mode = 'alert' }) => mode === 'alert');
  return [...Map.groupBy(telling, ({ id }) => id).values()].flatMap((own) => {
    const nodes = nodesOf(own[0]?.pattern, lists);
    const unless = (own[0]?.unless ?? []).map((one) => nodesOf(one, lists));
    return own.map((row) => ({ row, unless, nodes: [...simpleNodes(row), ...nodes] }));
  });
}

/** Name and source as leaves. */
function simpleNodes({ eventName, eventSource }: WatchlistRow): readonly Leaf[] {
  const name = eventName === '*' ? [] : [leafOf('eventName', [eventName])];
  return eventSource === undefined ? name : [...name, leafOf('eventSource', [eventSource].flat())];
}

function leafOf(name: string, values: readonly string[]): Leaf {
  const conditions = values.map((value) => ({ kind: 'exact', value }) as const);
  return { kind: 'leaf', path: [name], written: values, conditions };
}
