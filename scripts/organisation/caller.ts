import type { Truth } from './organisation.ts';
import type { Json } from './world.ts';

/** Where calls come from. */
export interface From {
  readonly sourceIPAddress: string;
  readonly userAgent: string;
}

/** Somebody who can call AWS: an IAM user with a key, or whoever holds a session. */
export interface Caller {
  readonly accountId: string;
  readonly principalId: string;
  readonly arn: string;
  readonly truth: Truth; // of each call
  readonly begins: number; // epoch milliseconds
  readonly ends: number;
  readonly canAssume: boolean;
  readonly from: From;
  readonly identity: () => Json; // `userIdentity` of the next call; sessions may change their key
  readonly fields?: Json; // what further marks their records
}
