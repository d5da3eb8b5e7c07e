/** The conditions of each named list, as `lists.json` holds them; checked by parseList. */
export type NamedLists = ReadonlyMap<string, readonly unknown[]>;

/** The list of account ids that is made of the account aliases, and cannot be written. */
export const KNOWN_ACCOUNTS = 'known-accounts';

/** The list of account ids outside of the organisation that things may be opened to. */
export const TRUSTED_ACCOUNTS = 'trusted-accounts';
