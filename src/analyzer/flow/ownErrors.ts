/** Waiting for a handle to open: where only its own error or close rejects, nothing is open any more. */
import type { Engine } from '../engine';
import type { Declaration } from '../program/scopes';
import { isAssignment, isFunctionNode, isWithin, ts, unwrap, wrapped } from '../syntax/syntax';
import { tellsOfOwnEnd } from '../words/events';
import { listenMethods } from '../words/listeners';
import type { OpenExit } from './paths';

/** `await new Promise((resolve, reject) => { socket.on('open', resolve); socket.on('error', reject); })` */
export function rejectsByOwnEnd(node: ts.Node, holder: Declaration, { program }: Engine): boolean {
  const awaited = ts.isAwaitExpression(node) ? unwrap(node.expression) : node;
  const given = ts.isNewExpression(awaited) ? awaited.arguments?.[0] : undefined;
  const executor = given && unwrap(given);
  if (!executor || !isFunctionNode(executor)) return false;
  const parameter = executor.parameters[1];
  const reject = parameter && program.scopes.declarationOf(parameter);
  if (!reject || reject.references.length === 0) return false;
  const handlers = holder.references.flatMap((use) => (isWithin(use, executor) ? (endHandler(use) ?? []) : []));
  return reject.references.every((use) => handlers.some((handler) => isWithin(use, handler)));
}

/** The handler of its error or close that the handle is given: `socket.onerror = …`, `socket.on('error', …)`. */
function endHandler(use: ts.Expression): ts.Node | undefined {
  const access = wrapped(use).parent;
  if (!ts.isPropertyAccessExpression(access) || access.expression !== wrapped(use)) return undefined;
  const up = wrapped(access).parent;
  if (isAssignment(up) && up.left === access)
    return access.name.text.startsWith('on') && tellsOfOwnEnd(access.name.text.slice(2)) ? up.right : undefined;
  if (!ts.isCallExpression(up) || up.expression !== access || !listenMethods.has(access.name.text)) return undefined;
  const [event, handler] = up.arguments;
  return event && ts.isStringLiteralLike(event) && tellsOfOwnEnd(event.text) ? handler : undefined;
}

/** `await waiter.next()` */
export function isCallOf(node: ts.Node, holder: Declaration, engine: Engine): boolean {
  const value = ts.isAwaitExpression(node) ? unwrap(node.expression) : node;
  let base: ts.Node = value;
  while (ts.isCallExpression(base) || ts.isPropertyAccessExpression(base)) base = unwrap(base.expression);
  return base !== value && ts.isIdentifier(base) && engine.program.scopes.resolve(base) === holder;
}

/** Left by nothing but calls of the resource that fail. */
export function failsItself({ kind, node, alsoThrown = [] }: OpenExit, holder: Declaration, engine: Engine): boolean {
  return kind === 'throw' && node !== undefined && [node, ...alsoThrown].every((one) => isCallOf(one, holder, engine));
}
