import type { Pattern, PatternNode } from './pattern.ts';

/** Whether a pattern of an exception names the originator. */
export function asksOriginator({ nodes }: Pattern): boolean {
  return nodes.some(asks);
}

function asks(node: PatternNode): boolean {
  if (node.kind === 'or') return node.alternatives.flat().some(asks);
  return node.path[0] === 'trailwatch' && node.path[1] === 'originator';
}
