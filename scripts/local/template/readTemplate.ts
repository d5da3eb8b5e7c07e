import * as v from 'valibot';
import { Pair, parseDocument, visit, YAMLMap } from 'yaml';

const Scalar = v.union([v.string(), v.number(), v.boolean()]);
const Limit = v.union([v.number(), v.pipe(v.string(), v.regex(/^-?\d+(\.\d+)?$/))]);

const Parameter = v.strictObject({
  Type: v.string(),
  Default: v.exactOptional(Scalar),
  AllowedPattern: v.exactOptional(v.string()),
  AllowedValues: v.exactOptional(v.array(Scalar)),
  MinLength: v.exactOptional(Limit),
  MaxLength: v.exactOptional(Limit),
  MinValue: v.exactOptional(Limit),
  MaxValue: v.exactOptional(Limit),
  Description: v.exactOptional(v.string()),
  ConstraintDescription: v.exactOptional(v.string()),
  NoEcho: v.exactOptional(Scalar),
});

const Resource = v.strictObject({
  Type: v.string(),
  Condition: v.exactOptional(v.string()),
  DependsOn: v.exactOptional(v.union([v.string(), v.array(v.string())])),
  DeletionPolicy: v.exactOptional(v.string()),
  UpdateReplacePolicy: v.exactOptional(v.string()),
  Properties: v.exactOptional(v.record(v.string(), v.unknown()), {}),
  Metadata: v.exactOptional(v.record(v.string(), v.unknown())),
});

const Output = v.strictObject({
  Value: v.unknown(),
  Condition: v.exactOptional(v.string()),
  Description: v.exactOptional(v.string()),
  Export: v.exactOptional(v.strictObject({ Name: v.unknown() })),
});

const section = <T extends v.GenericSchema>(schema: T) =>
  v.exactOptional(v.record(v.string(), schema), {});

// No Transform: nothing here could carry one out.
const Template = v.strictObject({
  AWSTemplateFormatVersion: v.exactOptional(v.literal('2010-09-09')),
  Description: v.exactOptional(v.string()),
  Metadata: v.exactOptional(v.unknown()),
  Rules: v.exactOptional(v.unknown()), // not evaluated
  Parameters: section(Parameter),
  Mappings: section(v.record(v.string(), v.record(v.string(), v.unknown()))),
  Conditions: section(v.unknown()),
  Resources: v.record(v.string(), Resource),
  Outputs: section(Output),
});

/** A template as CloudFormation reads it: every function in its long form. */
export type Template = v.InferOutput<typeof Template>;
export type ParameterDeclaration = v.InferOutput<typeof Parameter>;
export type ResourceDeclaration = v.InferOutput<typeof Resource>;

/**
 * Parses the YAML of a template, short function tags included.
 * @throws Error that names the line of bad YAML, a repeated key or an alias, or the place of a
 *   section or attribute that is unknown, missing or badly formed
 */
export function readTemplate(text: string): Template {
  const parsed = v.safeParse(Template, longForm(text));
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw new Error(`${v.getDotPath(issue) ?? 'template'}: ${issue.message}`);
}

/** The library's default schema knows no dates, so 2012-10-17 stays text. */
function longForm(text: string): unknown {
  const document = parseDocument(text, { logLevel: 'error' });
  const [problem] = document.errors;
  if (problem !== undefined) throw new Error(problem.message);
  visit(document, {
    Alias: (_, { source }) => {
      throw new Error(`*${source}: CloudFormation refuses YAML aliases`);
    },
    // The map that is put in a tagged node's place is visited next: the node loses its tag first.
    Value: (_, node) => {
      const { tag } = node;
      if (tag === undefined || !tag.startsWith('!')) return undefined;
      delete node.tag;
      const call = new YAMLMap();
      call.add(new Pair(longName(tag.slice(1)), node));
      return call;
    },
  });
  return document.toJS();
}

function longName(short: string): string {
  return short === 'Ref' || short === 'Condition' ? short : `Fn::${short}`;
}
