/** Code that runs only when a connection, a worker or a process is gone or has failed: handlers of that, and what only they run. */
import { constantOf } from '../constants';
import type { Engine } from '../engine';
import { listenMethods } from '../ownership/words/listeners';
import { enclosingFunction, isAssignment, ts, unwrap, wrapped } from '../syntax';
import { functionName } from './holders';
import { isLossEvent, isLossName } from './words';

/** Does the node run on a loss, and on no other occasion that the file shows? */
export function isOnLoss(node: ts.Node, engine: Engine, depth = 0): boolean {
  const fn = enclosingFunction(node);
  if (!fn || depth > 3) return false;
  if (isLossName(functionName(fn)) || isHandlerOfLoss(fn as ts.Expression, engine)) return true;
  const { calls, values } = engine.program.callees.usesOf(fn);
  if (calls.length + values.length === 0) return false;
  return (
    values.every((value) => isHandlerOfLoss(value, engine)) && calls.every((call) => isOnLoss(call, engine, depth + 1))
  );
}

/** `worker.on('exit', fail)`, `socket.onclose = fail` */
function isHandlerOfLoss(handler: ts.Expression, { program }: Engine): boolean {
  const outer = wrapped(handler);
  const up = outer.parent;
  if (isAssignment(up) && up.right === outer) {
    const left = unwrap(up.left);
    return ts.isPropertyAccessExpression(left) && /^on(?:close|exit|disconnect|error)$/.test(left.name.text);
  }
  if (!ts.isCallExpression(up) || !up.arguments.includes(outer)) return false;
  const callee = unwrap(up.expression);
  if (!ts.isPropertyAccessExpression(callee) || !listenMethods.has(callee.name.text)) return false;
  const event = constantOf(up.arguments[0], program.scopes);
  return typeof event === 'string' && (isLossEvent(event) || event === 'error');
}
