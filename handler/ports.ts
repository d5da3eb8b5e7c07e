import type { LogFileRef } from './logFilesAnnouncedBy.ts';
import type { Grant } from './originator/grantOf.ts';
import type { AlertMessage } from './renderMessage.ts';

/** Every side effect of the function. Any of them may throw, before or after its effect. */
export interface Ports {
  /** The object's bytes; throws if it is not there, or larger than `maxBytes`. */
  readonly getLogFile: (ref: LogFileRef, maxBytes: number) => Promise<Uint8Array>;
  /** All rows of the Watchlist table, unchecked. */
  readonly scanWatchlist: () => Promise<readonly unknown[]>;
  /** All rows of the AccountAlias table, unchecked. */
  readonly scanAccountAliases: () => Promise<readonly unknown[]>;
  /** All rows of the Suppression table, unchecked. */
  readonly scanSuppressions: () => Promise<readonly unknown[]>;
  /** Takes the right to publish, unless it was published or another has that right. */
  readonly claim: (claim: ClaimRef, lease: Lease) => Promise<Claim>;
  /** Records that it was published; throws if the claim is no longer the owner's. */
  readonly confirm: (claim: ClaimRef, owner: string) => Promise<void>;
  /** Gives an own claim back; does nothing if it is no longer the owner's. */
  readonly release: (claim: ClaimRef, owner: string) => Promise<void>;
  /** Items of the State table, claims too, sorted by part; never older than the last write. */
  readonly readState: (range: StateRange) => Promise<readonly StateItem[]>;
  /** Writes an item if the one that stands there has version `over` (undefined: if none does). */
  readonly writeState: (item: StateItem, over: number | undefined) => Promise<StateAnswer>;
  /** Adds to what is remembered under a link of the Session table; returns all of it. */
  readonly addToSession: (link: string, added: SessionPart, until: number) => Promise<SessionItem>;
  /** What is remembered under some links, never older than the last write; absent ones left out. */
  readonly readSessions: (links: readonly string[]) => Promise<readonly SessionItem[]>;
  /** Publishes 1 to 10 messages, together within SNS's limits; returns those that failed. */
  readonly publish: (messages: readonly AlertMessage[]) => Promise<readonly PublishFailure[]>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly pause: (milliseconds: number) => Promise<void>;
  readonly log: (line: LogLine) => void;
}

/** An alert, or a follow-up of it, as State knows it. */
export interface ClaimRef {
  readonly id: string; // the alert's
  readonly part: string; // alert, or count#STEP
  readonly told?: number; // the count that the message tells
  readonly until?: number; // kept from then on as long as from now on; epoch seconds
  readonly subject?: string; // the message's, for its follow-ups
  readonly silent?: boolean; // nothing is published: the claim is confirmed at once
}

/** Who may publish, and until when another may not. */
export interface Lease {
  readonly owner: string; // one attempt to publish, never another
  readonly endsAt: number; // epoch seconds
}

/** Parts of one key, from and to included. */
export interface StateRange {
  readonly key: string;
  readonly from: string;
  readonly to: string;
  readonly newest?: number; // only so many, the last ones
}

/** An item that several invocations merge into; `v` rises with each write. */
export interface StateItem {
  readonly key: string;
  readonly part: string;
  readonly v: number;
  readonly expiresAt: number; // epoch seconds
  readonly [attribute: string]: unknown;
}

/** A grant of a session's credentials, or an alert that waits to hear of one. */
export type SessionPart = { readonly grant: Grant } | { readonly waiter: string };

/** What is remembered under a link: an access key id, or `principalId#creationDate`. */
export interface SessionItem {
  readonly link: string;
  readonly grants: readonly Grant[]; // 20 at most
  readonly isFull: boolean; // there were more grants: none of them can be told to be the one
  readonly waiters: readonly string[]; // alert ids, 20 at most
}

export type StateAnswer = 'written' | { readonly standing: StateItem | undefined };

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
