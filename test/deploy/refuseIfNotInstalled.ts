import { runCommand } from './runCommand.ts';

/** @throws Error where the npm packages or the Python tools are missing or out of date */
export async function refuseIfNotInstalled(): Promise<void> {
  const env = { PATH: process.env['PATH'] ?? '' };
  for (const stamp of ['node_modules/.installed', '.venv/.installed']) {
    await runCommand({ cwd: '.', env }, 'make', '--question', stamp).catch((cause: unknown) => {
      const what = stamp.startsWith('.venv') ? 'The Python tools in .venv' : 'The npm packages';
      throw new Error(`${what} are missing or out of date: run make test, which installs them`, {
        cause,
      });
    });
  }
}
