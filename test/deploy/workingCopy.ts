import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { forEmulator } from './forEmulator.ts';

const COPIED = ['Makefile', 'package.json', 'package-lock.json', '.npmrc', 'handler', 'scripts'];

/**
 * Copies what make needs to package, deploy and seed, with a template the emulator accepts and
 * the account aliases of the bundled log files.
 */
export async function workingCopy(parent: string): Promise<string> {
  const folder = join(parent, 'trailwatch');
  await mkdir(folder);
  for (const name of [...COPIED, 'seed-data']) {
    // Make compares times: a newer package.json would have the packages installed again.
    await cp(name, join(folder, name), { recursive: true, preserveTimestamps: true });
  }
  await symlink(resolve('node_modules'), join(folder, 'node_modules'));
  await cp('test/data/logs/aliases.json', join(folder, 'seed-data/aliases.json'));
  const template = await readFile('template.yaml', 'utf8');
  await writeFile(join(folder, 'template.yaml'), forEmulator(template));
  return folder;
}
