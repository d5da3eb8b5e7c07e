import type { WatchlistRow } from '../../handler/entry.ts';
import type { PatternNode } from '../../handler/pattern/pattern.ts';
import { requiredValues } from './requiredValues.ts';

/**
 * Thresholds that no history can cross.
 * @param rows of one entry
 * @param nodes of its pattern
 */
export function thresholdWarnings(
  rows: readonly WatchlistRow[],
  nodes: readonly PatternNode[],
): readonly string[] {
  const [row] = rows;
  if (row?.threshold === undefined || row.threshold.count === 1) return [];
  const { by, distinct } = row.threshold;
  const never = `${row.id}: threshold can never cross:`;
  const unique = by.filter((path) => isAnotherEachTime(path, row));
  const warnings = unique.map((path) => `${never} ${path} in threshold.by is another each time`);
  if (distinct === undefined) return warnings;
  if (by.includes(distinct)) {
    const rule = isScalar(distinct) ? never : `${row.id}: threshold can cross by arrays only:`;
    warnings.push(`${rule} ${distinct} stands in threshold.by, so each key has one value of it`);
  }
  const few = fewestValues(rows, nodes, distinct);
  if (few !== undefined && few.values < row.threshold.count) {
    warnings.push(`${never} ${few.what} of ${distinct}, not ${row.threshold.count}`);
  }
  return warnings;
}

/** Other identifiers are absent from some records, which have a key together. */
function isAnotherEachTime(path: string, { eventSource }: WatchlistRow): boolean {
  const isSignIn = [eventSource ?? []].flat().includes('signin.amazonaws.com');
  return path === 'eventID' || (path === 'requestID' && eventSource !== undefined && !isSignIn);
}

interface Few {
  readonly values: number;
  readonly what: string;
}

/** How many different values a field can have at most, where that is known. */
function fewestValues(
  rows: readonly WatchlistRow[],
  nodes: readonly PatternNode[],
  path: string,
): Few | undefined {
  if (!isScalar(path)) return undefined; // an array may hold any others beside the one that matches
  const few: (Few | undefined)[] = [
    path === 'eventName' ? namesOf(rows) : undefined,
    path === 'eventSource' ? sourcesOf(rows) : undefined,
    fewOf('there are', Object.hasOwn(KNOWN, path) ? KNOWN[path] : undefined),
    fewOf('the pattern allows', requiredValues(nodes, path)?.size),
  ];
  return few.filter((one) => one !== undefined).toSorted((a, b) => a.values - b.values)[0];
}

const KNOWN: Readonly<Record<string, number>> = {
  'trailwatch.source.kind': 4,
  'trailwatch.account.known': 2,
  readOnly: 2,
  managementEvent: 2,
};

/** Not where the service adds API versions to its names: one event has many names there. */
function namesOf(rows: readonly WatchlistRow[]): Few | undefined {
  const sources = rows.flatMap(({ eventSource }) => eventSource ?? []);
  const isPlain = !rows.some(({ eventName }) => eventName === '*');
  return isPlain && !sources.some((source) => VERSIONED.includes(source))
    ? fewOf('the entry names', new Set(rows.map(({ eventName }) => eventName)).size)
    : undefined;
}

const VERSIONED = ['lambda.amazonaws.com', 'cloudfront.amazonaws.com'];

function sourcesOf([row]: readonly WatchlistRow[]): Few | undefined {
  const sources = [row?.eventSource ?? []].flat();
  return sources.length === 0 ? undefined : fewOf('the entry names', new Set(sources).size);
}

function fewOf(which: string, values: number | undefined): Few | undefined {
  return values === undefined
    ? undefined
    : { values, what: `${which} ${values} value${values === 1 ? '' : 's'}` };
}

const SCALARS: ReadonlySet<string> = new Set([
  'apiVersion',
  'awsRegion',
  'errorCode',
  'errorMessage',
  'eventCategory',
  'eventName',
  'eventSource',
  'eventType',
  'managementEvent',
  'readOnly',
  'recipientAccountId',
  'sessionCredentialFromConsole',
  'sourceIPAddress',
  'userAgent',
  'vpcEndpointId',
]);

/** Whether CloudTrail writes one value at a path, never an array. */
function isScalar(path: string): boolean {
  return (
    SCALARS.has(path) ||
    path.startsWith('userIdentity.') ||
    /^trailwatch\.(principal|account|source)\./.test(path)
  );
}
