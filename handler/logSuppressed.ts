import { identityOf } from './identityOf.ts';
import type { Match } from './matchRecords.ts';
import type { Ports } from './ports.ts';
import { textAt } from './textAt.ts';

const IDS = 1000; // in a line: CloudWatch Logs takes 1 MB

/** Says which events were suppressed, and by what: whoever misses an alert finds it by its id. */
export function logSuppressed(
  suppressed: ReadonlyMap<string, readonly Match[]>,
  ports: Pick<Ports, 'log'>,
): void {
  for (const [suppression, matches] of suppressed) {
    for (let start = 0; start < matches.length; start += IDS) {
      const some = matches.slice(start, start + IDS);
      const events = some.map(
        ({ record, compiled }) =>
          `${textAt(record, 'eventID') ?? identityOf(record)}/${compiled.entry.id}`,
      );
      ports.log({
        level: 'info',
        message: 'suppressed',
        suppression,
        count: some.length,
        events,
      });
    }
  }
}
