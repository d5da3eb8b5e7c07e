// What DynamoDB holds in one item, names included; seed adds the date of `since`.
const MOST_BYTES = 400 * 1024 - 64;
const DEEPEST = 32; // levels, the row itself being the first
const MOST_DIGITS = 15; // which a number read back has for sure
const SMALLEST = 1e-130;

/**
 * Why a row would not come back from its table as it was written, and what to do; nothing if it
 * would. Nesting is not followed deeper than a table takes it.
 */
export function rowProblems(row: Readonly<Record<string, unknown>>): readonly string[] {
  const walk: Walk = { bytes: 0, isTooDeep: false, problems: new Set() };
  measure(walk, row, 1);
  if (walk.isTooDeep) {
    walk.problems.add(
      `nested more than ${DEEPEST} levels deep, which DynamoDB does not hold: shorten its patterns`,
    );
  } else if (walk.bytes > MOST_BYTES) {
    walk.problems.add(
      `${walk.bytes} bytes in DynamoDB, which holds ${MOST_BYTES} in a row: split it in two, or make fewer, wider conditions of its values`,
    );
  }
  return [...walk.problems];
}

interface Walk {
  bytes: number; // as DynamoDB counts them
  isTooDeep: boolean;
  readonly problems: Set<string>;
}

function measure(walk: Walk, value: unknown, depth: number): void {
  if (typeof value === 'string') measureText(walk, value);
  else if (typeof value === 'number') measureNumber(walk, value);
  else if (typeof value !== 'object' || value === null) walk.bytes += 1;
  else if (depth > DEEPEST) walk.isTooDeep = true;
  else {
    walk.bytes += depth === 1 ? 0 : 3;
    for (const [name, part] of Object.entries(value)) {
      walk.bytes += depth === 1 ? 0 : 1;
      if (!Array.isArray(value)) measureText(walk, name);
      measure(walk, part, depth + 1);
    }
  }
}

function measureText(walk: Walk, text: string): void {
  walk.bytes += Buffer.byteLength(text, 'utf8');
  if (!text.isWellFormed()) {
    walk.problems.add(
      `${JSON.stringify(text.slice(0, 40))} holds half of a character: write it whole`,
    );
  }
}

function measureNumber(walk: Walk, number: number): void {
  const digits = digitsOf(number);
  walk.bytes += Math.ceil(digits / 2) + 2;
  const size = Math.abs(number);
  if (!(size <= Number.MAX_SAFE_INTEGER)) {
    walk.problems.add(`${number} is beyond ${Number.MAX_SAFE_INTEGER}: take a smaller number`);
  } else if (size > 0 && size < SMALLEST) {
    walk.problems.add(`${number} is closer to 0 than DynamoDB holds: take 0`);
  } else if (digits > MOST_DIGITS && !Number.isInteger(number)) {
    walk.problems.add(`${number} has more than ${MOST_DIGITS} digits: round it`);
  }
}

/** Significant digits. */
function digitsOf(number: number): number {
  const [mantissa = ''] = String(number).split('e');
  return mantissa.replaceAll(/\D/g, '').replace(/^0+/, '').length;
}
