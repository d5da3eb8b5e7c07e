/** The monitoring section of the CIS AWS Foundations Benchmark; tags `cis:4.1` name its controls. */
export const CIS_VERSION = '3.0.0, section 4';

/** What each control asks to be told of, in our words. */
export const CIS_CONTROLS: Readonly<Record<string, string>> = {
  '4.1': 'API calls that are denied',
  '4.2': 'Console sign-in without MFA',
  '4.3': 'Use of the root user',
  '4.4': 'Changes of IAM policies',
  '4.5': 'Changes of CloudTrail’s configuration',
  '4.6': 'Console sign-ins that fail',
  '4.7': 'Customer managed keys disabled or scheduled for deletion',
  '4.8': 'Changes of bucket policies',
  '4.9': 'Changes of AWS Config’s configuration',
  '4.10': 'Changes of security groups',
  '4.11': 'Changes of network ACLs',
  '4.12': 'Changes of network gateways',
  '4.13': 'Changes of route tables',
  '4.14': 'Changes of VPCs',
  '4.15': 'Changes of AWS Organizations',
  '4.16': 'AWS Security Hub switched off',
};
