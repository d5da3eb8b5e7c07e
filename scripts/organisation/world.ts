import { digits, hex } from './ids.ts';
import type { Account, Truth } from './organisation.ts';
import { createRandom, type Random } from './random.ts';
import { HOUR, SECOND } from './times.ts';

export type Json = Readonly<Record<string, unknown>>;

/** A record, and where and when it comes about. */
export interface Written {
  readonly accountId: string;
  readonly region: string;
  readonly time: number;
  readonly record: Json;
}

/** The organisation while it acts. */
export interface World {
  readonly random: Random;
  readonly organisationId: string;
  readonly accounts: readonly Account[];
  readonly begins: number; // epoch milliseconds
  readonly lasts: number; // milliseconds
  readonly written: Written[];
  readonly truth: Map<string, Truth>;
  readonly grantTruth: Map<string, Truth>;
  readonly kept: Map<string, string>; // ids of roles, users and providers, by what they belong to
  readonly sessions: Set<string>; // principal and second of each session
}

export const REGIONS = ['us-east-1', 'eu-west-1', 'eu-central-1'] as const;

const ALIASES = ['acme-org', 'acme-log', 'acme-prod', 'acme-staging', 'acme-data', 'acme-sandbox'];

/** An organisation in which nothing has happened yet; more uses take more days. */
export function createWorld(seed: number, uses: number): World {
  const random = createRandom(seed);
  return {
    random,
    organisationId: `o-${hex(random, 10)}`,
    accounts: ALIASES.map((alias) => ({ id: digits(random, 12), alias })),
    begins: Date.UTC(2026, 2, random.whole(2, 20), random.whole(0, 23)),
    lasts: Math.max(4 * HOUR, uses * 30 * SECOND),
    written: [],
    truth: new Map(),
    grantTruth: new Map(),
    kept: new Map(),
    sessions: new Set(),
  };
}

/** What was made for this name before, else what is made now. */
export function keep(world: World, name: string, make: () => string): string {
  const found = world.kept.get(name);
  if (found !== undefined) return found;
  const made = make();
  world.kept.set(name, made);
  return made;
}
