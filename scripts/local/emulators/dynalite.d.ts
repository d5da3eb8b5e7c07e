declare module 'dynalite' {
  import type { Server } from 'node:http';

  interface Options {
    readonly createTableMs?: number; // how long a table stays in CREATING
    readonly deleteTableMs?: number;
    readonly updateTableMs?: number;
  }
  /** An HTTP server that speaks DynamoDB, with its tables in memory. */
  function dynalite(options?: Options): Server;
  export = dynalite;
}
