import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { toJsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';
import { accountAliasSchema } from '../handler/accountAlias.ts';
import { alertSchema } from '../handler/alert.ts';
import { entrySchema, patternSchema } from '../handler/entry.ts';
import { listsSchema } from '../handler/namedList.ts';
import { suppressionSchema } from '../handler/suppression.ts';
import { type Command, main } from './cli.ts';
import { PATTERN_DEFINITIONS } from './patternJsonSchema.ts';

const help = `Writes the JSON Schemas that editors and consumers use, from the code's own definitions.

Usage: npm run -s schemas
`;

const options = {} as const;

export const schemas: Command<typeof options> = {
  help,
  options,
  run: async (_values, _paths, terminal) => {
    for (const [path, text] of Object.entries(schemaFiles())) {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text);
      terminal.out(`${path}\n`);
    }
    return 0;
  },
};

/** The text of each schema file, by its path. */
export function schemaFiles(): Record<string, string> {
  return {
    'docs/alert.schema.json': textOf(
      alertSchema,
      'A Trailwatch alert',
      'What queues and functions receive. Absent values are left out; ignore fields that you do not know.',
    ),
    'seed-data/watchlist.schema.json': textOf(
      v.array(entrySchema),
      'A Trailwatch watchlist',
      'What to watch for: docs/watchlist.md explains every field.',
    ),
    'seed-data/lists.schema.json': textOf(
      listsSchema,
      'Named lists',
      'Conditions under a name, for {"list": NAME}: docs/watchlist.md.',
    ),
    'seed-data/suppressions.schema.json': textOf(
      v.array(suppressionSchema),
      'Suppressions',
      'Dated exceptions, each with a reason and an owner: docs/watchlist.md.',
    ),
    'seed-data/aliases.schema.json': textOf(
      v.array(accountAliasSchema),
      'Account aliases',
      'Readable names of AWS accounts.',
    ),
  };
}

// What the code takes as unknown and parses by itself.
const DESCRIBED = new Map<unknown, { $ref: string } | { items: { $ref: string }; type: 'array' }>([
  [patternSchema, { $ref: '#/definitions/pattern' }],
  [listsSchema.value, { type: 'array', items: { $ref: '#/definitions/listCondition' } }],
]);

function textOf(schema: v.GenericSchema, title: string, description: string): string {
  const { $schema, ...rest } = toJsonSchema(schema, {
    target: 'draft-07',
    ignoreActions: ['check'], // of dates that do not exist
    overrideSchema: ({ valibotSchema }) => DESCRIBED.get(valibotSchema) ?? null,
    // A prefix is a pattern to JSON Schema.
    overrideAction: ({ valibotAction, jsonSchema }) =>
      valibotAction.type === 'starts_with' && 'requirement' in valibotAction
        ? { ...jsonSchema, pattern: `^${String(valibotAction.requirement)}` }
        : null,
  });
  const json = JSON.stringify({ $schema, title, description, ...rest });
  const definitions = json.includes('#/definitions/') && { definitions: PATTERN_DEFINITIONS };
  return `${JSON.stringify({ ...(JSON.parse(json) as object), ...definitions }, null, 2)}\n`;
}

if (import.meta.main) await main(schemas);
