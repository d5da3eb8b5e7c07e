import type { CloudTrailRecord } from '../handler/readLogFile.ts';

/** What a key is made of, but for the record. */
export interface Asked {
  readonly id: string; // the entry's
  readonly minutes: number | null; // W
  readonly bucket: number | null; // M
  readonly by: readonly string[];
}

/** The key's text, by its definition. */
export function naiveKey({ id, minutes, bucket, by }: Asked, record: CloudTrailRecord): string {
  const values = by.map((path) => {
    const { values: found, throughArrays } = walk(record, path);
    if (found.length === 0) return '[]';
    return sortedJson(throughArrays ? [found] : found);
  });
  const start = [id, minutes, bucket].map((part) => JSON.stringify(part));
  return `[${[...start, ...values].join()}]`;
}

/** What `distinct` counts: each value that a path leads to, as text. */
export function naiveValues(record: CloudTrailRecord, path: string): string[] {
  return walk(record, path)
    .values.flatMap((value) => (Array.isArray(value) ? value.flat(Infinity) : [value]))
    .map(sortedJson);
}

function walk(record: CloudTrailRecord, path: string) {
  let values: unknown[] = [path.startsWith('trailwatch.') ? factsOf(record) : record];
  let throughArrays = false;
  for (const name of path.split('.')) {
    if (values.some(Array.isArray)) {
      throughArrays = true;
      values = values.flat(Infinity);
    }
    values = values.flatMap((value) => own(value, name));
  }
  return { values, throughArrays };
}

function own(value: unknown, name: string): unknown[] {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return [];
  return [(value as Record<string, unknown>)[name]]; // an own property of an object
}

/** JSON with the keys of every object sorted. */
export function sortedJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sortedJson).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, inner]) => `${JSON.stringify(name)}:${sortedJson(inner)}`);
  return `{${fields.join()}}`;
}

/** Only the one derived fact that histories group by. */
function factsOf(record: CloudTrailRecord) {
  const key = principalKey(record);
  return { trailwatch: { principal: key === undefined ? {} : { key } } };
}

function principalKey({ userIdentity }: CloudTrailRecord): string | undefined {
  const text = (...path: string[]) => {
    const found = path.reduce<unknown>((value, name) => own(value, name)[0], userIdentity);
    return typeof found === 'string' && found !== '' ? found : undefined;
  };
  const role = text('sessionContext', 'sessionIssuer', 'arn');
  if (text('type') === 'AssumedRole' && role !== undefined) {
    const session = text('arn')?.split('/').at(-1);
    return role.includes(':role/aws-reserved/sso.amazonaws.com/') ? `${role}/${session}` : role;
  }
  const principalId = text('principalId')?.split(':')[0];
  return text('arn') ?? text('invokedBy') ?? principalId ?? text('accountId');
}
