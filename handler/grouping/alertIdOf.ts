import { isoSeconds } from '../eventSeconds.ts';

/** `ENTRYID/KEYHASH16/2023-07-10T12:00:00Z`. */
export function alertIdOf(entryId: string, keyHash: string, seconds: number): string {
  return `${entryId}/${keyHash}/${isoSeconds(seconds)}`;
}
