import type { Condition } from '../../handler/pattern/pattern.ts';
import { holdsOf } from './conditionHolds.ts';

/** Nobody's name. */
export const NOBODY = 'zq8v7k';

/** Values that tell nothing of who it is; a condition that holds for one of them is no proof. */
const ANYBODYS: Readonly<Record<string, readonly unknown[]>> = {
  'userIdentity.type': [
    'AssumedRole',
    'AWSAccount',
    'FederatedUser',
    'IAMUser',
    'IdentityCenterUser',
    'SAMLUser',
    'Unknown',
    'WebIdentityUser',
  ],
  'userIdentity.sessionContext.sessionIssuer.type': ['Role', 'IAMUser'],
  'userIdentity.sessionContext.attributes.mfaAuthenticated': ['true', 'false'],
  'userIdentity.sessionContext.attributes.creationDate': ['2024-01-01T00:00:00Z'],
  sourceIPAddress: ['240.213.99.7', 'ff0e::213:99:7'], // of networks that nobody has
  eventType: ['AwsApiCall', 'AwsConsoleSignIn', 'AwsConsoleAction'],
  'trailwatch.source.kind': ['ip', 'none'],
};

const OTHERS: ReadonlySet<string> = new Set([
  'vpcEndpointId',
  'vpcEndpointAccountId',
  'trailwatch.principal.key',
  'trailwatch.principal.label',
]);

/** Whether a field tells who the caller is, and AWS writes it, not the caller. */
export function isWho(path: string): boolean {
  return (
    Object.hasOwn(ANYBODYS, path) ||
    OTHERS.has(path) ||
    path.startsWith('userIdentity.') ||
    path.startsWith('trailwatch.originator.')
  );
}

/** Whether a condition on such a field leaves some callers out, other than by naming them. */
export function isProofOf(path: string, condition: Condition): boolean {
  const holds = holdsOf(condition);
  const anybodys = Object.hasOwn(ANYBODYS, path) ? (ANYBODYS[path] ?? []) : [];
  return ![undefined, NOBODY, ...anybodys].some(holds);
}
