import { isoSeconds } from '../eventSeconds.ts';
import type { Ports, StateItem } from '../ports.ts';
import { STATE_LIFETIME } from '../stateLifetime.ts';
import { mergeIntoState } from './mergeIntoState.ts';
import { packHashes, unpackHashes } from './smallestHashes.ts';

/** As many keys of an entry are told apart in an hour. */
export const MOST_KEYS = 200;

export const HOUR = 3600;

/**
 * Which of some keys are told apart in an hour: the first that came, for good. Whoever makes up
 * new keys all the time fills neither State nor mailboxes.
 * @param hour its start, in epoch seconds
 * @param keys hashes, in the order of arrival
 */
export async function admitKeys(
  entryId: string,
  hour: number,
  keys: readonly string[],
  ports: Pick<Ports, 'readState' | 'writeState' | 'now'>,
): Promise<ReadonlySet<string>> {
  const key = `keys#${entryId}`;
  const part = isoSeconds(hour);
  const [standing] = await ports.readState({ key, from: part, to: part });
  let admitted: readonly string[] = [];
  const merge = {
    key,
    part,
    expiresAt: Math.max(Math.floor(ports.now() / 1000), hour + HOUR) + STATE_LIFETIME,
    with: (found: StateItem | undefined) => {
      admitted = [...new Set([...keysIn(found), ...keys])].slice(0, MOST_KEYS);
      return { keys: packHashes(admitted) };
    },
  };
  await mergeIntoState(merge, standing, ports);
  return new Set(admitted);
}

function keysIn(item: StateItem | undefined): readonly string[] {
  return item === undefined ? [] : unpackHashes(item['keys'] as Uint8Array); // written above
}
