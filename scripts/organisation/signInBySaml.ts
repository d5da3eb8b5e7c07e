import { addRecord } from './addRecord.ts';
import type { Caller } from './caller.ts';
import { fromBrowser } from './from.ts';
import { grantRole } from './grantRole.ts';
import { providerHash, uuid } from './ids.ts';
import type { Account } from './organisation.ts';
import type { Role } from './roleOf.ts';
import { roleFields } from './stsFields.ts';
import { keep, type World } from './world.ts';

/** A sign-in at an identity provider, and the role that the person gets by it. */
export interface SignIn {
  readonly account: Account;
  readonly role: Role;
  readonly provider: string;
  readonly issuer: string;
  readonly name: string;
  readonly sessionName: string;
  readonly time: number;
  readonly fromConsole: boolean;
}

/** A person's session by the word of an identity provider. */
export function signInBySaml(world: World, signIn: SignIn): Caller {
  const { random } = world;
  const { account, role, provider, issuer, name, sessionName, fromConsole } = signIn;
  const from = fromBrowser(random);
  const truth = { kind: 'person', name, depth: 1 } as const;
  const wanted = { role, sessionName, time: signIn.time, seconds: 8 * 3600, truth, from };
  const grant = grantRole(world, { ...wanted, fromConsole });
  const hash = keep(world, `${account.id} ${provider}`, () => providerHash(random));
  const principalArn = `arn:aws:iam::${account.id}:saml-provider/${provider}`;
  const eventID = addRecord(world, {
    accountId: account.id,
    region: random.pick(['us-east-1', 'eu-west-1']),
    time: grant.time,
    action: 'sts:AssumeRoleWithSAML',
    userIdentity: {
      type: 'SAMLUser',
      principalId: `${hash}:${name}`,
      userName: name,
      identityProvider: hash,
    },
    from: { ...from },
    requestParameters: {
      sAMLAssertionID: `_${uuid(random)}`,
      roleSessionName: sessionName,
      durationSeconds: 8 * 3600,
      roleArn: role.arn,
      principalArn,
    },
    responseElements: {
      credentials: grant.credentials,
      subjectType: 'persistent',
      issuer,
      audience: 'https://signin.aws.amazon.com/saml',
      nameQualifier: hash,
      subject: name,
      assumedRoleUser: grant.assumedRoleUser,
    },
    fields: roleFields(role),
  });
  world.grantTruth.set(eventID, { ...truth, depth: 0 });
  return grant.session;
}
