import { addRecord } from './addRecord.ts';
import type { Caller } from './caller.ts';
import { fromSomewhere } from './from.ts';
import { grantRole } from './grantRole.ts';
import { hex } from './ids.ts';
import { roleOf } from './roleOf.ts';
import { roleFields, tlsFields } from './stsFields.ts';
import { keep, type World } from './world.ts';

const BRANCHES = [
  'repo:acme/shop:ref:refs/heads/main',
  'repo:acme/shop:pull_request',
  'repo:acme/infra:environment:production',
];
const SERVICE_ACCOUNTS = [
  'system:serviceaccount:shop:api',
  'system:serviceaccount:shop:worker',
  'system:serviceaccount:kube-system:cluster-autoscaler',
];

/** A workflow of GitHub Actions; all of them may call their sessions alike. */
export function runWorkflow(world: World, time: number): readonly Caller[] {
  const sessionName = world.random.pick(['GitHubActions', 'deploy']);
  const host = 'token.actions.githubusercontent.com';
  const subject = world.random.pick(BRANCHES);
  return [assumeWithWebIdentity(world, { host, subject, roleName: 'ci', sessionName, time })];
}

/** A service account of a Kubernetes cluster. */
export function runPod(world: World, time: number): readonly Caller[] {
  const { random } = world;
  const cluster = keep(world, 'cluster', () => hex(random, 32).toUpperCase());
  const host = `oidc.eks.eu-west-1.amazonaws.com/id/${cluster}`;
  const sessionName = `botocore-session-${random.whole(1e9, 2e9)}`;
  const subject = random.pick(SERVICE_ACCOUNTS);
  return [assumeWithWebIdentity(world, { host, subject, roleName: 'pods', sessionName, time })];
}

interface Asked {
  readonly host: string;
  readonly subject: string;
  readonly roleName: string;
  readonly sessionName: string;
  readonly time: number;
}

function assumeWithWebIdentity(world: World, asked: Asked): Caller {
  const { random } = world;
  const { host, subject, sessionName } = asked;
  const { id: accountId } = random.pick(world.accounts);
  const role = roleOf(world, accountId, asked.roleName);
  const provider = `arn:aws:iam::${accountId}:oidc-provider/${host}`;
  const from = fromSomewhere(random);
  const truth = { kind: 'workload', name: subject, depth: 1 } as const;
  const context = { webIdFederationData: { federatedProvider: provider, attributes: {} } };
  const wanted = { role, sessionName, time: asked.time, seconds: 3600, truth, from, context };
  const { time, credentials, assumedRoleUser, session } = grantRole(world, wanted);
  const region = random.pick(['us-east-1', 'eu-west-1']);
  const audience = 'sts.amazonaws.com';
  const eventID = addRecord(world, {
    accountId,
    region,
    time,
    action: 'sts:AssumeRoleWithWebIdentity',
    userIdentity: {
      type: 'WebIdentityUser',
      principalId: `${provider}:${audience}:${subject}`,
      userName: subject,
      identityProvider: provider,
    },
    from: { ...from },
    requestParameters: { roleArn: role.arn, roleSessionName: sessionName, durationSeconds: 3600 },
    responseElements: {
      credentials,
      subjectFromWebIdentityToken: subject,
      assumedRoleUser,
      provider,
      audience,
    },
    fields: { ...roleFields(role), ...tlsFields(region) },
  });
  world.grantTruth.set(eventID, { ...truth, depth: 0 });
  return session;
}
