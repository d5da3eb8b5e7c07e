import { addRecord } from './addRecord.ts';
import type { Caller } from './caller.ts';
import { changingKey } from './changingKey.ts';
import { fromBrowser } from './from.ts';
import { freeSecond } from './issueCredentials.ts';
import { tlsFields } from './stsFields.ts';
import { eventTime, HOUR, SECOND } from './times.ts';
import { userOf } from './userOf.ts';
import type { Json, World } from './world.ts';

/** An IAM user signs in to the console: the record of it names no key, and the key changes. */
export function signInAsUser(world: World, wanted: number): readonly Caller[] {
  const user = { ...userOf(world, wanted), from: fromBrowser(world.random) };
  const { accessKeyId: _, ...identity } = user.identity();
  return [signIn(world, user, identity)];
}

export function signInAsRoot(world: World, wanted: number): readonly Caller[] {
  const { id: accountId } = world.random.pick(world.accounts);
  const arn = `arn:aws:iam::${accountId}:root`;
  const root: Caller = {
    accountId,
    principalId: accountId,
    arn,
    truth: { kind: 'root', name: 'root', depth: 0 },
    begins: wanted,
    ends: wanted,
    canAssume: false,
    from: fromBrowser(world.random),
    identity: () => ({}),
  };
  return [signIn(world, root, { type: 'Root', principalId: accountId, arn, accountId })];
}

function signIn(world: World, who: Caller, identity: Json): Caller {
  const { random } = world;
  const begins = freeSecond(world, who.principalId, who.begins);
  if (random.chance(0.2)) writeSignIn(world, who, begins - 20 * SECOND, identity, 'Failure');
  writeSignIn(world, who, begins, identity, 'Success');
  const key = changingKey(random);
  const attributes = { creationDate: eventTime(begins), mfaAuthenticated: 'true' };
  return {
    ...who,
    truth: { ...who.truth, depth: 1 },
    begins,
    ends: begins + 12 * HOUR,
    identity: () => ({ ...identity, accessKeyId: key(), sessionContext: { attributes } }),
    fields: { sessionCredentialFromConsole: 'true' },
  };
}

function writeSignIn(
  world: World,
  who: Caller,
  time: number,
  identity: Json,
  result: 'Success' | 'Failure',
): void {
  const isRoot = identity['type'] === 'Root';
  const region = isRoot ? 'us-east-1' : 'eu-west-1'; // only users sign in elsewhere
  const eventID = addRecord(world, {
    accountId: who.accountId,
    region,
    time,
    action: 'signin:ConsoleLogin',
    userIdentity: isRoot ? { ...identity, accessKeyId: '' } : identity,
    from: { ...who.from },
    responseElements: { ConsoleLogin: result },
    readOnly: false,
    fields: {
      eventType: 'AwsConsoleSignIn',
      ...(result === 'Failure' && { errorMessage: 'Failed authentication' }),
      additionalEventData: {
        LoginTo: 'https://console.aws.amazon.com/console/home',
        MobileVersion: 'No',
        MFAUsed: result === 'Success' ? 'Yes' : 'No',
      },
      ...tlsFields(region, 'signin'),
    },
  });
  world.grantTruth.set(eventID, who.truth);
}
