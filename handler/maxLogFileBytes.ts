/**
 * How large a log file may be uncompressed: a sixth of the function's memory. gunzip and
 * JSON.parse peak at three to five times the uncompressed size (docs/performance.md), the runtime
 * takes the rest.
 */
export function maxLogFileBytes(memoryMegabytes: number): number {
  return Math.floor((memoryMegabytes * 1024 * 1024) / 6);
}
