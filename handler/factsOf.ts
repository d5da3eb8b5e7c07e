import { isIP } from 'node:net';
import type { Access } from './access/access.ts';
import { accessOf } from './access/accessOf.ts';
import type { Accounts } from './accountAlias.ts';
import type { Found } from './originator/originOf.ts';
import { present } from './present.ts';
import { principalOf } from './principalOf.ts';
import type { CloudTrailRecord } from './readLogFile.ts';
import { textAt } from './textAt.ts';

/**
 * What follows from a record: the values under `trailwatch` (docs/watchlist.md).
 * @param isTrusted by the list trusted-accounts
 * @param originator where it is known and asked for
 */
export function factsOf(
  record: CloudTrailRecord,
  { aliases, accountId }: Accounts,
  isTrusted: (accountId: string) => boolean,
  originator?: Found,
): Readonly<Record<string, unknown>> {
  const found = aliases.get(textAt(record, 'recipientAccountId') ?? accountId);
  const { alias, environment, owner } = found ?? {};
  const isOurs = (id: string) => isKnown(id, record, aliases) || isTrusted(id);
  let access: readonly Access[] | undefined;
  return {
    principal: present({ key: principalOf(record).key, label: labelOf(record) }),
    account: { ...present({ alias, environment, owner }), known: found !== undefined },
    source: { kind: sourceKindOf(record) },
    ...present({ originator }),
    get access() {
      access ??= accessOf(record, isOurs); // costs more than the others
      return access;
    },
  };
}

/** Whether the list `known-accounts` holds an account: it has an alias, or the event is its own. */
export function isKnown(
  id: string,
  record: CloudTrailRecord,
  aliases: Accounts['aliases'],
): boolean {
  return aliases.has(id) || id === textAt(record, 'recipientAccountId');
}

/** The principal for people to read; of a role session it is what the caller chose. */
function labelOf(record: CloudTrailRecord): string {
  const of = (field: string) => textAt(record, 'userIdentity', field);
  if (of('type') === 'Root') return 'root';
  const arn = of('arn');
  const last = arn?.slice(arn.lastIndexOf('/') + 1) || undefined;
  return last ?? of('userName') ?? of('invokedBy') ?? of('accountId') ?? 'unknown';
}

/** Where a call came from: an address, a service on somebody's behalf, or inside of AWS. */
function sourceKindOf(record: CloudTrailRecord): 'ip' | 'service' | 'internal' | 'none' {
  const source = textAt(record, 'sourceIPAddress') ?? '';
  if (isIP(source) !== 0) return 'ip';
  if (source === 'AWS Internal') return 'internal';
  return SERVICE.test(source) ? 'service' : 'none';
}

const SERVICE = /^[a-z0-9.-]+\.amazonaws\.com(?:\.cn)?$/;
