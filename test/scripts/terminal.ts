import { type Command, runCommand } from '../../scripts/cli.ts';

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command as a shell would, and returns what it wrote. */
export async function outcomeOf(
  command: Parameters<typeof runCommand>[0],
  ...args: string[]
): Promise<Outcome> {
  const written = { out: '', err: '' };
  const code = await runCommand(command as Command<never>, args, {
    out: (text) => {
      written.out += text;
    },
    err: (text) => {
      written.err += text;
    },
    progress: () => {},
  });
  return { code, ...written };
}
