import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export interface Surroundings {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>; // all of it: nothing of this process's own
  readonly signal?: AbortSignal; // ends the command
}

/**
 * Runs a command and returns its standard output.
 * @throws Error that shows the command, how it ended and all that it wrote
 */
export async function runCommand(
  { cwd, env, signal }: Surroundings,
  command: string,
  ...args: readonly string[]
): Promise<string> {
  const options = { cwd, env, maxBuffer: Infinity, ...(signal && { signal }) };
  try {
    return (await promisify(execFile)(command, args, options)).stdout;
  } catch (cause) {
    const { code, stdout = '', stderr = '' } = cause as Partial<Record<string, string>>;
    const line = [command, ...args].join(' ');
    throw new Error(`${line}\nended with ${code}:\n${stdout}${stderr}`, { cause });
  }
}
