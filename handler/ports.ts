import type { LogFileRef } from './logFilesAnnouncedBy.ts';
import type { AlertMessage } from './renderMessage.ts';

/** Every side effect of the function. Any of them may throw, before or after its effect. */
export interface Ports {
  /** The object's bytes; throws if it is not there, or larger than `maxBytes`. */
  readonly getLogFile: (ref: LogFileRef, maxBytes: number) => Promise<Uint8Array>;
  /** All rows of the Watchlist table, unchecked. */
  readonly scanWatchlist: () => Promise<readonly unknown[]>;
  /** All rows of the AccountAlias table, unchecked. */
  readonly scanAccountAliases: () => Promise<readonly unknown[]>;
  /** Takes the right to publish an alert, unless it was published or another has that right. */
  readonly claim: (alertId: string, lease: Lease) => Promise<Claim>;
  /** Records that the alert was published; throws if the claim is no longer the owner's. */
  readonly confirm: (alertId: string, owner: string) => Promise<void>;
  /** Gives an own claim back; does nothing if it is no longer the owner's. */
  readonly release: (alertId: string, owner: string) => Promise<void>;
  /** Publishes 1 to 10 messages, together within SNS's limits; returns those that failed. */
  readonly publish: (messages: readonly AlertMessage[]) => Promise<readonly PublishFailure[]>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly pause: (milliseconds: number) => Promise<void>;
  readonly log: (line: LogLine) => void;
}

/** Who may publish, and until when another may not. */
export interface Lease {
  readonly owner: string; // one attempt to publish, never another
  readonly endsAt: number; // epoch seconds
}

export type Claim = 'claimed' | 'sent before' | 'held by another';

export interface PublishFailure {
  readonly id: string; // the alert's
  readonly code: string;
  readonly senderFault: boolean; // sending it again would not help
}

export interface LogLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  readonly [field: string]: unknown; // no record contents at info level, never a secret
}
