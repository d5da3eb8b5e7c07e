/** When a threshold counts something: a record, or a distinct value; times in epoch seconds. */
export interface Occurrence {
  readonly hash: string; // 16 hex digits
  readonly first: number;
  readonly last: number;
}

/** How a bucket of a threshold is cut into pieces, none longer than the threshold's window. */
export interface Pieces {
  readonly start: number; // of the bucket
  readonly seconds: number; // of a piece
  readonly most: number; // occurrences kept in each: N
}

/**
 * The occurrences in one bucket, by piece: of each hash the first and the last, of all hashes in a
 * piece the N with the latest last. N are enough, because a piece with N is crossed by itself, and
 * later windows ask for the latest only. The order of merging does not matter to `isCrossed`.
 */
export function mergeOccurrences(
  occurrences: readonly Occurrence[],
  pieces: Pieces,
): readonly Occurrence[] {
  return [...byPiece(occurrences, pieces).values()].flatMap((piece) => {
    const kept = [...joined(piece).values()].sort(latestFirst).slice(0, pieces.most);
    return kept.sort((a, b) => (a.hash < b.hash ? -1 : 1));
  });
}

/**
 * Whether some record in a bucket has N occurrences in the window that ends with it.
 * @param earlier occurrences of the same key in the buckets before
 */
export function isCrossed(
  occurrences: readonly Occurrence[],
  earlier: readonly Occurrence[],
  pieces: Pieces,
  windowSeconds: number,
): boolean {
  let before = earlier;
  for (const piece of byPiece(occurrences, pieces).values()) {
    if (piece.length >= pieces.most) return true;
    if (isPieceCrossed(piece, before, pieces.most, windowSeconds)) return true;
    before = [...before, ...piece];
  }
  return false;
}

/**
 * One sweep over a piece that holds fewer than N: the number in the window can only rise where
 * something occurs for the first time in the piece, and what lies before it drops out by its last.
 */
function isPieceCrossed(
  piece: readonly Occurrence[],
  before: readonly Occurrence[],
  most: number,
  windowSeconds: number,
): boolean {
  const leaving = [...joined(before).values()].sort((a, b) => a.last - b.last);
  const inWindow = new Set(leaving.map(({ hash }) => hash));
  const inPiece = new Set<string>();
  let left = 0;
  for (const { hash, first: time } of piece.toSorted((a, b) => a.first - b.first)) {
    let next = leaving[left];
    while (next !== undefined && next.last <= time - windowSeconds) {
      inWindow.delete(next.hash);
      left += 1;
      next = leaving[left];
    }
    inWindow.delete(hash); // counted in the piece from here on
    inPiece.add(hash);
    if (inPiece.size + inWindow.size >= most) return true;
  }
  return false;
}

/** Pieces in the order of time. */
function byPiece(
  occurrences: readonly Occurrence[],
  { start, seconds }: Pieces,
): ReadonlyMap<number, readonly Occurrence[]> {
  const numberOf = ({ first }: Occurrence) => Math.floor((first - start) / seconds);
  const sorted = Map.groupBy(occurrences, numberOf);
  return new Map([...sorted].sort(([a], [b]) => a - b));
}

function joined(occurrences: readonly Occurrence[]): ReadonlyMap<string, Occurrence> {
  const found = new Map<string, Occurrence>();
  for (const { hash, first, last } of occurrences) {
    const same = found.get(hash);
    found.set(hash, {
      hash,
      first: Math.min(first, same?.first ?? first),
      last: Math.max(last, same?.last ?? last),
    });
  }
  return found;
}

function latestFirst(a: Occurrence, b: Occurrence): number {
  return b.last - a.last || (a.hash < b.hash ? -1 : 1);
}

const BYTES = 16; // 8 of hash, 4 each of first and last, in seconds from the bucket's start

export function packOccurrences(occurrences: readonly Occurrence[], start: number): Uint8Array {
  const bytes = Buffer.alloc(occurrences.length * BYTES);
  for (const [index, { hash, first, last }] of occurrences.entries()) {
    bytes.write(hash, index * BYTES, 'hex');
    bytes.writeUInt32BE(first - start, index * BYTES + 8);
    bytes.writeUInt32BE(last - start, index * BYTES + 12);
  }
  return Uint8Array.from(bytes);
}

export function unpackOccurrences(bytes: Uint8Array, start: number): readonly Occurrence[] {
  const buffer = Buffer.from(bytes);
  return Array.from({ length: buffer.length / BYTES }, (_, index) => ({
    hash: buffer.toString('hex', index * BYTES, index * BYTES + 8),
    first: start + buffer.readUInt32BE(index * BYTES + 8),
    last: start + buffer.readUInt32BE(index * BYTES + 12),
  }));
}
