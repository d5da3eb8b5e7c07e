import { accessKey } from './ids.ts';
import { expiration, SECOND } from './times.ts';
import type { Json, World } from './world.ts';

/** Credentials as STS answers with them, as far as CloudTrail writes them down. */
export interface Issued {
  readonly time: number; // when they were issued
  readonly accessKeyId: string;
  readonly credentials: Json;
}

/** Credentials of a session; at the next second if one of this principal begins in this one. */
export function issueCredentials(
  world: World,
  principalId: string,
  wanted: number,
  seconds: number,
): Issued {
  const time = freeSecond(world, principalId, wanted);
  const accessKeyId = accessKey(world.random, 'ASIA');
  const credentials = { accessKeyId, expiration: expiration(time + seconds * SECOND) };
  return { time, accessKeyId, credentials };
}

/** A second in which no other session of this principal begins: nothing could tell the two apart. */
export function freeSecond(world: World, principalId: string, wanted: number): number {
  const time = wanted - (wanted % SECOND);
  const session = `${principalId} ${time}`;
  if (world.sessions.has(session)) return freeSecond(world, principalId, time + SECOND);
  world.sessions.add(session);
  return time;
}
