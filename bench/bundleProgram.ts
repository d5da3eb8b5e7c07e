import { join } from 'node:path';
import { build } from 'esbuild';

/**
 * Bundles the measuring program, as the function is (scripts/build.ts): what runs TypeScript as it
 * stands takes tens of megabytes itself. Returns its path.
 */
export async function bundleProgram(folder: string): Promise<string> {
  const outfile = join(folder, 'measureHere.cjs');
  await build({
    entryPoints: ['bench/measureHere.ts'],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    mainFields: ['module', 'main'],
    logLevel: 'error',
  });
  return outfile;
}
