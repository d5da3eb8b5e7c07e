import * as v from 'valibot';
import { type Parsed, parseBy } from './parseBy.ts';
import { printable } from './printable.ts';
import { textAt } from './textAt.ts';

const label = v.pipe(v.string(), v.nonEmpty(), v.maxLength(100));

/** The readable name of an account, as seed files and the AccountAlias table hold it. */
export const accountAliasSchema = v.strictObject({
  accountId: v.pipe(v.string(), v.regex(/^\d{12}$/, 'must be 12 digits, as a string')),
  alias: label,
  owner: v.exactOptional(label),
  environment: v.exactOptional(label),
  ou: v.exactOptional(label),
});

export type AccountAlias = v.InferOutput<typeof accountAliasSchema>;

/** An account alias, or what is wrong with it, field by field. */
export function parseAccountAlias(value: unknown): Parsed<AccountAlias> {
  return parseBy(accountAliasSchema, value);
}

export interface AccountAliases {
  readonly byAccountId: ReadonlyMap<string, AccountAlias>;
  readonly refused: readonly string[]; // `ACCOUNT-ID: problem`, for each row left out
}

/** The rows of the AccountAlias table by account id; a malformed row is left out and named. */
export function compileAccountAliases(rows: readonly unknown[]): AccountAliases {
  const byAccountId = new Map<string, AccountAlias>();
  const refused: string[] = [];
  for (const row of rows) {
    const parsed = parseAccountAlias(row);
    if ('value' in parsed) byAccountId.set(parsed.value.accountId, parsed.value);
    else refused.push(`${nameOf(row)}: ${parsed.problems.join('; ')}`);
  }
  return { byAccountId, refused };
}

function nameOf(row: unknown): string {
  return printable(textAt(row, 'accountId') ?? 'a row without accountId', 80);
}

/** What is known of accounts beside a record. */
export interface Accounts {
  readonly accountId: string; // of the log file's key
  readonly aliases: AccountAliases['byAccountId'];
}
