/** An account of the organisation. */
export interface Account {
  readonly id: string;
  readonly alias: string;
}

/** A log file as it was delivered; a file delivered twice is listed twice. */
export interface LogFile {
  readonly key: string;
  readonly accountId: string; // of the key
  readonly time: number; // of its delivery, epoch milliseconds
  readonly records: readonly Readonly<Record<string, unknown>>[];
}

/** Who really acted. */
export interface Truth {
  readonly kind: 'person' | 'root' | 'user' | 'workload' | 'service' | 'account';
  // An e-mail address or the identity provider's name of a person, `root`, an IAM user's name, a web
  // identity's subject, an instance's id, a function's name, a service's DNS name, an account's id.
  readonly name: string;
  readonly depth: number; // sessions between the originator and the event
}

/** The trails of an organisation, and what a reader of them should find out. */
export interface Organisation {
  readonly accounts: readonly Account[];
  readonly logFiles: readonly LogFile[]; // in order of delivery
  readonly truth: ReadonlyMap<string, Truth>; // by the eventID of each use
  // By the eventID of each call of STS that has a caller of its own, failed ones too: who asked.
  readonly grantTruth: ReadonlyMap<string, Truth>;
}
