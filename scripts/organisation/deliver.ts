import type { LogFile } from './organisation.ts';
import { MINUTE } from './times.ts';
import type { World, Written } from './world.ts';

const WINDOW = 5 * MINUTE;

// Minutes. Soon or late: so that many a use comes before what granted its session.
const DELAYS = [
  [2, 5],
  [11, 15],
] as const;

/** The log files, in order of delivery: one for each account, region and five minutes. */
export function deliver(world: World): readonly LogFile[] {
  const files = Map.groupBy(world.written, ({ accountId, region, time }) =>
    [accountId, region, Math.floor(time / WINDOW)].join(' '),
  );
  return [...files.values()]
    .flatMap((written) => copiesOf(world, written))
    .sort((a, b) => a.time - b.time);
}

/** The file with these records, and now and then the same one again. */
function copiesOf(world: World, written: readonly Written[]): readonly LogFile[] {
  const [first] = written;
  if (first === undefined) return [];
  const { random } = world;
  const { accountId, region } = first;
  const ended = Math.ceil((first.time + 1) / WINDOW) * WINDOW;
  const [least, most] = random.pick(DELAYS);
  const time = ended + random.whole(least * MINUTE, most * MINUTE);
  const key = keyOf(world, accountId, region, time);
  const records = random.shuffle(written.map(({ record }) => record));
  const file = { key, accountId, time, records };
  if (!random.chance(0.08)) return [file];
  return [file, { ...file, time: time + random.whole(0, 10 * MINUTE) }];
}

function keyOf(world: World, accountId: string, region: string, time: number): string {
  const { random, organisationId } = world;
  const [day = '', clock = ''] = new Date(time).toISOString().split('T');
  const stamp = `${day}T${clock.slice(0, 5)}Z`.replaceAll(/[-:]/g, '');
  const unique = random.text('ABCDEFGHJKLMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz0123456789', 16);
  const folder = `AWSLogs/${organisationId}/${accountId}/CloudTrail/${region}`;
  const name = `${accountId}_CloudTrail_${region}_${stamp}_${unique}.json.gz`;
  return `${folder}/${day.replaceAll('-', '/')}/${name}`;
}
