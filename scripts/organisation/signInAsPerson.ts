import type { Caller } from './caller.ts';
import { hex } from './ids.ts';
import { roleOf } from './roleOf.ts';
import { signInBySaml } from './signInBySaml.ts';
import { keep, type World } from './world.ts';

const PEOPLE = ['alice', 'bob.stone', 'chen.wei', 'dora', 'emre', 'fatima.k', 'george', 'hana'];
const SETS = ['AdministratorAccess', 'ReadOnlyAccess', 'PowerUserAccess'];

/** A person through IAM Identity Center, whose service names the session after the person. */
export function signInThroughIdentityCenter(world: World, time: number): readonly Caller[] {
  const { random } = world;
  const account = random.pick(world.accounts);
  const name = `${random.pick(PEOPLE)}@example.com`;
  const set = random.pick(SETS);
  const suffix = keep(world, `${account.id} ${set}`, () => hex(random, 16));
  const path = `/aws-reserved/sso.amazonaws.com/${random.pick(['', 'eu-west-1/'])}`;
  const role = keep(world, `${account.id} ${set} path`, () => path);
  return [
    signInBySaml(world, {
      account,
      role: roleOf(world, account.id, `AWSReservedSSO_${set}_${suffix}`, role),
      provider: 'AWSSSO_0f1e2d3c4b5a6978_DO_NOT_DELETE',
      issuer: 'https://portal.sso.eu-west-1.amazonaws.com/saml/assertion/acme',
      name,
      sessionName: name,
      time,
      fromConsole: random.chance(0.3),
    }),
  ];
}

/** A person through the organisation's own provider; the name of the session tells nothing. */
export function signInThroughOwnProvider(world: World, time: number): readonly Caller[] {
  const { random } = world;
  const account = random.pick(world.accounts);
  return [
    signInBySaml(world, {
      account,
      role: roleOf(world, account.id, random.pick(['saml-developer', 'saml-finance'])),
      provider: 'acme-idp',
      issuer: 'https://idp.example.org/metadata',
      name: `${random.pick(PEOPLE)}.${random.whole(1, 3)}`,
      sessionName: random.pick([...PEOPLE, 'dev-session', 'root']),
      time,
      fromConsole: false,
    }),
  ];
}
