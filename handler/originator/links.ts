import type { Caller } from './caller.ts';

/** The links under which the grant of a caller's session is kept: its key, and its principal and time. */
export function linksOf(caller: Caller): readonly string[] {
  const { accessKeyId, principalId, createdAt } = caller;
  return [keyLink(accessKeyId), sessionLink(principalId, createdAt)].filter(
    (link) => link !== undefined,
  );
}

// Temporary keys only. Those of documentation, and masked ones, stand for many.
const KEY = /^ASIA[A-Z0-9]{12,124}$/;
const OF_MANY = /EXAMPLE|REDACTED|1234567890|ABCDEFGHIJ|(.)\1{9}/;

export function keyLink(accessKeyId: string | undefined): string | undefined {
  if (accessKeyId === undefined || !KEY.test(accessKeyId)) return undefined;
  return OF_MANY.test(accessKeyId) ? undefined : accessKeyId;
}

const EVENT_ID = /^[0-9a-f-]{36}$/;

/** The caller's own account has a copy of a call in another one, and names the caller in full. */
export function copyLink({ sharedEventId }: Caller): string | undefined {
  return sharedEventId !== undefined && EVENT_ID.test(sharedEventId)
    ? `shared#${sharedEventId}`
    : undefined;
}

const PRINCIPAL = /^(?:(A[A-Z]{3}[A-Z0-9]{12,124})|\d{12})(?::[^#]{1,200})?$/;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

/** Services and consoles give new keys to a session; its principal and begin stay. */
export function sessionLink(
  principalId: string | undefined,
  createdAt: string | undefined,
): string | undefined {
  if (principalId === undefined || createdAt === undefined) return undefined;
  const principal = PRINCIPAL.exec(principalId);
  if (principal === null || !TIME.test(createdAt)) return undefined;
  return OF_MANY.test(principal[1] ?? '') ? undefined : `${principalId}#${createdAt}`;
}
