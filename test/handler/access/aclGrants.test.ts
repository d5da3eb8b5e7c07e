import { expect } from 'chai';
import { accessOfCall, told } from './accessOfCall.ts';

const GROUPS = 'http://acs.amazonaws.com/groups';
const policy = (...Grant: object[]) => ({
  bucketName: 'acme-data',
  AccessControlPolicy: { Owner: { ID: 'own' }, AccessControlList: { Grant } },
});

describe('aclGrants', () => {
  it('judges grants, canned and not, in parameters and headers', () => {
    const all = { URI: `${GROUPS}/global/AllUsers`, 'xsi:type': 'Group' };
    const table: [object, string[]][] = [
      [policy({ Grantee: all, Permission: 'READ' }), ['public']],
      [
        policy({ Grantee: { URI: `${GROUPS}/global/AuthenticatedUsers` }, Permission: 'READ' }),
        ['public'],
      ],
      [policy({ Grantee: { URI: `${GROUPS}/s3/LogDelivery` }, Permission: 'WRITE' }), []],
      [policy({ Grantee: { ID: 'own' }, Permission: 'FULL_CONTROL' }), []],
      [policy({ Grantee: { ID: 'another' }, Permission: 'READ' }), ['unknown']],
      [policy({ Grantee: { EmailAddress: 'eve@example.com' }, Permission: 'READ' }), ['unknown']],
      [policy({ Permission: 'READ' }), ['unknown']],
      [{ 'x-amz-acl': ['public-read'] }, ['public']],
      [{ 'x-amz-acl': 'public-read-write' }, ['public']],
      [{ 'x-amz-acl': ['authenticated-read'] }, ['public']],
      [{ 'x-amz-acl': ['private', 'bucket-owner-full-control', 'toString'] }, []],
      [
        { accessControlList: { 'x-amz-grant-read': `uri="${GROUPS}/global/AllUsers"` } },
        ['public'],
      ],
      [{ 'x-amz-grant-write-acp': `id="another", uri=${GROUPS}/s3/LogDelivery` }, ['unknown']],
      [{ 'x-amz-grant-read': 'id' }, ['unknown']],
      [{ acl: 'public-read' }, []],
    ];
    for (const [parameters, expected] of table) {
      const found = accessOfCall('s3 PutBucketAcl', parameters).map(told);
      expect(found, JSON.stringify(parameters)).to.deep.equal(expected);
    }
  });

  it('names the object and what may be done with it', () => {
    const header = {
      bucketName: 'acme-data',
      key: 'a/b.csv',
      'x-amz-grant-read-acp': `uri=${GROUPS}/global/AllUsers`,
    };
    const opened = accessOfCall('s3 PutObjectAcl', header);
    expect(opened[0]).to.deep.include({ actions: ['READ_ACP'], resources: ['acme-data/a/b.csv'] });
    const [bucket] = accessOfCall('s3 CreateBucket', {
      bucketName: 'acme-data',
      'x-amz-acl': 'public-read-write',
    });
    expect(bucket).to.deep.include({ actions: ['READ', 'WRITE'], resources: ['acme-data'] });
  });

  it('minds only Amazon S3', () => {
    expect(accessOfCall('rds PutBucketAcl', { 'x-amz-acl': ['public-read'] })).to.deep.equal([]);
  });
});
