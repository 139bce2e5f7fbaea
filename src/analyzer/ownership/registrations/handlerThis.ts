/** `$(window).mouseup(function () { $(this).off('mousemove', drag); })`: what `this` stands for in a handler written where it is added. */
import { enclosingFunction, ts, unwrap, wrapped } from '../../syntax/syntax';
import { listenMethods, listensByEvent } from '../../words/listeners';

/** The receiver of the registration for `this` and `$(this)` in its handler; anything else as it is. */
export function heardBy(receiver: ts.Expression): ts.Expression {
  const value = unwrap(receiver);
  const wrapping = ts.isCallExpression(value) && value.arguments.length === 1 ? value.arguments[0] : value;
  if (!wrapping || unwrap(wrapping).kind !== ts.SyntaxKind.ThisKeyword) return receiver;
  let fn = enclosingFunction(receiver);
  while (fn && ts.isArrowFunction(fn)) fn = enclosingFunction(fn);
  if (!fn || !ts.isFunctionExpression(fn)) return receiver;
  const handler = wrapped(fn);
  const call = handler.parent;
  const callee = ts.isCallExpression(call) && call.expression !== handler ? unwrap(call.expression) : undefined;
  if (!callee || !ts.isCallExpression(call) || !ts.isPropertyAccessExpression(callee)) return receiver;
  const { text } = callee.name;
  // With a selector before it, it is called on a part.
  const isHandler = listenMethods.has(text)
    ? call.arguments.indexOf(handler) === 1
    : listensByEvent(text) && call.arguments.length === 1;
  return isHandler ? callee.expression : receiver;
}
