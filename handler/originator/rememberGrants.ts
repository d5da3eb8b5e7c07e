import { inTurn } from '../grouping/teller.ts';
import type { Ports, SessionItem } from '../ports.ts';
import type { CloudTrailRecord } from '../readLogFile.ts';
import { grantOf, LONGEST } from './grantOf.ts';

export const LATE = 7 * 24 * 60 * 60; // seconds: log files of a session may come so long after its end

/** Links that one log file may write: more would take the function's time. Real ones hold dozens. */
const MOST_LINKS = 5000;

/** What became of the grants of a log file. */
export interface Remembered {
  readonly written: number; // links
  readonly failed: number;
  readonly leftOut: number; // beyond what one log file may write
  readonly items: readonly SessionItem[]; // as they are now
}

/** Remembers who was granted which credentials, for alerts that ask. Failures are logged. */
export async function rememberGrants(
  records: readonly CloudTrailRecord[],
  ports: Pick<Ports, 'addToSession' | 'now' | 'log'>,
): Promise<Remembered> {
  const now = Math.floor(ports.now() / 1000);
  const additions = records.flatMap((record) => {
    const granted = grantOf(record);
    return granted === undefined
      ? []
      : granted.links.map((link) => ({ link, grant: granted.grant, endsAt: granted.endsAt }));
  });
  if (additions.length > MOST_LINKS) {
    const leftOut = additions.length - MOST_LINKS;
    ports.log({ level: 'warn', message: 'too many sessions in a log file', leftOut });
  }
  const kept = additions.slice(0, MOST_LINKS);
  const items = await inTurn(kept, async ({ link, grant, endsAt }) => {
    try {
      return [await ports.addToSession(link, { grant }, endOf(endsAt, now) + LATE)];
    } catch (error) {
      ports.log({ level: 'error', message: 'session could not be remembered', error });
      return [];
    }
  });
  const written = items.flat();
  return {
    written: written.length,
    failed: kept.length - written.length,
    leftOut: additions.length - kept.length,
    items: written,
  };
}

/** A grant that is dated into the future is kept no longer than one of now. */
function endOf(endsAt: number, now: number): number {
  return Math.min(Math.max(now, endsAt), now + LONGEST);
}
