import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { resource } from './resolveTemplate.ts';
import type { Pipeline } from './startPipeline.ts';

const LISTS = 'seed-data/lists.json';
const SUPPRESSIONS = 'seed-data/suppressions.json';

export interface SeedFiles {
  readonly watchlist: string; // paths
  readonly aliases: string;
}

/** Fills the pipeline's tables with the real seed script; returns what it says. */
export async function seedTables(pipeline: Pipeline, files: SeedFiles): Promise<string> {
  const { template, emulators } = pipeline;
  const run = async (logicalId: string, kind: string, file: string) => {
    const table = resource(template, logicalId).physicalId;
    const args = ['scripts/seed.ts', '--table', table, '--kind', kind, file];
    const env = { PATH: process.env['PATH'], ...emulators.environment };
    return (await promisify(execFile)(process.execPath, args, { env })).stdout;
  };
  return (
    (await run('AccountAlias', 'aliases', files.aliases)) +
    (await run('Watchlist', 'lists', LISTS)) +
    (await run('Watchlist', 'watchlist', files.watchlist)) +
    (await run('Suppression', 'suppressions', SUPPRESSIONS))
  );
}
