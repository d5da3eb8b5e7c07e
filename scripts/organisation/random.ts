/** Numbers that look random and depend on the seed alone. */
export interface Random {
  readonly share: () => number; // from 0 to below 1
  readonly whole: (least: number, most: number) => number; // both included
  readonly chance: (share: number) => boolean;
  readonly pick: <T>(among: readonly T[]) => T;
  readonly text: (alphabet: string, length: number) => string;
  readonly shuffle: <T>(values: readonly T[]) => T[];
}

/** A stream of numbers; every call of one of its functions moves it on. */
export function createRandom(seed: number): Random {
  const share = shares(seed);
  const whole = (least: number, most: number) => least + Math.floor(share() * (most - least + 1));
  const pick = <T>(among: readonly T[]): T => {
    if (among.length === 0) throw new Error('nothing to pick from');
    return among[whole(0, among.length - 1)] as T; // the index is within the list
  };
  return {
    share,
    whole,
    pick,
    chance: (wanted) => share() < wanted,
    text: (alphabet, length) =>
      Array.from({ length }, () => alphabet.charAt(whole(0, alphabet.length - 1))).join(''),
    shuffle: (values) =>
      values
        .map((value) => ({ value, place: share() }))
        .sort((a, b) => a.place - b.place)
        .map(({ value }) => value),
  };
}

/** A generator by shifts and exclusive ors, of 32 bits, which never reaches zero. */
function shares(seed: number): () => number {
  let state = Math.imul(seed + 1, 0x9e3779b1) || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    // The lowest bits are the weakest ones: the product spreads the higher ones over them.
    return (Math.imul(state, 0x2c1b3c6d) >>> 0) / 2 ** 32;
  };
}
