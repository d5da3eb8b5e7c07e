import type { Role } from './roleOf.ts';
import type { Json } from './world.ts';

/** What the record of an assumed role says beyond its parameters. */
export const roleFields = ({ accountId, arn }: Role): Json => ({
  resources: [{ accountId, type: 'AWS::IAM::Role', ARN: arn }],
});

/** Of a call that came over the network. */
export const tlsFields = (region: string, service = 'sts'): Json => ({
  tlsDetails: {
    tlsVersion: 'TLSv1.3',
    cipherSuite: 'TLS_AES_128_GCM_SHA256',
    clientProvidedHostHeader: `${service}.${region}.amazonaws.com`,
  },
});
