/** Handlers of the end of what is put in: `item.on('close', …)`, `item.finally(…)`. */

import type { Engine } from '../engine';
import type { Declaration } from '../program/scopes';
import {
  enclosingFunction,
  type FunctionNode,
  isAssignment,
  lineOf,
  outermostFunction,
  ts,
  unwrap,
  walk,
} from '../syntax/syntax';
import { listenMethods } from '../words/listeners';
import { isFinally, isThen } from '../words/promises';
import type { Insertion } from './changes';
import type { Collection } from './collections';
import type { Container } from './containers';
import type { End } from './entryEnd';
import { itemsOf } from './items';
import { isDisposerName, isEndEvent, isEndSignal, isWaitingName } from './words';

/** A handler of the end of what is put in, here or in a function that is given it. */
export function endHandler(insertion: Insertion, { container }: Collection, engine: Engine): End | undefined {
  const fn = outermostFunction(insertion.node);
  const around = enclosingFunction(insertion.node);
  // One call fills the list that it has made, or that of its new object.
  if (!around || ts.isConstructorDeclaration(around) || around === enclosingFunction(container.node)) return undefined;
  if (isDisposerName(container.name)) return undefined;
  const end = fn && handlerIn(fn, itemsOf(insertion, fn, engine, 0), engine, 0);
  // A promise per key that is kept is an answer that is kept.
  return end?.isPromise && !isList(container) && !isWaitingName(container.name) ? undefined : end;
}

function handlerIn(fn: FunctionNode, items: ReadonlySet<Declaration>, engine: Engine, depth: number): End | undefined {
  const { callees, scopes } = engine.program;
  const itemAt = (node: ts.Expression): Declaration | undefined => {
    const value = unwrap(node);
    const declaration = ts.isIdentifier(value) ? scopes.resolve(value) : undefined;
    return declaration && items.has(declaration) ? declaration : undefined;
  };
  let end: End | undefined;
  walk(fn, (node) => {
    if (end) return false;
    if (isAssignment(node)) {
      // `socket.onclose = …`
      const left = unwrap(node.left);
      const item = ts.isPropertyAccessExpression(left) ? itemAt(left.expression) : undefined;
      if (
        item &&
        ts.isPropertyAccessExpression(left) &&
        /^on/.test(left.name.text) &&
        isEndEvent(left.name.text.slice(2))
      )
        end = endTold(item, node);
    }
    if (!ts.isCallExpression(node)) return !end;
    const item = endListened(node, itemAt);
    if (item) end = { ...endTold(item, node), isPromise: /\.finally\b/.test(node.expression.getText()) };
    if (depth > 0) return !end;
    for (const target of callees.of(node)) {
      const given = target.parameters.flatMap((parameter, index) => {
        const argument = node.arguments[index];
        return (argument && itemAt(argument) && scopes.declarationOf(parameter)) ?? [];
      });
      if (given.length > 0) end ??= handlerIn(target, new Set(given), engine, depth + 1);
    }
    return !end;
  });
  return end;
}

function isList({ shape }: Container): boolean {
  return shape === 'array' || shape === 'set';
}

function endTold({ name }: Declaration, node: ts.Node): End {
  return { node, what: `\`${name}\` tells its end on line ${lineOf(node)}` };
}

/** The item whose end a call waits for: `item.on('close', …)`, `item.onDidClose(…)`, `item.closed.subscribe(…)`, `item.finally(…)`. */
function endListened(
  { expression, arguments: [event, handler] }: ts.CallExpression,
  itemAt: (node: ts.Expression) => Declaration | undefined,
): Declaration | undefined {
  const callee = unwrap(expression);
  if (!ts.isPropertyAccessExpression(callee)) return undefined;
  const { text } = callee.name;
  const item = itemAt(callee.expression);
  if (item && event) {
    if (isFinally(text)) return item;
    const isEnd =
      handler && ts.isStringLiteralLike(event) ? listenMethods.has(text) && isEndEvent(event.text) : isEndSignal(text);
    return isEnd ? item : undefined;
  }
  if (text !== 'subscribe' && !isThen(text)) return undefined;
  const base = unwrap(callee.expression);
  const signal = ts.isCallExpression(base) ? unwrap(base.expression) : base;
  return ts.isPropertyAccessExpression(signal) && isEndSignal(signal.name.text) ? itemAt(signal.expression) : undefined;
}
