import { expect } from 'chai';
import { ACCOUNT } from '../../factories.ts';
import { accessOfCall, ORGANIZATION, OUTSIDER, told } from './accessOfCall.ts';

const items = (...all: object[]) => ({ add: { items: all } });

describe('sharingGrants', () => {
  it('judges lists of those who share something', () => {
    const organization = `arn:aws:organizations::${ACCOUNT}:organization/${ORGANIZATION}`;
    const table: [string, object, string][] = [
      [
        'ec2 ModifySnapshotAttribute',
        { createVolumePermission: items({ group: 'all' }) },
        'public',
      ],
      [
        'ec2 ModifySnapshotAttribute',
        { createVolumePermission: items({ userId: OUTSIDER }) },
        OUTSIDER,
      ],
      ['ec2 ModifySnapshotAttribute', { createVolumePermission: items({ userId: ACCOUNT }) }, ''],
      [
        'ec2 ModifyImageAttribute',
        { launchPermission: items({ group: 'all' }, { userId: OUTSIDER }) },
        `public ${OUTSIDER}`,
      ],
      [
        'ec2 ModifyImageAttribute',
        { launchPermission: items({ organizationArn: organization }) },
        ORGANIZATION,
      ],
      ['ec2 ModifyFpgaImageAttribute', { loadPermission: items({ group: 'all' }) }, 'public'],
      [
        'ec2 ModifyVpcEndpointServicePermissions',
        { ModifyVpcEndpointServicePermissionsRequest: { AddAllowedPrincipals: ['*'] } },
        'public',
      ],
      ['rds ModifyDBSnapshotAttribute', { valuesToAdd: ['all'] }, 'public'],
      ['rds ModifyDBClusterSnapshotAttribute', { valuesToAdd: [OUTSIDER, ACCOUNT] }, OUTSIDER],
      ['redshift AuthorizeSnapshotAccess', { accountWithRestoreAccess: OUTSIDER }, OUTSIDER],
      ['redshift AuthorizeDataShare', { consumerIdentifier: OUTSIDER }, OUTSIDER],
      ['redshift AuthorizeEndpointAccess', { account: OUTSIDER }, OUTSIDER],
      ['ssm ModifyDocumentPermission', { accountIdsToAdd: ['All'] }, 'public'],
      [
        'ram CreateResourceShare',
        { principals: [OUTSIDER, organization] },
        `${OUTSIDER} ${ORGANIZATION}`,
      ],
      ['es AuthorizeVpcEndpointAccess', { account: OUTSIDER }, OUTSIDER],
      [
        'ram AssociateResourceShare',
        { principals: [`arn:aws:iam::${OUTSIDER}:role/app`] },
        OUTSIDER,
      ],
      [
        'lakeformation GrantPermissions',
        { principal: { dataLakePrincipalIdentifier: OUTSIDER } },
        OUTSIDER,
      ],
      [
        'lakeformation GrantPermissions',
        { principal: { dataLakePrincipalIdentifier: 'IAM_ALLOWED_PRINCIPALS' } },
        '',
      ],
      [
        'lakeformation BatchGrantPermissions',
        { entries: [{ principal: { dataLakePrincipalIdentifier: OUTSIDER } }] },
        OUTSIDER,
      ],
      ['servicecatalog CreatePortfolioShare', { accountId: OUTSIDER }, OUTSIDER],
      [
        'servicecatalog CreatePortfolioShare',
        { organizationNode: { value: ORGANIZATION } },
        ORGANIZATION,
      ],
      [
        'workspaces UpdateWorkspaceImagePermission',
        { sharedAccountId: OUTSIDER, allowCopyImage: true },
        OUTSIDER,
      ],
      ['appstream UpdateImagePermissions', { sharedAccountId: OUTSIDER }, OUTSIDER],
      ['rds ModifyDBSnapshotAttribute', { valuesToAdd: ['nobody we know'] }, 'unknown'],
    ];
    for (const [call, parameters, expected] of table) {
      expect(accessOfCall(call, parameters).map(told), JSON.stringify(parameters)).to.deep.equal([
        expected,
      ]);
    }
  });

  it('finds nothing where somebody is taken off a list', () => {
    const table: [string, object][] = [
      [
        'ec2 ModifySnapshotAttribute',
        { createVolumePermission: { remove: { items: [{ group: 'all' }] } } },
      ],
      ['ec2 ModifyImageAttribute', { launchPermission: { remove: { items: [{ group: 'all' }] } } }],
      ['rds ModifyDBSnapshotAttribute', { valuesToRemove: ['all'] }],
      ['ssm ModifyDocumentPermission', { accountIdsToRemove: ['all'] }],
      [
        'workspaces UpdateWorkspaceImagePermission',
        { sharedAccountId: OUTSIDER, allowCopyImage: false },
      ],
      [
        'appstream UpdateImagePermissions',
        { sharedAccountId: OUTSIDER, imagePermissions: { allowFleet: false } },
      ],
    ];
    for (const [call, parameters] of table) {
      expect(accessOfCall(call, parameters), call).to.deep.equal([]);
    }
  });

  it('names what is shared', () => {
    const parameters = {
      dBSnapshotIdentifier: 'nightly',
      attributeName: 'restore',
      valuesToAdd: ['all'],
    };
    expect(accessOfCall('rds ModifyDBSnapshotAttribute', parameters)[0]).to.deep.include({
      actions: ['rds:RestoreDBInstanceFromDBSnapshot'],
      resources: ['nightly'],
    });
  });
});
