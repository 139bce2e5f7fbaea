/**
 * Code that runs what it does not name: `this.state.exit.call(this)`, `this[hook]()`, `handlers[name](this)`. What runs there
 * has the whole instance, so it may release all of it.
 */

import type { Engine } from '../../engine';
import { visitNodes } from '../../syntax/nodeIndex';
import { functionsAndCalls } from '../../syntax/selections';
import { type FunctionNode, isFunctionNode, isThis, ts, unwrap } from '../../syntax/syntax';

/** Do some of the functions hand their `this` to code that is chosen at run time? */
export function dispatches(functions: Iterable<FunctionNode>, engine: Engine): boolean {
  for (const fn of functions) {
    let found = false;
    visitNodes(fn, functionsAndCalls, (node) => {
      // Another `this`.
      if (node !== fn && isFunctionNode(node) && !ts.isArrowFunction(node)) return false;
      found ||= ts.isCallExpression(node) && runsUnnamed(node, engine);
      return !found;
    });
    if (found) return true;
  }
  return false;
}

function runsUnnamed(call: ts.CallExpression, engine: Engine): boolean {
  if (engine.program.callees.of(call).length > 0) return false;
  const callee = unwrap(call.expression);
  if (ts.isElementAccessExpression(callee))
    return (
      !ts.isStringLiteralLike(callee.argumentExpression) &&
      (isThis(callee.expression) || call.arguments.some((argument) => isThis(argument)))
    );
  if (!ts.isPropertyAccessExpression(callee) || !/^(?:call|apply)$/.test(callee.name.text)) return false;
  const [self] = call.arguments;
  if (!self || !isThis(self)) return false;
  const target = unwrap(callee.expression);
  // `Base.prototype.close.call(this)`, `EventEmitter.call(this)`, `super.close.call(this)` name what they run.
  return (
    !ts.isIdentifier(target) &&
    !/\bprototype\b/.test(target.getText()) &&
    !(ts.isPropertyAccessExpression(target) && target.expression.kind === ts.SyntaxKind.SuperKeyword)
  );
}
