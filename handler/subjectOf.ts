import type { Accounts } from './accountAlias.ts';
import { factsOf, isKnown } from './factsOf.ts';
import type { Found } from './originator/originOf.ts';
import type { Subject } from './pattern/subject.ts';
import type { CloudTrailRecord } from './readLogFile.ts';
import { valueAtPath } from './valueAtPath.ts';

/** A record as patterns and paths see it. */
export function subjectOf(
  record: CloudTrailRecord,
  accounts: Accounts,
  isTrusted: (accountId: string) => boolean,
  originator?: Found,
): Subject {
  let facts: Readonly<Record<string, unknown>> | undefined;
  return {
    record,
    facts: () => {
      facts ??= factsOf(record, accounts, isTrusted, originator);
      return facts;
    },
    isKnownAccount: (id) => isKnown(id, record, accounts.aliases),
  };
}

/** Whether who is behind a record is among its facts: exceptions on it hold only then. */
export function knowsOriginator(subject: Subject): boolean {
  return subject.facts()['originator'] !== undefined;
}

/** The value at a path that an entry names: of the record, or below `trailwatch` of its facts. */
export function valueOf(subject: Subject, path: readonly string[]): unknown {
  return path[0] === 'trailwatch'
    ? valueAtPath(subject.facts(), path.slice(1))
    : valueAtPath(subject.record, path);
}
