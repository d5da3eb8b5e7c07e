import { compilePattern } from './compilePattern.ts';
import type { Pattern, PatternNode } from './pattern.ts';
import type { Subject } from './subject.ts';
import { valuesAt } from './valuesAt.ts';

/** One leaf of a pattern, on its own. */
export interface Explained {
  readonly path: string;
  readonly alternative: string | undefined; // such as `$or[1]`, where it is one of several
  readonly conditions: readonly unknown[]; // as written
  readonly holds: boolean;
  readonly found: unknown; // undefined: nothing; an array where there are several values
}

/** Which leaves of a pattern hold for a record, and what it has there. */
export function explainPattern(
  { nodes }: Pattern,
  subject: Subject,
  alternative?: string,
): readonly Explained[] {
  return nodes.flatMap((node) => explainNode(node, subject, alternative));
}

function explainNode(
  node: PatternNode,
  subject: Subject,
  alternative: string | undefined,
): readonly Explained[] {
  if (node.kind === 'or') {
    return node.alternatives.flatMap((nodes, index) =>
      explainPattern({ nodes }, subject, `${node.label}[${index}]`),
    );
  }
  const values = valuesAt(subject, node.path);
  return [
    {
      path: node.path.join('.'),
      alternative,
      conditions: node.written,
      holds: compilePattern({ nodes: [node] })(subject),
      found: values.length > 1 ? values : values[0],
    },
  ];
}
