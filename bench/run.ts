import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Command, main, stoppedAfter, UsageError } from '../scripts/cli.ts';
import { bundleProgram } from './bundleProgram.ts';
import { measureAll } from './measureAll.ts';
import { renderReport } from './renderReport.ts';
import { writeBetweenMarkers } from './writeBetweenMarkers.ts';

const DOCUMENT = 'docs/performance.md';

const help = `Measures reading and the whole line, from gzip bytes to rendered alerts, offline.

Usage: make bench      or: npm run -s bench -- [options]

  --records N   records of each workload (default 100000), grown from the bundled log files
  --rounds N    rounds that are timed (default 9)
  --write       put the results into ${DOCUMENT}
  --help        this text

Takes two minutes. Results go to standard output as Markdown.
Exit code: 0 done, 1 a target was missed or a step failed, 2 wrong usage.
`;

const options = {
  records: { type: 'string', default: '100000' },
  rounds: { type: 'string', default: '9' },
  write: { type: 'boolean', default: false },
} as const;

export const bench: Command<typeof options> = {
  help,
  options,
  run: async ({ records, rounds, write }, paths, terminal) => {
    if (paths.length > 0) throw new UsageError(`unexpected ${paths[0]}. See --help.`);
    const sizes = { records: countOf('records', records), rounds: countOf('rounds', rounds) };
    const folder = await mkdtemp(join(tmpdir(), 'trailwatch-bench-'));
    const stop = new AbortController();
    const findings = await stoppedAfter(
      async () => {
        stop.abort();
        await rm(folder, { recursive: true, force: true });
      },
      async () => {
        const program = await bundleProgram(folder);
        const { signal } = stop;
        return measureAll(sizes, { folder, program, signal }, terminal.progress);
      },
    );
    const report = renderReport(findings);
    terminal.out(`${report}\n`);
    if (write) await writeBetweenMarkers(DOCUMENT, report);
    return findings.targets.every(({ met }) => met) ? 0 : 1;
  },
};

function countOf(name: string, text: string): number {
  if (!/^[1-9]\d{0,7}$/.test(text)) throw new UsageError(`--${name} ${text}: expected a number`);
  return Number(text);
}

if (import.meta.main) await main(bench);
