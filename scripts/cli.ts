import { constants } from 'node:os';
import { type ParseArgsConfig, parseArgs, styleText } from 'node:util';
import { SingleBar } from 'cli-progress';

/** Wrong usage, or input that was refused before anything happened: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The terminal as a command sees it. */
export interface Terminal {
  readonly out: (text: string) => void; // standard output: results
  readonly err: (text: string) => void; // standard error: progress and summaries
  /** A bar for long work, on standard error and only in a terminal; ends when done is total. */
  readonly progress: (done: number, total: number) => void;
}

type Options = NonNullable<ParseArgsConfig['options']>;
type Parsed<O extends Options> = ReturnType<
  typeof parseArgs<{ options: O; allowPositionals: true; strict: true }>
>;

/** A command: what `--help` says, the options it takes, and what it does, ending in an exit code. */
export interface Command<O extends Options> {
  readonly help: string;
  readonly options: O;
  readonly run: (
    values: Parsed<O>['values'],
    paths: readonly string[],
    terminal: Terminal,
  ) => Promise<number>;
}

const HELP = { help: { type: 'boolean', short: 'h' } } as const;

/**
 * Runs a command with the process's arguments and sets its exit code: the command's own, 2 for
 * wrong usage, 1 for anything unforeseen. The only place that touches argv and exit codes.
 */
export async function main<O extends Options>(command: Command<O>): Promise<void> {
  process.exitCode = await runCommand(command, process.argv.slice(2), terminalOf(process));
}

/** The same for given arguments. */
export async function runCommand<O extends Options>(
  command: Command<O>,
  args: readonly string[],
  terminal: Terminal,
): Promise<number> {
  try {
    const { values, positionals } = parseOrRefuse(args, { ...command.options, ...HELP });
    if ('help' in values && values.help === true) {
      terminal.out(command.help);
      return 0;
    }
    return await command.run(values as Parsed<O>['values'], positionals, terminal);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    terminal.err(`${styleText('red', 'error:', { stream: process.stderr })} ${message}\n`);
    if (error instanceof UsageError) return 2;
    return 1;
  }
}

/** Runs `use`, then `stop`: also when it fails, and when Ctrl-C or a signal ends the process. */
export async function stoppedAfter<T>(
  stop: () => Promise<void>,
  use: () => Promise<T>,
): Promise<T> {
  const interrupted = (signal: NodeJS.Signals) => {
    void stop().finally(() => process.exit(128 + constants.signals[signal]));
  };
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  try {
    return await use();
  } finally {
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
    await stop();
  }
}

function parseOrRefuse(args: readonly string[], options: Options) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('.')[0] : String(error);
    throw new UsageError(`${reason}. See --help.`);
  }
}

function terminalOf({ stdout, stderr }: NodeJS.Process): Terminal {
  // A reader that has seen enough (`| head`) is no error.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  const bar = new SingleBar({
    stream: stderr,
    format: '{bar} {value} of {total}, {eta_formatted} left',
    clearOnComplete: true,
    hideCursor: true,
  });
  const write = (stream: NodeJS.WriteStream, text: string): void => {
    if (bar.isActive) bar.stop(); // cleared, and drawn again with the next progress
    stream.write(text);
  };
  return {
    out: (text) => write(stdout, text),
    err: (text) => write(stderr, text),
    progress: (done, total) => {
      if (!bar.isActive) bar.start(total, done);
      bar.update(done);
      if (done === total) bar.stop();
    },
  };
}
