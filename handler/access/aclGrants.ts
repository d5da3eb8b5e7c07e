import { type Audience, type Call, EVERYONE, type Grant, NOBODY } from './access.ts';
import { elements, field, fieldsAt, isFields, textsIn } from './fields.ts';

/** What the access control lists of Amazon S3 in a call's parameters open. */
export function aclGrants({ eventSource, parameters }: Call): readonly Grant[] {
  if (eventSource !== 's3.amazonaws.com') return [];
  const owner = textsIn(fieldsAt(parameters, ['AccessControlPolicy', 'Owner', 'ID']));
  const granted = fieldsAt(parameters, ['AccessControlPolicy', 'AccessControlList', 'Grant']).map(
    (grant) => ({
      audience: granteeOf(field(grant, 'Grantee'), owner),
      actions: textsIn(field(grant, 'Permission')),
    }),
  );
  return [...granted, ...headerGrants(parameters)]
    .filter(({ audience }) => audience.everyone || audience.unknown.length > 0)
    .map(({ audience, actions }) => ({
      effect: 'Allow',
      ...audience,
      actions,
      resources: resourceOf(parameters),
      conditioned: false,
    }));
}

interface AclGrant {
  readonly audience: Audience;
  readonly actions: readonly string[]; // READ, WRITE, READ_ACP, WRITE_ACP, FULL_CONTROL
}

const PUBLIC_GROUPS = /\/groups\/global\/(?:AllUsers|AuthenticatedUsers)$/; // of any account

function granteeOf(grantee: unknown, owner: readonly string[]): Audience {
  const [uri] = textsIn(field(grantee, 'URI'));
  if (uri !== undefined) return PUBLIC_GROUPS.test(uri) ? EVERYONE : NOBODY; // S3's log delivery
  const [id] = textsIn(field(grantee, 'ID'));
  if (id !== undefined && owner.includes(id)) return NOBODY;
  return canonical(id ?? textsIn(field(grantee, 'EmailAddress'))[0] ?? 'of no known form');
}

/** An account by an id that does not tell which. */
function canonical(grantee: string): Audience {
  return { ...NOBODY, unknown: [`grantee ${grantee}`] };
}

const CANNED: Readonly<Record<string, readonly string[]>> = {
  'public-read': ['READ'],
  'public-read-write': ['READ', 'WRITE'],
  'authenticated-read': ['READ'],
};

/** Grants as request headers give them, at the top or under accessControlList. */
function headerGrants(parameters: unknown): readonly AclGrant[] {
  const places = [parameters, ...elements([field(parameters, 'accessControlList')])];
  return places.filter(isFields).flatMap((place) =>
    Object.entries(place).flatMap(([name, values]) => {
      const texts = textsIn(values);
      if (name.toLowerCase() === 'x-amz-acl') return texts.flatMap(cannedGrant);
      const permission = /^x-amz-grant-([a-z-]+)$/i.exec(name)?.[1];
      if (permission === undefined) return [];
      const actions = [permission.toUpperCase().replaceAll('-', '_')];
      return texts.flatMap(granteesOf).map((audience) => ({ audience, actions }));
    }),
  );
}

function cannedGrant(name: string): readonly AclGrant[] {
  const actions = Object.hasOwn(CANNED, name) ? CANNED[name] : undefined;
  return actions === undefined ? [] : [{ audience: EVERYONE, actions }];
}

/** `uri="http://...AllUsers", id="..."`. */
function granteesOf(header: string): readonly Audience[] {
  return header.split(',').map((part) => {
    const [kind = '', value = ''] = part.split('=').map((side) => side.trim().replaceAll('"', ''));
    if (kind === 'uri') return PUBLIC_GROUPS.test(value) ? EVERYONE : NOBODY;
    return canonical(value);
  });
}

function resourceOf(parameters: unknown): readonly string[] {
  const [bucket, key] = ['bucketName', 'key'].map((name) => textsIn(field(parameters, name))[0]);
  return bucket === undefined ? [] : [key === undefined ? bucket : `${bucket}/${key}`];
}
