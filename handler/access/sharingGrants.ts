import { type Audience, type Call, EVERYONE, type Grant, NOBODY, together } from './access.ts';
import { fieldsAt, textsIn } from './fields.ts';
import { awsPrincipal } from './principals.ts';

interface SharingList {
  readonly calls: readonly string[];
  readonly principals: readonly (readonly string[])[]; // paths in the parameters
  readonly action: string; // what they get
  readonly resource: readonly string[];
}

const added = (list: string, fields: readonly string[]) =>
  fields.map((name) => [list, 'add', 'items', name]);

/** Calls that put accounts, organisations or everybody on a list of those who share something. */
const SHARING_LISTS: readonly SharingList[] = [
  {
    calls: ['ec2.amazonaws.com ModifySnapshotAttribute'],
    principals: added('createVolumePermission', ['group', 'userId']),
    action: 'ec2:CreateVolume',
    resource: ['snapshotId'],
  },
  {
    calls: ['ec2.amazonaws.com ModifyImageAttribute'],
    principals: added('launchPermission', [
      'group',
      'userId',
      'organizationArn',
      'organizationalUnitArn',
    ]),
    action: 'ec2:RunInstances',
    resource: ['imageId'],
  },
  {
    calls: ['ec2.amazonaws.com ModifyFpgaImageAttribute'],
    principals: added('loadPermission', ['group', 'userId']),
    action: 'ec2:AssociateFpgaImage',
    resource: ['fpgaImageId'],
  },
  {
    calls: ['ec2.amazonaws.com ModifyVpcEndpointServicePermissions'],
    principals: [
      ['ModifyVpcEndpointServicePermissionsRequest', 'AddAllowedPrincipals'],
      ['ModifyVpcEndpointServicePermissionsRequest', 'AddAllowedPrincipals', 'content'],
      ['addAllowedPrincipals', 'items', 'principal'],
    ],
    action: 'ec2:CreateVpcEndpoint',
    resource: ['ModifyVpcEndpointServicePermissionsRequest', 'ServiceId'],
  },
  {
    calls: ['rds.amazonaws.com ModifyDBSnapshotAttribute'],
    principals: [['valuesToAdd']],
    action: 'rds:RestoreDBInstanceFromDBSnapshot',
    resource: ['dBSnapshotIdentifier'],
  },
  {
    calls: ['rds.amazonaws.com ModifyDBClusterSnapshotAttribute'],
    principals: [['valuesToAdd']],
    action: 'rds:RestoreDBClusterFromSnapshot',
    resource: ['dBClusterSnapshotIdentifier'],
  },
  {
    calls: ['redshift.amazonaws.com AuthorizeSnapshotAccess'],
    principals: [['accountWithRestoreAccess']],
    action: 'redshift:RestoreFromClusterSnapshot',
    resource: ['snapshotIdentifier'],
  },
  {
    calls: ['redshift.amazonaws.com AuthorizeDataShare'],
    principals: [['consumerIdentifier']],
    action: 'redshift:AssociateDataShareConsumer',
    resource: ['dataShareArn'],
  },
  {
    calls: ['redshift.amazonaws.com AuthorizeEndpointAccess'],
    principals: [['account']],
    action: 'redshift:CreateEndpointAccess',
    resource: ['clusterIdentifier'],
  },
  {
    calls: ['es.amazonaws.com AuthorizeVpcEndpointAccess'],
    principals: [['account']],
    action: 'es:CreateVpcEndpoint',
    resource: ['domainName'],
  },
  {
    calls: ['ssm.amazonaws.com ModifyDocumentPermission'],
    principals: [['accountIdsToAdd']],
    action: 'ssm:GetDocument',
    resource: ['name'],
  },
  {
    calls: ['ram.amazonaws.com CreateResourceShare', 'ram.amazonaws.com AssociateResourceShare'],
    principals: [['principals']],
    action: 'ram:AcceptResourceShareInvitation',
    resource: ['resourceArns'],
  },
  {
    calls: [
      'lakeformation.amazonaws.com GrantPermissions',
      'lakeformation.amazonaws.com BatchGrantPermissions',
    ],
    principals: [
      ['principal', 'dataLakePrincipalIdentifier'],
      ['entries', 'principal', 'dataLakePrincipalIdentifier'],
    ],
    action: 'lakeformation:GetDataAccess',
    resource: ['resource', 'table', 'name'],
  },
  {
    calls: ['servicecatalog.amazonaws.com CreatePortfolioShare'],
    principals: [['accountId'], ['organizationNode', 'value']],
    action: 'servicecatalog:AcceptPortfolioShare',
    resource: ['portfolioId'],
  },
  {
    calls: ['workspaces.amazonaws.com UpdateWorkspaceImagePermission'],
    principals: [['sharedAccountId']],
    action: 'workspaces:CopyWorkspaceImage',
    resource: ['imageId'],
  },
  {
    calls: ['appstream.amazonaws.com UpdateImagePermissions'],
    principals: [['sharedAccountId']],
    action: 'appstream:CreateFleet',
    resource: ['name'],
  },
];

const BY_CALL = new Map(SHARING_LISTS.flatMap((list) => list.calls.map((call) => [call, list])));

/** Whom a call adds to a sharing list. */
export function sharingGrants({ eventSource, eventName, parameters }: Call): readonly Grant[] {
  const list = BY_CALL.get(`${eventSource} ${eventName}`);
  if (list === undefined) return [];
  const shared = list.principals.flatMap((path) => textsIn(fieldsAt(parameters, path)));
  if (shared.length === 0 || isTakenBack(parameters)) return [];
  return [
    {
      effect: 'Allow',
      ...together(shared.map(shareholder)),
      actions: [list.action],
      resources: textsIn(fieldsAt(parameters, list.resource)),
      conditioned: false,
    },
  ];
}

/** WorkSpaces and AppStream take a share back by the call that gives it. */
function isTakenBack(parameters: unknown): boolean {
  return (
    fieldsAt(parameters, ['allowCopyImage'])[0] === false ||
    fieldsAt(parameters, ['imagePermissions', 'allowFleet'])[0] === false
  );
}

function shareholder(text: string): Audience {
  if (text.toLowerCase() === 'all') return EVERYONE;
  if (text === 'IAM_ALLOWED_PRINCIPALS') return NOBODY; // whom IAM allows, in the account itself
  return /^o-[a-z0-9]{10,32}$/.test(text)
    ? { ...NOBODY, organizations: [text] }
    : awsPrincipal(text);
}
