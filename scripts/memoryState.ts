import type { ClaimRef, Ports, StateItem } from '../handler/ports.ts';
import { present } from '../handler/present.ts';
import { STATE_LIFETIME } from '../handler/stateLifetime.ts';

/** The items of the State table, by key and part. */
export type State = Map<string, Map<string, StateItem>>;

type StatePorts = Pick<Ports, 'claim' | 'confirm' | 'release' | 'readState' | 'writeState'>;

/**
 * The State table in memory.
 * @param now epoch milliseconds
 * @param yieldTo lets others run before each call takes effect
 * @param copy of an item that comes or goes, so that nobody changes what is stored
 */
export function memoryState(
  state: State,
  now: () => number,
  yieldTo: () => Promise<unknown>,
  copy: <T>(items: T) => T = structuredClone,
): StatePorts {
  const seconds = () => Math.floor(now() / 1000);
  const itemAt = ({ id, part }: ClaimRef) => state.get(`alert#${id}`)?.get(part);
  return {
    claim: async (claim, { owner, endsAt }) => {
      await yieldTo();
      const found = itemAt(claim);
      if (found !== undefined && !isFree(found, owner, seconds())) {
        return found['state'] === 'confirmed' ? 'sent before' : 'held by another';
      }
      const { told, until = 0, subject, silent } = claim;
      put(state, {
        key: `alert#${claim.id}`,
        part: claim.part,
        v: 0, // claims have no version
        state: silent === true ? 'confirmed' : 'claimed',
        owner,
        leaseEndsAt: endsAt,
        expiresAt: Math.max(seconds(), until) + STATE_LIFETIME,
        ...present({ told, subject }),
      });
      return 'claimed';
    },
    confirm: async (claim, owner) => {
      const found = itemAt(claim);
      if (found?.['owner'] !== owner) throw new Error('the claim is not the owner’s any more');
      put(state, { ...found, state: 'confirmed' });
    },
    release: async (claim, owner) => {
      const found = itemAt(claim);
      if (found?.['owner'] === owner && found['state'] === 'claimed') {
        state.get(`alert#${claim.id}`)?.delete(claim.part);
      }
    },
    readState: async ({ key, from, to, newest }) => {
      await yieldTo();
      const items = [...(state.get(key)?.values() ?? [])]
        .filter(({ part }) => from <= part && part <= to)
        .sort((a, b) => (a.part < b.part ? -1 : 1));
      return copy(newest === undefined ? items : items.slice(-newest));
    },
    writeState: async (item, over) => {
      await yieldTo();
      const standing = state.get(item.key)?.get(item.part);
      if (standing?.v !== over) return { standing: copy(standing) };
      put(state, copy(item));
      return 'written';
    },
  };
}

function isFree(claim: StateItem, owner: string, now: number): boolean {
  if (claim.expiresAt < now) return true;
  const isOver = Number(claim['leaseEndsAt']) < now || claim['owner'] === owner;
  return claim['state'] === 'claimed' && isOver;
}

function put(state: State, item: StateItem): void {
  const items = state.get(item.key) ?? new Map<string, StateItem>();
  state.set(item.key, items.set(item.part, item));
}
