import { expect } from 'chai';
import { ACCOUNT } from '../../factories.ts';
import { accessOfCall, ORGANIZATION, OUTSIDER, told } from './accessOfCall.ts';

describe('permissionGrants', () => {
  it('judges calls that add one statement by its parts', () => {
    const table: [string, object, string][] = [
      ['lambda AddPermission20150331v2', { principal: '*' }, 'public'],
      ['lambda AddPermission', { principal: '*', principalOrgID: ORGANIZATION }, ORGANIZATION],
      ['lambda AddPermission', { principal: '*', sourceAccount: ACCOUNT }, ''],
      ['lambda AddPermission', { principal: OUTSIDER }, OUTSIDER],
      ['lambda AddPermission', { principal: `arn:aws:iam::${ACCOUNT}:role/app` }, ''],
      [
        'lambda AddPermission',
        { principal: 's3.amazonaws.com', sourceAccount: null },
        's3.amazonaws.com',
      ],
      [
        'lambda AddPermission',
        { principal: 's3.amazonaws.com', sourceAccount: OUTSIDER },
        `${OUTSIDER} s3.amazonaws.com`,
      ],
      [
        'lambda AddPermission',
        { principal: 'sns.amazonaws.com', sourceArn: `arn:aws:sns:eu-west-1:${OUTSIDER}:t` },
        `${OUTSIDER} sns.amazonaws.com`,
      ],
      ['lambda AddPermission', {}, ''],
      ['lambda AddLayerVersionPermission20181031', { principal: '*' }, 'public'],
      [
        'lambda AddLayerVersionPermission20181031',
        { principal: '*', organizationId: ORGANIZATION },
        ORGANIZATION,
      ],
      ['events PutPermission', { principal: '*', action: 'events:PutEvents' }, 'public'],
      ['events PutPermission', { principal: OUTSIDER, condition: null }, OUTSIDER],
      [
        'events PutPermission',
        {
          principal: '*',
          condition: { type: 'StringEquals', key: 'aws:PrincipalOrgID', value: ORGANIZATION },
        },
        ORGANIZATION,
      ],
      [
        'sns AddPermission',
        { aWSAccountId: [OUTSIDER, ACCOUNT], actionName: ['Publish'] },
        OUTSIDER,
      ],
      ['sns AddPermission', { aWSAccountIds: ['*'], actionNames: ['Publish'] }, 'public'],
      ['sqs AddPermission', { aWSAccountIds: [OUTSIDER], actions: ['SendMessage'] }, OUTSIDER],
      ['sqs AddPermission', { AWSAccountId: ['*'] }, 'public'],
      [
        'signer AddProfilePermission',
        { principal: OUTSIDER, action: 'signer:StartSigningJob' },
        OUTSIDER,
      ],
      ['kms CreateGrant', { granteePrincipal: `arn:aws:iam::${OUTSIDER}:root` }, OUTSIDER],
      [
        'kms CreateGrant',
        { granteePrincipal: 'rds.eu-west-1.amazonaws.com' },
        'rds.eu-west-1.amazonaws.com',
      ],
    ];
    for (const [call, parameters, expected] of table) {
      expect(accessOfCall(call, parameters).map(told), JSON.stringify(parameters)).to.deep.equal([
        expected,
      ]);
    }
  });

  it('names what may be done with what', () => {
    const parameters = {
      keyId: 'arn:aws:kms:eu-west-1:111122223333:key/1',
      granteePrincipal: `arn:aws:iam::${OUTSIDER}:role/app`,
      operations: ['Decrypt', 'GenerateDataKey'],
      constraints: { encryptionContextSubset: { team: 'red' } },
    };
    expect(accessOfCall('kms CreateGrant', parameters)[0]).to.deep.include({
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: [parameters.keyId],
      conditioned: true,
    });
    expect(
      accessOfCall('events PutPermission', { principal: OUTSIDER })[0]?.resources,
    ).to.deep.equal(['default']);
  });

  it('leaves a call that brings a whole policy to that policy', () => {
    const policy = JSON.stringify({ Statement: { Effect: 'Allow', Principal: '*', Action: '*' } });
    expect(accessOfCall('events PutPermission', { policy }).map(told)).to.deep.equal(['public']);
  });
});
