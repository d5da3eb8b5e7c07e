/**
 * A set of hashes (16 hex digits each, sorted) of which only the smallest are kept: its size can be
 * told from them, and merging sets in any order gives the same set.
 */
export type SmallestHashes = readonly string[];

/** As many hashes as a count keeps: it is exact below. */
export const KEPT = 1000;

/** The smallest of the hashes of some sets. */
export function mergeHashes(sets: readonly SmallestHashes[], kept = KEPT): SmallestHashes {
  return [...new Set(sets.flat())].sort().slice(0, kept);
}

/** How many different hashes went into a set: exactly, below what it keeps; else about. */
export function sizeOf(hashes: SmallestHashes, kept = KEPT): number {
  const largest = hashes.at(-1);
  if (largest === undefined || hashes.length < kept) return hashes.length;
  // Hashes are spread evenly: the k-th smallest stands where k of all of them lie below.
  const fraction = Number.parseInt(largest.slice(0, 13), 16) / 2 ** 52;
  return Math.max(kept, Math.round((kept - 1) / fraction));
}

/** 8 bytes a hash. */
export function packHashes(hashes: SmallestHashes): Uint8Array {
  return Uint8Array.from(Buffer.from(hashes.join(''), 'hex'));
}

export function unpackHashes(bytes: Uint8Array): SmallestHashes {
  const text = Buffer.from(bytes).toString('hex');
  return Array.from({ length: text.length / 16 }, (_, index) =>
    text.slice(index * 16, index * 16 + 16),
  );
}
