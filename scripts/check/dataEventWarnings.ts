import type { WatchlistRow } from '../../handler/entry.ts';
import type { PatternNode } from '../../handler/pattern/pattern.ts';
import { dataEventTypes, isKnownType } from './dataEvents.ts';
import { requiredValues } from './requiredValues.ts';

/**
 * Data events that an entry does not say it needs, and data events that it needs in vain.
 * @param rows of one entry
 * @param nodes of its pattern
 */
export function dataEventWarnings(
  rows: readonly WatchlistRow[],
  nodes: readonly PatternNode[],
): readonly string[] {
  const [row] = rows;
  if (row === undefined) return [];
  const { id, needs = 'management' } = row;
  const names = eventNamesOf(rows, nodes);
  const sources = sourcesOf(row, nodes);
  const typesOf = (name: string) => sources.flatMap((source) => dataEventTypes(name, source));
  const missing = names.flatMap((name) => {
    const [type, ...others] = typesOf(name);
    return type === undefined || [type, ...others].some((one) => needs === `data:${one}`)
      ? []
      : [
          `${id}: ${name} is a data event, which a trail logs only if told to: needs "data:${type}"`,
        ];
  });
  const needed = needs.replace(/^data:/, '');
  const isInVain =
    names.length > 0 && isKnownType(needed) && !names.flatMap(typesOf).includes(needed);
  return missing.length === 0 && isInVain
    ? [`${id}: needs "${needs}", which none of its events is, as far as known: ${shown(names)}`]
    : missing;
}

/** Undefined among them: any source. */
function sourcesOf(
  { eventSource }: WatchlistRow,
  nodes: readonly PatternNode[],
): readonly (string | undefined)[] {
  if (eventSource !== undefined) return [eventSource].flat();
  const required = requiredValues(nodes, 'eventSource');
  return required === undefined ? [undefined] : textsIn(required);
}

function eventNamesOf(rows: readonly WatchlistRow[], nodes: readonly PatternNode[]): string[] {
  const required = requiredValues(nodes, 'eventName');
  const names = rows.map(({ eventName }) => eventName);
  if (names.includes('*')) return required === undefined ? [] : textsIn(required);
  return required === undefined ? names : names.filter((name) => required.has(name));
}

function textsIn(values: ReadonlySet<unknown>): string[] {
  return [...values].filter((value) => typeof value === 'string');
}

function shown(names: readonly string[]): string {
  const [first, second, ...others] = names;
  return [first, second, others.length > 0 ? '...' : undefined]
    .filter((name) => name !== undefined)
    .join(', ');
}
