import { NO_VALUE } from './evaluate.ts';
import type { Place } from './resourceTypes.ts';

/** The parameters that CloudFormation itself sets, as far as templates here use them. */
export function pseudoParameters(place: Required<Place>): Record<string, string | symbol> {
  const { accountId, partition, region, stackName, urlSuffix } = place;
  const stack = `stack/${stackName}/00000000-0000-4000-8000-000000000000`;
  return {
    'AWS::AccountId': accountId,
    'AWS::NoValue': NO_VALUE,
    'AWS::Partition': partition,
    'AWS::Region': region,
    'AWS::StackId': `arn:${partition}:cloudformation:${region}:${accountId}:${stack}`,
    'AWS::StackName': stackName,
    'AWS::URLSuffix': urlSuffix,
  };
}
