/** `socket.on('a', f).on('b', g).removeListener('c', h)`: calls that give their receiver back. */
import { ts, unwrap, wrapped } from '../../syntax/syntax';
import { listenMethods, unlistenMethods } from '../../words/listeners';

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

/** Does nobody take what the call gives, which may be the means to undo it? */
export function isDropped(node: ts.CallExpression): boolean {
  let at = wrapped(node);
  for (;;) {
    const up = at.parent;
    if (ts.isExpressionStatement(up)) return true;
    // `source.on('a', f).on('b', g)`
    if (!ts.isPropertyAccessExpression(up) || up.expression !== at || !ts.isCallExpression(up.parent)) return false;
    if (!listenMethods.has(up.name.text) && !unlistenMethods.has(up.name.text)) return false;
    at = wrapped(up.parent);
  }
}
