/** What runs while a function runs: the functions that it calls, and those written in it that are called at once. */

import type { Engine } from '../../engine';
import type { Owner } from '../../program/members';
import { select, visitNodes } from '../../syntax/nodeIndex';
import { functionsAndCalls } from '../../syntax/selections';
import {
  type ClassNode,
  type FunctionNode,
  hasModifier,
  isClassNode,
  isFunctionNode,
  ts,
  unwrap,
  wrapped,
} from '../../syntax/syntax';
import { continuations, synchronousCallbacks } from '../../words/callbacks';

const functionsClassesAndCalls = select<FunctionNode | ClassNode | ts.CallExpression>(
  ...functionsAndCalls.kinds,
  ts.SyntaxKind.ClassDeclaration,
  ts.SyntaxKind.ClassExpression,
);

/** Functions that a run of `fn` runs, itself among them; handlers that only an event runs are not. */
export function runBy(fns: readonly FunctionNode[], engine: Engine): ReadonlySet<FunctionNode> {
  const reached = new Set<FunctionNode>(fns);
  const queue = [...fns];
  for (let fn = queue.pop(); fn; fn = queue.pop())
    for (const run of runIn(fn, engine)) {
      if (reached.has(run)) continue;
      reached.add(run);
      queue.push(run);
    }
  return reached;
}

/** Of the functions that were asked about: each is run by many. */
const runs = (): Map<FunctionNode, readonly FunctionNode[]> => new Map();

/** Functions that the body of a function itself runs. */
function runIn(fn: FunctionNode, engine: Engine): readonly FunctionNode[] {
  const known = engine.once(runs).get(fn);
  if (known) return known;
  const found: FunctionNode[] = [];
  visitNodes(fn, functionsClassesAndCalls, (node) => {
    if (node === fn) return undefined;
    if (isClassNode(node)) return false;
    if (isFunctionNode(node)) {
      if (isCalledAtOnce(node)) found.push(node);
      return false;
    }
    found.push(...engine.program.callees.of(node));
    return undefined;
  });
  engine.once(runs).set(fn, found);
  return found;
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
