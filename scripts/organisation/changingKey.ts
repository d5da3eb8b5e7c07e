import { accessKey } from './ids.ts';
import type { Random } from './random.ts';

/** The key of the next call in a session of the console, which changes within the session. */
export function changingKey(random: Random): () => string {
  let key = accessKey(random, 'ASIA');
  return () => {
    if (random.chance(0.4)) key = accessKey(random, 'ASIA');
    return key;
  };
}
