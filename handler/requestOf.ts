import { cut } from './printable.ts';
import { valueAt } from './textAt.ts';

const MOST = 6; // parameters shown
const LENGTH = 120; // characters of each value

/**
 * What a call was about, for people: the plain values among its requestParameters, as
 * `userName alice, accessKeyId AKIA...`. Undefined where there are none. Not yet printable.
 */
export function requestOf(record: unknown): string | undefined {
  const parameters = valueAt(record, 'requestParameters');
  if (typeof parameters !== 'object' || parameters === null) return undefined;
  const plain = Object.entries(parameters).filter(isPlain);
  const shown = plain
    .slice(0, MOST)
    .map(([name, value]) => `${name} ${cut(String(value), LENGTH)}`);
  return shown.length === 0 ? undefined : shown.join(', ');
}

/** Policy documents are texts too, but nobody reads JSON at night; the header Host repeats a name. */
function isPlain([name, value]: [string, unknown]): boolean {
  if (typeof value === 'string') return /^\s*[^\s{[%]/.test(value) && name !== 'Host';
  return typeof value === 'number' || typeof value === 'boolean';
}
