import { compileAccountAliases } from '../handler/accountAlias.ts';
import type { Subject } from '../handler/pattern/subject.ts';
import type { CloudTrailRecord } from '../handler/readLogFile.ts';
import { subjectOf } from '../handler/subjectOf.ts';
import { UsageError } from './cli.ts';
import { readJsonFile } from './readJsonFile.ts';
import { readAliasFile } from './readSeedFile.ts';

/** A record in a file of its own, as patterns see it. */
export async function readSubject(path: string, aliasesPath: string): Promise<Subject> {
  return asSubject(await readJsonFile(path), path, await readAliasFile(aliasesPath));
}

/** A record as patterns see it. @throws UsageError if it is no JSON object */
export function asSubject(record: unknown, where: string, aliases: readonly unknown[]): Subject {
  if (typeof record !== 'object' || record === null || Array.isArray(record)) {
    throw new UsageError(`${where}: expected a record, which is a JSON object`);
  }
  const { byAccountId } = compileAccountAliases(aliases);
  return subjectOf(record as CloudTrailRecord, { accountId: '', aliases: byAccountId });
}
