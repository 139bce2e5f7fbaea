/** Nodes that are collected under a key each. */
import type { ts } from '../../syntax';

/** Adds a node to those of its key. */
export function addUnder(map: Map<string, ts.Node[]>, key: string, node: ts.Node): void {
  const nodes = map.get(key);
  if (nodes) nodes.push(node);
  else map.set(key, [node]);
}
