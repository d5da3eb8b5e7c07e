/** What one statement, grant or rule of a request opens: an element of `trailwatch.access`. */
export interface Access {
  readonly effect: 'Allow' | 'Deny';
  /** Whether anybody can use it. A Deny opens nothing. */
  readonly public: boolean;
  readonly accounts: readonly string[]; // account ids
  readonly outside: readonly string[]; // accounts and organisations among them that are not ours
  readonly organizations: readonly string[]; // `o-...`: only their members can use it
  readonly services: readonly string[]; // service principals
  readonly actions: readonly string[]; // `*` for NotAction
  readonly resources: readonly string[]; // `*` for NotResource
  readonly conditioned: boolean; // has conditions, whether or not they narrow whom it is for
  /** What could not be judged; absent if all could. */
  readonly unknown?: string;
  /** Of a rule of a security group: `tcp`, `udp`, ... or `all`; both ports belong to the rule. */
  readonly protocol?: string;
  readonly fromPort?: number;
  readonly toPort?: number;
}

/** Whom something is for, before it is known which accounts are ours. */
export interface Audience {
  readonly everyone: boolean;
  readonly isBound: boolean; // only members of the organisations can use it
  readonly accounts: readonly string[];
  readonly organizations: readonly string[];
  readonly services: readonly string[];
  readonly unknown: readonly string[]; // what could not be read, for people
}

/** An Access but for which of its accounts are ours. */
export type Grant = Omit<
  Access,
  'public' | 'accounts' | 'outside' | 'organizations' | 'services' | 'unknown'
> &
  Audience;

export const NOBODY: Audience = {
  everyone: false,
  isBound: false,
  accounts: [],
  organizations: [],
  services: [],
  unknown: [],
};

export const EVERYONE: Audience = { ...NOBODY, everyone: true };

export function together(audiences: readonly Audience[]): Audience {
  return {
    everyone: audiences.some(({ everyone }) => everyone),
    isBound: false,
    accounts: unique(audiences.flatMap(({ accounts }) => accounts)),
    organizations: unique(audiences.flatMap(({ organizations }) => organizations)),
    services: unique(audiences.flatMap(({ services }) => services)),
    unknown: unique(audiences.flatMap(({ unknown }) => unknown)),
  };
}

const unique = (texts: readonly string[]) => [...new Set(texts)];

/** An API call as far as it may open something. */
export interface Call {
  readonly eventSource: string;
  readonly eventName: string;
  readonly parameters: unknown; // requestParameters
}
