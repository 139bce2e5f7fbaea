/** `socket.on('a', f).on('b', g).removeListener('c', h)`: calls that give their receiver back. */
import { ts, unwrap } from '../../syntax';
import { listenMethods, unlistenMethods } from '../words';

/** The object that a chain of registrations and removals starts at; any other expression as it is. */
export function fluentRoot(expression: ts.Expression): ts.Expression {
  let at = unwrap(expression);
  while (ts.isCallExpression(at)) {
    const callee = unwrap(at.expression);
    if (!ts.isPropertyAccessExpression(callee) || at.arguments.length < 2) break;
    if (!listenMethods.has(callee.name.text) && !unlistenMethods.has(callee.name.text)) break;
    at = unwrap(callee.expression);
  }
  return at;
}
