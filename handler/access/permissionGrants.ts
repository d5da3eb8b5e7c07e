import { unversioned } from '../unversioned.ts';
import type { Call, Grant } from './access.ts';
import { field, fieldsAt, textsIn } from './fields.ts';
import { statementGrants } from './statementGrants.ts';

type Statement = Readonly<Record<string, unknown>>;

/** Calls that add one statement to a policy by its parts; each is judged as the statement it makes. */
const PERMISSION_CALLS: Readonly<Record<string, (parameters: unknown) => Statement>> = {
  'lambda.amazonaws.com AddPermission': (call) => ({
    Principal: principalOf(field(call, 'principal')),
    Action: field(call, 'action'),
    Resource: field(call, 'functionName'),
    Condition: conditionsOf(call, {
      'aws:SourceAccount': 'sourceAccount',
      'aws:SourceArn': 'sourceArn',
      'aws:PrincipalOrgID': 'principalOrgID',
    }),
  }),
  'lambda.amazonaws.com AddLayerVersionPermission': (call) => ({
    Principal: principalOf(field(call, 'principal')),
    Action: field(call, 'action'),
    Resource: field(call, 'layerName'),
    Condition: conditionsOf(call, { 'aws:PrincipalOrgID': 'organizationId' }),
  }),
  'events.amazonaws.com PutPermission': (call) => ({
    Principal: principalOf(field(call, 'principal')),
    Action: field(call, 'action'),
    Resource: field(call, 'eventBusName') ?? 'default',
    Condition: ruleCondition(field(call, 'condition')),
  }),
  'sns.amazonaws.com AddPermission': (call) => ({
    Principal: { AWS: field(call, 'aWSAccountId') ?? field(call, 'aWSAccountIds') },
    Action: field(call, 'actionName') ?? field(call, 'actionNames'),
    Resource: field(call, 'topicArn'),
  }),
  'sqs.amazonaws.com AddPermission': (call) => ({
    Principal: { AWS: field(call, 'aWSAccountIds') ?? field(call, 'aWSAccountId') },
    Action: field(call, 'actions'),
    Resource: field(call, 'queueUrl'),
  }),
  'signer.amazonaws.com AddProfilePermission': (call) => ({
    Principal: principalOf(field(call, 'principal')),
    Action: field(call, 'action'),
    Resource: field(call, 'profileName'),
  }),
  'kms.amazonaws.com CreateGrant': (call) => ({
    Principal: principalOf(field(call, 'granteePrincipal')),
    Action: textsIn(field(call, 'operations')).map((operation) => `kms:${operation}`),
    Resource: field(call, 'keyId'),
    Condition: grantConstraints(call),
  }),
};

export function permissionGrants({ eventSource, eventName, parameters }: Call): readonly Grant[] {
  const names = [eventName, ...unversioned(eventName)].map((name) => `${eventSource} ${name}`);
  const call = names.find((name) => Object.hasOwn(PERMISSION_CALLS, name));
  if (call === undefined) return [];
  const statement = PERMISSION_CALLS[call]?.(parameters);
  // PutPermission may bring a whole policy instead.
  if (fieldsAt(parameters, ['policy']).length > 0) return [];
  return statementGrants([{ Effect: 'Allow', ...statement }]);
}

const SERVICE = /^[a-z0-9.-]+\.(?:amazonaws|amazon)\.com(?:\.cn)?$/;

function principalOf(principal: unknown): Statement {
  const isService = typeof principal === 'string' && SERVICE.test(principal);
  return isService ? { Service: principal } : { AWS: principal };
}

/** Parameters as the conditions that they make; absent ones make none. */
function conditionsOf(call: unknown, names: Readonly<Record<string, string>>): Statement {
  const made = Object.entries(names).flatMap(([key, name]) => {
    const value = field(call, name);
    return value === undefined || value === null ? [] : [[key, value] as const];
  });
  return made.length === 0 ? {} : { StringLike: Object.fromEntries(made) };
}

function ruleCondition(condition: unknown): Statement {
  const [type, key] = [field(condition, 'type'), field(condition, 'key')];
  if (typeof type !== 'string' || typeof key !== 'string') return {};
  return { [type]: { [key]: field(condition, 'value') } };
}

/** A grant's constraints bind what is decrypted, not by whom. */
function grantConstraints(call: unknown): Statement {
  const constraints = field(call, 'constraints');
  return constraints === undefined || constraints === null ? {} : { Constraints: constraints };
}
