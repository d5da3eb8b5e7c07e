// What the caller of an API writes as it likes. A session's name ends its ARN and principalId.
const CHOSEN = new Set([
  'userAgent',
  'trailwatch.principal.label',
  'requestParameters.roleSessionName',
  'tlsDetails.clientProvidedHostHeader',
]);
const ENDS_IN_SESSION_NAME = new Set(['userIdentity.arn', 'userIdentity.principalId']);

/** Whether an exception's pattern can hold by nothing but what the caller itself has written. */
export function restsOnCaller(pattern: Readonly<Record<string, unknown>>, path = ''): boolean {
  return Object.entries(pattern).every(([name, value]) => {
    if (name === '$or' && Array.isArray(value)) {
      return value.some((one) => isObject(one) && restsOnCaller(one, path));
    }
    const here = path === '' ? name : `${path}.${name}`;
    if (isObject(value)) return restsOnCaller(value, here);
    return CHOSEN.has(here) || (ENDS_IN_SESSION_NAME.has(here) && isOfEnd(value));
  });
}

/** Conditions that look at the end of a text only, where the session's name stands. */
function isOfEnd(conditions: unknown): boolean {
  return (
    Array.isArray(conditions) &&
    conditions.every(
      (condition) =>
        isObject(condition) &&
        ('suffix' in condition ||
          (typeof condition['wildcard'] === 'string' && condition['wildcard'].startsWith('*'))),
    )
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
