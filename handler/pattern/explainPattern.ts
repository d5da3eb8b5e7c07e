import { compilePattern } from './compilePattern.ts';
import type { Pattern, PatternNode } from './pattern.ts';
import type { Subject } from './subject.ts';
import { valuesAt } from './valuesAt.ts';

/** What a pattern says of a record, and why. */
export interface Explanation {
  readonly holds: boolean;
  /** Each condition holds for itself, but no one element of an array meets all that it has to. */
  readonly isApart: boolean;
  readonly leaves: readonly Explained[];
}

/** One leaf of a pattern, on its own. */
export interface Explained {
  readonly path: string;
  readonly alternative: string | undefined; // such as `$or[1]`, where it is one of several
  readonly conditions: readonly unknown[]; // as written
  readonly holds: boolean;
  readonly found: unknown; // undefined: nothing; an array where there are several values
}

/** Whether a pattern holds for a record, which of its leaves do, and what the record has there. */
export function explainPattern(pattern: Pattern, subject: Subject): Explanation {
  const holds = compilePattern(pattern)(subject);
  const { eachHolds, leaves } = explainNodes(pattern.nodes, subject, undefined);
  return { holds, isApart: eachHolds && !holds, leaves };
}

interface Parts {
  readonly eachHolds: boolean;
  readonly leaves: readonly Explained[];
}

function explainNodes(
  nodes: readonly PatternNode[],
  subject: Subject,
  alternative: string | undefined,
): Parts {
  const parts = nodes.map((node) => explainNode(node, subject, alternative));
  return {
    eachHolds: parts.every(({ eachHolds }) => eachHolds),
    leaves: parts.flatMap(({ leaves }) => leaves),
  };
}

function explainNode(node: PatternNode, subject: Subject, alternative: string | undefined): Parts {
  if (node.kind === 'or') {
    const parts = node.alternatives.map((nodes, index) =>
      explainNodes(nodes, subject, `${node.label}[${index}]`),
    );
    return {
      eachHolds: parts.some(({ eachHolds }) => eachHolds),
      leaves: parts.flatMap(({ leaves }) => leaves),
    };
  }
  const { path, written } = node;
  const holds = compilePattern({ nodes: [node] })(subject);
  const values = valuesAt(subject, path);
  const found = values.length > 1 ? values : values[0];
  const leaf = { path: path.join('.'), alternative, conditions: written, holds, found };
  return { eachHolds: holds, leaves: [leaf] };
}
