/**
 * When a call to AWS is given up, in milliseconds. One that hangs would otherwise last until the
 * function is killed, with all its log files. The SDK's three attempts take 45 s at most, which
 * leaves time to tell what failed.
 */
export const TIMEOUTS = {
  connectionTimeout: 3_000,
  requestTimeout: 15_000, // until the answer begins
  throwOnRequestTimeout: true, // without it the SDK only warns
  socketTimeout: 15_000, // of silence, so also for a body that stalls
};
