import { cpus, totalmem } from 'node:os';
import { inLambda } from './inLambda.ts';
import { markdownTable } from './markdownTable.ts';
import type { CountingCost } from './measureCounting.ts';
import type { MeasuredMemory } from './measureMemory.ts';
import type { MeasuredWorkload, Result } from './measureWorkload.ts';
import { PARSE } from './workloads.ts';

/** What a run of the bench found. */
export interface Findings {
  readonly rounds: number;
  readonly idleBytes: number; // peak of a process that has loaded the code and does nothing
  readonly workloads: readonly MeasuredWorkload[];
  readonly memories: readonly MeasuredMemory[];
  readonly targets: readonly Target[];
  readonly counting: readonly CountingCost[];
}

/** What was wanted, what was found, and whether that is enough. */
export interface Target {
  readonly wanted: string;
  readonly found: string;
  readonly met: boolean;
}

/** The findings as Markdown, with machine and date. */
export function renderReport(findings: Findings): string {
  const { rounds, idleBytes, workloads, memories, targets, counting } = findings;
  return [
    `${machine()}; medians of ${rounds} rounds; the function's code at rest takes ${megabytes(idleBytes)}.`,
    `### What was wanted\n\n${targets
      .map(({ wanted, found, met }) => `- ${wanted}: ${found}${met ? '' : ' **(missed)**'}`)
      .join('\n')}`,
    ...workloads.map(renderWorkload),
    `### The largest log file that each memory takes\n\n${markdownTable(
      ['HandlerMemory', 'largest log file, uncompressed', 'peak memory of the line'],
      memories.map(({ memoryMegabytes, limitBytes, peakBytes }) => [
        `${memoryMegabytes} MiB`,
        megabytes(limitBytes),
        `${megabytes(peakBytes)} (${percent(peakBytes / memoryMegabytes / 1024 ** 2)})`,
      ]),
    ).trimEnd()}`,
    `### Counting a flood\n\n10,000 events of one key in 20 log files, over a border between two buckets of an hour:\n\n${markdownTable(
      ['invocations at once', 'writes', 'write units', 'messages'],
      counting.map((cost) =>
        [cost.invocations, cost.writes, cost.units, cost.messages].map((number) =>
          number.toLocaleString('en'),
        ),
      ),
    ).trimEnd()}`,
    ...workloads.slice(0, 1).map((workload) => `### In Lambda\n\n${inLambda(workload)}`),
  ].join('\n\n');
}

function machine(): string {
  const { length, 0: first } = cpus();
  const memory = Math.round(totalmem() / 1024 ** 3);
  const date = new Date().toISOString().slice(0, 10);
  const system = `${process.platform} ${process.arch}, Node ${process.version}`;
  return `${date}, ${first?.model.trim() ?? 'unknown processor'}, ${length} cores, ${memory} GB, ${system}`;
}

function renderWorkload({ title, grown, results }: MeasuredWorkload): string {
  const { files, records, jsonBytes, bytes } = grown;
  const number = (value: number) => value.toLocaleString('en');
  const base = results.find(({ label }) => label === PARSE);
  const rows = results.map((result) => [
    result.label,
    `${result.milliseconds.toFixed(0)} ms`,
    `${((result.milliseconds * 1000) / records).toFixed(2)} µs`,
    ratio(
      result,
      results.find(({ label }) => label === 'gunzip'),
    ),
    ratio(result, base),
    megabytes(result.peakBytes),
  ]);
  const header = ['', 'median', 'a record', 'to gunzip', `to ${PARSE}`, 'peak memory'];
  const table = markdownTable(header, rows).trimEnd();
  const what = `${number(records)} records in ${number(files)} log file${files === 1 ? '' : 's'}`;
  return `### ${title}\n\n${what}: ${megabytes(jsonBytes)}, as gzip ${megabytes(bytes)}.\n\n${table}`;
}

function ratio({ milliseconds }: Result, base: Result | undefined): string {
  return base === undefined ? '' : (milliseconds / base.milliseconds).toFixed(2);
}

/** Millions of bytes. */
function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(bytes < 10e6 ? 1 : 0)} MB`;
}

function percent(part: number): string {
  return `${(part * 100).toFixed(0)} %`;
}
