/** What runs while a function runs: the functions that it calls, and those written in it that are called at once. */

import type { Engine } from '../../engine';
import type { Owner } from '../../members';
import { visitNodes } from '../../nodeIndex';
import { functionsAndCalls } from '../../selections';
import { type FunctionNode, hasModifier, isClassNode, isFunctionNode, ts, unwrap, walk, wrapped } from '../../syntax';
import { continuations, synchronousCallbacks } from '../words/callbacks';

/** Functions that a run of `fn` runs, itself among them; handlers that only an event runs are not. */
export function runBy(fns: readonly FunctionNode[], engine: Engine): ReadonlySet<FunctionNode> {
  const { callees } = engine.program;
  const reached = new Set<FunctionNode>(fns);
  const queue = [...fns];
  const add = (fn: FunctionNode): void => {
    if (reached.has(fn)) return;
    reached.add(fn);
    queue.push(fn);
  };
  for (let fn = queue.pop(); fn; fn = queue.pop()) {
    const current = fn;
    walk(current, (node) => {
      if (node === current) return undefined;
      if (isClassNode(node)) return false;
      if (isFunctionNode(node)) {
        if (isCalledAtOnce(node)) add(node);
        return false;
      }
      if (ts.isCallExpression(node)) for (const callee of callees.of(node)) add(callee);
      return undefined;
    });
  }
  return reached;
}

/** Functions that run while an instance is made. */
export function constructionOf(owner: Owner, engine: Engine): ReadonlySet<FunctionNode> {
  const initial: FunctionNode[] = owner.construct ? [owner.construct] : [];
  if (isClassNode(owner.node))
    for (const member of owner.node.members)
      if (ts.isPropertyDeclaration(member) && member.initializer && !hasModifier(member, ts.SyntaxKind.StaticKeyword))
        visitNodes(member.initializer, functionsAndCalls, (node) => {
          if (isFunctionNode(node)) return false;
          if (ts.isCallExpression(node)) initial.push(...engine.program.callees.of(node));
          return undefined;
        });
  return runBy(initial, engine);
}

function isCalledAtOnce(fn: FunctionNode): boolean {
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return false;
  const outer = wrapped(fn);
  const up = outer.parent;
  if (!ts.isCallExpression(up) && !ts.isNewExpression(up)) return false;
  if (up.expression === outer) return true;
  const callee = unwrap(up.expression);
  const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : ts.isIdentifier(callee) ? callee.text : '';
  return name === 'Promise' || synchronousCallbacks.has(name) || continuations.has(name);
}
