import { isDeepStrictEqual } from 'node:util';
import type { Ports, StateItem } from '../ports.ts';

/** What is merged: the attributes of an item, given those that stand there, if any. */
export interface Merge {
  readonly key: string;
  readonly part: string;
  readonly expiresAt: number; // epoch seconds
  readonly with: (standing: StateItem | undefined) => Readonly<Record<string, unknown>>;
}

const TRIES = 100; // each refusal means that another's write went through

/**
 * Merges something into an item of State. The write holds only over the version that was read;
 * refused, it is merged into what stands there now. Nothing is written if nothing changes.
 * @param standing the item as it was read, undefined if there was none
 * @returns whether the item may be another than `standing`
 */
export async function mergeIntoState(
  merge: Merge,
  standing: StateItem | undefined,
  ports: Pick<Ports, 'writeState' | 'now'>,
): Promise<boolean> {
  let found = standing;
  for (let round = 1; round <= TRIES; round += 1) {
    const live = unlessExpired(found, ports.now());
    const attributes = merge.with(live);
    if (live !== undefined && isDeepStrictEqual(attributesOf(live), attributes)) return round > 1;
    const { key, part, expiresAt } = merge;
    const v = (found?.v ?? 0) + 1;
    const answer = await ports.writeState({ ...attributes, key, part, expiresAt, v }, found?.v);
    if (answer === 'written') return true;
    found = answer.standing;
  }
  throw new Error(`State item ${merge.key} ${merge.part} was written by others ${TRIES} times`);
}

/** An item whose time is over is none, though it may not be deleted for days. */
export function unlessExpired(item: StateItem | undefined, now: number): StateItem | undefined {
  return item === undefined || item.expiresAt * 1000 < now ? undefined : item;
}

function attributesOf(item: StateItem): Readonly<Record<string, unknown>> {
  const { key: _key, part: _part, expiresAt: _expiresAt, v: _v, ...attributes } = item;
  return attributes;
}
