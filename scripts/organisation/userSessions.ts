import { addRecord } from './addRecord.ts';
import type { Caller } from './caller.ts';
import { issueCredentials } from './issueCredentials.ts';
import { tlsFields } from './stsFields.ts';
import { eventTime, SECOND } from './times.ts';
import { userOf } from './userOf.ts';
import type { Json, World } from './world.ts';

const TWELVE_HOURS = 12 * 3600; // in seconds

/** An IAM user with its own key, or with that of a session of its own. */
export function actAsUser(world: World, time: number): readonly Caller[] {
  return [userOf(world, time)];
}

/** A session that is the user still, with another key. */
export function getSessionToken(world: World, wanted: number): readonly Caller[] {
  const user = userOf(world, wanted);
  const granted = askFor(world, user, {
    action: 'sts:GetSessionToken',
    principalId: user.principalId,
    requestParameters: { durationSeconds: TWELVE_HOURS },
    answer: {},
  });
  const { accessKeyId } = granted;
  const sessionContext = { attributes: attributesOf(granted.begins) };
  const identity = { ...user.identity(), accessKeyId, sessionContext };
  return [{ ...user, ...granted, identity: () => identity }];
}

/** A session under a name that the user made up. It cannot call STS. */
export function getFederationToken(world: World, wanted: number): readonly Caller[] {
  const user = userOf(world, wanted);
  const { accountId } = user;
  const name = world.random.pick(['admin', 'partner', 'report-viewer']);
  const principalId = `${accountId}:${name}`;
  const arn = `arn:aws:sts::${accountId}:federated-user/${name}`;
  const granted = askFor(world, user, {
    action: 'sts:GetFederationToken',
    principalId,
    requestParameters: { name, durationSeconds: TWELVE_HOURS },
    answer: { federatedUser: { federatedUserId: principalId, arn }, packedPolicySize: 0 },
  });
  const issuer = { type: 'IAMUser', principalId: user.principalId, arn: user.arn, accountId };
  const sessionContext = {
    sessionIssuer: { ...issuer, userName: user.name },
    attributes: attributesOf(granted.begins),
  };
  const { accessKeyId } = granted;
  const identity = { type: 'FederatedUser', principalId, arn, accountId, accessKeyId };
  const named = { principalId, arn, canAssume: false };
  return [{ ...user, ...named, ...granted, identity: () => ({ ...identity, sessionContext }) }];
}

interface Asked {
  readonly action: string;
  readonly principalId: string; // of the session
  readonly requestParameters: Json;
  readonly answer: Json; // beyond the credentials
}

function askFor(world: World, user: Caller, asked: Asked) {
  const { action, principalId, requestParameters, answer } = asked;
  const issued = issueCredentials(world, principalId, user.begins, TWELVE_HOURS);
  const { time, accessKeyId, credentials } = issued;
  const { accountId, from } = user;
  const region = world.random.pick(['us-east-1', 'eu-west-1']);
  const eventID = addRecord(world, {
    accountId,
    region,
    time,
    action,
    userIdentity: user.identity(),
    from: { ...from },
    requestParameters,
    responseElements: { credentials, ...answer },
    readOnly: action === 'sts:GetSessionToken',
    fields: tlsFields(region),
  });
  world.grantTruth.set(eventID, user.truth);
  const ends = time + TWELVE_HOURS * SECOND;
  return { begins: time, ends, accessKeyId, truth: { ...user.truth, depth: 1 } };
}

const attributesOf = (time: number): Json => ({
  creationDate: eventTime(time),
  mfaAuthenticated: 'false',
});
