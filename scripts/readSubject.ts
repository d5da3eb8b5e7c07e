import { compileAccountAliases } from '../handler/accountAlias.ts';
import { compileTrusted } from '../handler/compileTrusted.ts';
import { foundIn } from '../handler/originator/originOf.ts';
import { ownOriginator } from '../handler/originator/ownOriginator.ts';
import type { NamedLists } from '../handler/pattern/namedLists.ts';
import type { Subject } from '../handler/pattern/subject.ts';
import type { CloudTrailRecord } from '../handler/readLogFile.ts';
import { subjectOf } from '../handler/subjectOf.ts';
import { UsageError } from './cli.ts';
import { readJsonFile } from './readJsonFile.ts';

/** A record in a file of its own, as patterns see it. @throws UsageError if it is no JSON object */
export async function readSubject(
  path: string,
  aliases: readonly unknown[],
  lists: NamedLists,
): Promise<Subject> {
  const record = await readJsonFile(path);
  if (typeof record !== 'object' || record === null || Array.isArray(record)) {
    throw new UsageError(`${path}: expected a record, which is a JSON object`);
  }
  const { byAccountId } = compileAccountAliases(aliases);
  const read = record as CloudTrailRecord;
  const accounts = { accountId: '', aliases: byAccountId };
  const isTrusted = compileTrusted(lists);
  const { isKnownAccount } = subjectOf(read, accounts, isTrusted);
  const found = foundIn(ownOriginator(read, isKnownAccount));
  return subjectOf(read, accounts, isTrusted, found);
}
