import type { Access } from '../../../handler/access/access.ts';
import { accessOf } from '../../../handler/access/accessOf.ts';
import { ACCOUNT, recordOf } from '../../factories.ts';

export const OUTSIDER = '999988887777';
export const ORGANIZATION = 'o-a1b2c3d4e5';

/** What a call such as `s3 PutBucketPolicy` opens, in an account that knows only itself. */
export function accessOfCall(call: string, requestParameters: unknown): readonly Access[] {
  const [eventSource = '', eventName = ''] = call.split(' ');
  const fields = { eventSource: `${eventSource}.amazonaws.com`, eventName, requestParameters };
  return accessOf(recordOf(fields), (id) => id === ACCOUNT || id === ORGANIZATION);
}

/** What is open to whom, in a word each. */
export function told({
  effect,
  public: isPublic,
  outside,
  organizations,
  services,
  unknown,
}: Access): string {
  return [
    ...(effect === 'Deny' ? ['denied'] : []),
    ...(isPublic ? ['public'] : []),
    ...outside,
    ...organizations,
    ...services,
    ...(unknown === undefined ? [] : ['unknown']),
  ].join(' ');
}
