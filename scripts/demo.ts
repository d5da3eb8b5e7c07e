import { readFile } from 'node:fs/promises';
import { styleText } from 'node:util';
import { gzipSync } from 'node:zlib';
import { SEVERITIES } from '../handler/entry.ts';
import { addTallies, type Tally, tallyOf } from '../handler/tally.ts';
import { buildZip } from './build.ts';
import { type Command, main, stoppedAfter, type Terminal, UsageError } from './cli.ts';
import { findLogFiles, type LocalLogFile } from './findLogFiles.ts';
import type { Mail } from './local/emulators.ts';
import { seedTables } from './local/seedTables.ts';
import { type Pipeline, startPipeline } from './local/startPipeline.ts';
import { showOrganisation } from './organisation/showOrganisation.ts';

const BUNDLED = 'test/data/logs/invictus';
const SEED = 1;
const CALLS = 500;

const help = `Shows Trailwatch at work on this machine: no AWS account, nothing outside is reached.

Usage: make demo [LOGS=FOLDER]      or: npm run -s demo -- [FOLDER]

Starts S3, SNS, SQS and DynamoDB on 127.0.0.1, creates what template.yaml declares, loads the
watchlist, delivers log files, runs the packaged function on them and shows the mails. Then it names
the callers of a made-up organisation.
FOLDER holds your own CloudTrail log files; by default it is a recorded attack on a real account.
`;

const options = {} as const;

export const demo: Command<typeof options> = {
  help,
  options,
  run: async (_values, [folder = BUNDLED, ...others], terminal) => {
    if (others.length > 0) throw new UsageError('expected one FOLDER. See --help.');
    const { files } = await findLogFiles([folder]);
    const aliases = folder === BUNDLED ? 'test/data/logs/aliases.json' : 'seed-data/aliases.json';
    step(terminal, 'Packaging the function');
    const zip = await buildZip('dist');
    step(terminal, 'Starting S3, SNS, SQS and DynamoDB on 127.0.0.1, as template.yaml declares');
    const log = listenToLog(terminal);
    const parameters = { AlertEmail: 'operations@example.com' };
    const pipeline = await startPipeline({ zip, parameters, onLog: log.onLog });
    return stoppedAfter(
      () => pipeline.stop(),
      async () => {
        step(terminal, 'Loading the watchlist and the account aliases');
        terminal.out(
          await seedTables(pipeline, { watchlist: 'seed-data/watchlist.json', aliases }),
        );
        step(terminal, `Delivering ${files.length} log files from ${folder}`);
        const started = performance.now();
        await deliverAll(pipeline, files, terminal);
        const seconds = (performance.now() - started) / 1000;
        terminal.out(showMails(pipeline.emulators.mails));
        terminal.out(summaryOf(files.length, log.failures(), log.tally(), seconds));
        if (folder === BUNDLED) {
          step(
            terminal,
            'Naming the callers of a made-up organisation, its log files late and shuffled',
          );
          terminal.out(`${await showOrganisation(SEED, CALLS)}\n`);
        }
        terminal.out(NEXT);
        return log.failures() > 0 ? 1 : 0;
      },
    );
  },
};

function step(terminal: Terminal, text: string): void {
  terminal.out(`${styleText('cyan', '>', { stream: process.stdout })} ${text}\n`);
}

/** Adds up the function's reports, and passes on what it could not do, each once. */
function listenToLog(terminal: Terminal) {
  let tally = tallyOf();
  const told = new Set<string>();
  const onLog = (line: string) => {
    if (line.startsWith('{"level":"info","message":"report"')) {
      tally = addTallies(tally, JSON.parse(line) as Tally);
    } else if (!told.has(line)) {
      told.add(line);
      terminal.err(`${line}\n`);
    }
  };
  const failures = () => [...told].filter((line) => line.includes('log file failed')).length;
  return { onLog, failures, tally: () => tally };
}

const AT_ONCE = 10;

async function deliverAll(pipeline: Pipeline, files: readonly LocalLogFile[], terminal: Terminal) {
  for (let start = 0; start < files.length; start += AT_ONCE) {
    for (const { path } of files.slice(start, start + AT_ONCE)) {
      const bytes = await readFile(path);
      await pipeline.deliver(keyFor(path), path.endsWith('.gz') ? bytes : gzipSync(bytes));
    }
    while ((await pipeline.poll()).received > 0);
    terminal.progress(Math.min(start + AT_ONCE, files.length), files.length);
  }
}

/** The key it had in its trail bucket, else one in the same layout. */
function keyFor(path: string): string {
  const original = /AWSLogs\/.*$/.exec(path.replaceAll('\\', '/'))?.[0];
  const name =
    original ?? `AWSLogs/000000000000/CloudTrail/us-east-1/2000/01/01/${path.replaceAll('/', '_')}`;
  return name.replace(/\.json$/, '.json.gz');
}

const RULE = `${'-'.repeat(78)}\n`;
const IN_FULL = 3;

/** The most severe mails in full, as they arrive, the others a line each. */
function showMails(mails: readonly Mail[]): string {
  const rank = ({ attributes }: Mail) => SEVERITIES.findIndex((s) => s === attributes['severity']);
  const sorted = mails.toSorted((a, b) => rank(a) - rank(b));
  const full = sorted.slice(0, IN_FULL).map(({ to, subject, body }) => {
    const header = styleText('bold', `Subject: ${subject}`, { stream: process.stdout });
    return `${RULE}To: ${to}\n${header}\n\n${body}`;
  });
  const rest = sorted.slice(IN_FULL).map(({ subject }) => `${subject}\n`);
  return [...full, rest.length > 0 ? RULE : '', ...rest, RULE].join('');
}

function summaryOf(files: number, failed: number, tally: Tally, seconds: number): string {
  const number = (value: number) => value.toLocaleString('en');
  const { recordsRead, alertsSent, groupsOpened, matches } = tally;
  const alerts = alertsSent + groupsOpened;
  const delivered = `${number(files)} log files${failed > 0 ? ` (${failed} of them failed)` : ''}`;
  return `${delivered}, ${number(recordsRead)} records, ${number(matches)} matches, ${number(alerts)} alerts in ${seconds.toFixed(1)} s
`;
}

const NEXT = `
What to try next
  make demo LOGS=FOLDER         your own log files, from a bucket or a laptop
  npm run -s replay -- FOLDER   the same offline, with --format jsonl for machines
  seed-data/watchlist.json      what is watched for; docs/watchlist.md explains it
  README.md                     deploying to an AWS account, in four commands
`;

if (import.meta.main) await main(demo);
