import { isMap, isNode, isScalar, isSeq, parseDocument } from 'yaml';

/** A template as CloudFormation reads it: every function in its long form. */
export interface Template {
  readonly Parameters: Readonly<Record<string, ParameterDeclaration>>;
  readonly Conditions: Readonly<Record<string, unknown>>;
  readonly Resources: Readonly<Record<string, ResourceDeclaration>>;
  readonly Outputs: Readonly<Record<string, OutputDeclaration>>;
}

export interface ParameterDeclaration {
  readonly Type: string;
  readonly Description?: string;
  readonly Default?: string | number;
  readonly AllowedPattern?: string;
  readonly AllowedValues?: readonly (string | number)[];
  readonly MinValue?: number;
  readonly MaxValue?: number;
}

export interface ResourceDeclaration {
  readonly Type: string;
  readonly Condition?: string;
  readonly DependsOn?: string | readonly string[];
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

export interface OutputDeclaration {
  readonly Value: unknown;
  readonly Condition?: string;
}

// Short tags that stand for functions; `!Condition` and `!Ref` have no prefix in long form.
const LONG_FORM: Readonly<Record<string, string>> = {
  '!Ref': 'Ref',
  '!Condition': 'Condition',
  '!Sub': 'Fn::Sub',
  '!GetAtt': 'Fn::GetAtt',
  '!Join': 'Fn::Join',
  '!Select': 'Fn::Select',
  '!Split': 'Fn::Split',
  '!If': 'Fn::If',
  '!Equals': 'Fn::Equals',
  '!Not': 'Fn::Not',
  '!And': 'Fn::And',
  '!Or': 'Fn::Or',
};

/**
 * Parses the YAML of a template, short function tags included.
 * @throws Error that names the line of bad YAML or of a repeated key, or an unknown tag
 */
export function readTemplate(text: string): Template {
  const document = parseDocument(text, { uniqueKeys: true, logLevel: 'error' });
  const [problem] = document.errors;
  if (problem !== undefined) throw new Error(problem.message);
  const parsed = longForm(document.contents) as Partial<Template> | null;
  const { Parameters = {}, Conditions = {}, Resources = {}, Outputs = {} } = parsed ?? {};
  return { Parameters, Conditions, Resources, Outputs };
}

/** A node as plain data. The library's schema knows no dates, so 2012-10-17 stays text. */
function longForm(node: unknown): unknown {
  const value = untagged(node);
  const tag = isNode(node) ? node.tag : undefined;
  if (tag === undefined || tag.startsWith('tag:yaml.org')) return value;
  const name = LONG_FORM[tag];
  if (name === undefined) throw new Error(`${tag}: not a function that is known here`);
  if (name !== 'Fn::GetAtt' || typeof value !== 'string') return { [name]: value };
  const dot = value.indexOf('.');
  return { [name]: [value.slice(0, dot), value.slice(dot + 1)] };
}

function untagged(node: unknown): unknown {
  if (isMap(node)) {
    return Object.fromEntries(node.items.map(({ key, value }) => [longForm(key), longForm(value)]));
  }
  if (isSeq(node)) return node.items.map(longForm);
  if (isScalar(node)) return node.value;
  throw new Error('anchors and aliases are not known here: CloudFormation refuses them');
}
