import { matchesWildcard } from '../pattern/matchesWildcard.ts';
import type { Grant } from './access.ts';
import { type Narrowing, narrowingOfDeny } from './conditions.ts';
import { field, textsIn } from './fields.ts';
import { principalsIn } from './principals.ts';

type Literals = readonly string[]; // between the stars

/** A Deny for everybody but some, and what it denies. */
interface Denial {
  readonly limit: Narrowing;
  readonly actions: readonly Literals[]; // in lower case
  readonly resources: readonly Literals[]; // as written: keys of objects have a case
}

const MOST_DENIES = 50; // a policy of 100 KB may hold a thousand, beside as many others
const MOST_COMPARED = 10_000; // actions and resources of one Allow with those of all Denies

/**
 * How the Deny statements of a policy narrow an Allow: only those that reach all that it allows,
 * alone or together with others that spare the same.
 */
export function denialsOf(denies: readonly unknown[]): (allow: Grant) => readonly Narrowing[] {
  const denials = denies.slice(0, MOST_DENIES).flatMap(denialOf);
  const bySpared = [...Map.groupBy(denials, ({ limit }) => JSON.stringify(limit)).values()];
  return ({ actions, resources }) => {
    const patterns = denials.flatMap((one) => [...one.actions, ...one.resources]).length;
    if (actions.length * Math.max(1, resources.length) * patterns > MOST_COMPARED) return [];
    const lowered = actions.map((action) => action.toLowerCase());
    return bySpared.flatMap((those) => {
      const isReached = lowered.every((action) =>
        (resources.length === 0 ? [''] : resources).every((resource) =>
          those.some((one) => reaches(one, action, resource)),
        ),
      );
      return isReached ? those.slice(0, 1).map(({ limit }) => limit) : [];
    });
  };
}

/** Nothing if a Deny is for some only, or says by exclusion what it denies. */
function denialOf(statement: unknown): readonly Denial[] {
  if (field(statement, 'NotAction') ?? field(statement, 'NotResource')) return [];
  const spared = sparedBy(statement);
  const limit = narrowingOfDeny(field(statement, 'Condition'));
  if (spared === undefined || limit === undefined) return [];
  return [
    {
      limit: {
        ...limit,
        accounts: [...limit.accounts, ...spared],
        isBound: limit.isBound && spared.length === 0,
      },
      actions: textsIn(field(statement, 'Action')).map((text) => text.toLowerCase().split('*')),
      resources: textsIn(field(statement, 'Resource')).map((text) => text.split('*')),
    },
  ];
}

/** The accounts that `NotPrincipal` spares; none for everybody; undefined if it is for some only. */
function sparedBy(statement: unknown): readonly string[] | undefined {
  const spared = field(statement, 'NotPrincipal');
  if (spared === undefined) {
    return principalsIn(field(statement, 'Principal')).everyone ? [] : undefined;
  }
  const { everyone, accounts, unknown } = principalsIn(spared);
  return everyone || unknown.length > 0 ? undefined : accounts;
}

function reaches({ actions, resources }: Denial, action: string, resource: string): boolean {
  return (
    actions.some((literals) => matchesWildcard(action, literals)) &&
    (resource === '' || resources.some((literals) => matchesWildcard(resource, literals)))
  );
}
