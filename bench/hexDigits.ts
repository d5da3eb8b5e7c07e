import { createHash } from 'node:crypto';

/** Hexadecimal digits that look random, and are the same for the same seed: takes so many. */
export function hexDigits(seed: string): (length: number) => string {
  let blocks = 0;
  let digits = '';
  return (length) => {
    while (digits.length < length) {
      digits += createHash('sha256').update(`${seed}/${blocks}`).digest('hex');
      blocks += 1;
    }
    const taken = digits.slice(0, length);
    digits = digits.slice(length);
    return taken;
  };
}
