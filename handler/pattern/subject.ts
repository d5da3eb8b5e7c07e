/** What a pattern is compared with. */
export interface Subject {
  readonly record: Readonly<Record<string, unknown>>;
  /** What stands under the reserved top-level name `trailwatch`; worked out only if asked for. */
  readonly facts: () => Readonly<Record<string, unknown>>;
  /** Whether the list `known-accounts` holds an account id. */
  readonly isKnownAccount: (accountId: string) => boolean;
}
