/** What an entry is about: what is put in, and what that was made of. */
import type { Engine } from '../engine';
import type { Declaration } from '../program/scopes';
import { type FunctionNode, isFunctionNode, isWithin, ts, walk } from '../syntax/syntax';
import type { Insertion } from './changes';

/** What is put in, and what that was made of: variables of the adding function. */
export function itemsOf(
  insertion: Insertion,
  adder: FunctionNode,
  engine: Engine,
  steps = 2,
): ReadonlySet<Declaration> {
  const found = new Set<Declaration>();
  const add = (node: ts.Node | undefined, depth: number): void => {
    if (!node) return;
    walk(node, (inner) => {
      if (isFunctionNode(inner)) return false;
      const declaration = ts.isIdentifier(inner) ? engine.program.scopes.resolve(inner) : undefined;
      if (!declaration?.scope.func || !isWithin(declaration.node, adder)) return undefined;
      // One of what a list happens to hold.
      const isOfLoop = depth === 0 && ts.isForOfStatement(declaration.node.parent?.parent ?? declaration.node);
      if (isOfLoop || found.has(declaration)) return undefined;
      found.add(declaration);
      if (depth < steps) add(declaration.initializer, depth + 1);
      return undefined;
    });
  };
  add(insertion.key, 0);
  add(insertion.value, 0);
  return found;
}
