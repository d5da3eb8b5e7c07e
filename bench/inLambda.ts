import type { MeasuredWorkload } from './measureWorkload.ts';
import { resultOf } from './resultOf.ts';
import { LINE } from './workloads.ts';

const MEGABYTES = 1024; // the function's default
const MEGABYTES_OF_A_CORE = 1769; // Lambda gives a whole virtual processor at so much memory
const DOLLARS_PER_GB_SECOND = 0.0000133334; // arm64

/** What the line's time would be in Lambda, by calculation, for a million records. */
export function inLambda(workload: MeasuredWorkload): string {
  const { grown } = workload;
  const seconds = (resultOf(workload, LINE).milliseconds / grown.records) * 1000; // here, for a million records
  const inFunction = (seconds * MEGABYTES_OF_A_CORE) / MEGABYTES;
  const dollars = inFunction * (MEGABYTES / 1024) * DOLLARS_PER_GB_SECOND;
  const files = Math.round((grown.files / grown.records) * 1000);
  return (
    `A million records in log files of these sizes (${files},000 of them) take ${seconds.toFixed(1)} s of a ` +
    `core here. At ${MEGABYTES} MB Lambda gives ${percent(MEGABYTES / MEGABYTES_OF_A_CORE)} of a core: ` +
    `${inFunction.toFixed(0)} s, or $${dollars.toFixed(4)}, if its core were as fast as this one. ` +
    'That is calculated, not measured.'
  );
}

function percent(part: number): string {
  return `${(part * 100).toFixed(0)} %`;
}
