import { runSimulation } from '@cloud-copilot/iam-simulate';

/** A call as IAM sees it. */
export interface Request {
  readonly principal: string; // an ARN, or a service's name
  readonly action: string; // s3:GetObject
  readonly resource: string; // an ARN
  readonly accountId: string; // the resource's
  readonly context?: Readonly<Record<string, string>>;
}

export interface Policies {
  readonly identity?: readonly { readonly name: string; readonly policy: unknown }[];
  readonly resource?: unknown;
}

/** Whether IAM allows a call by these policies alone; an invalid policy is an error. */
export async function isAllowed(
  { principal, action, resource, accountId, context = {} }: Request,
  policies: Policies,
): Promise<boolean> {
  const result = await runSimulation(
    {
      request: {
        principal,
        action,
        resource: { resource, accountId },
        contextVariables: { 'aws:SecureTransport': 'true', ...context },
      },
      identityPolicies: [...(policies.identity ?? [])],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      resourcePolicy: policies.resource,
    },
    {},
  );
  if (result.resultType === 'error') throw new Error(JSON.stringify(result.errors));
  return result.overallResult === 'Allowed';
}
