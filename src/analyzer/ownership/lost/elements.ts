/** How did a value come out of a collection: which loop, callback or lookup gave it, and which part of the entry is it? */

import type { FileProgram } from '../../program/program';
import { type FunctionNode, isFunctionNode, ts, unwrap, wrapped } from '../../syntax/syntax';
import { synchronousCallbacks } from '../../words/callbacks';
import { looksUpKey } from '../../words/collections';

export interface Element {
  /** The collection as it is written: `this.sockets` of `this.sockets.get(id)`. */
  readonly collection: ts.Expression;
  /** Where the collection is looked at. */
  readonly at: ts.Node;
  readonly by: 'for-of' | 'for-in' | 'callback' | 'lookup';
  /** `Object.values(…)`, `….values()`: what is gone through instead of the collection itself. */
  readonly view: { readonly of: 'object' | 'itself'; readonly part: 'keys' | 'values' | 'entries' } | undefined;
  /** Of a callback: which parameter. */
  readonly position: number;
  /** Of a destructured entry: which part. */
  readonly part: number | undefined;
  /** Of a lookup. */
  readonly key: ts.Expression | undefined;
}

/** The collection that a value is an element of; undefined where no loop, callback or lookup is seen. */
export function elementOf(expression: ts.Expression, program: FileProgram, depth = 0): Element | undefined {
  const value = unwrap(expression);
  if (depth > 3) return undefined;
  if (ts.isElementAccessExpression(value)) return lookup(value.expression, value, unwrap(value.argumentExpression));
  if (ts.isCallExpression(value)) {
    const callee = unwrap(value.expression);
    const [key] = value.arguments;
    return ts.isPropertyAccessExpression(callee) && looksUpKey(callee.name.text) && key && value.arguments.length === 1
      ? lookup(callee.expression, value, key)
      : undefined;
  }
  const declaration = ts.isIdentifier(value) ? program.scopes.resolve(value) : undefined;
  if (!declaration) return undefined;
  let part: number | undefined;
  let at: ts.Node = declaration.node;
  if (ts.isBindingElement(at)) {
    if (!ts.isArrayBindingPattern(at.parent)) return undefined;
    part = at.parent.elements.indexOf(at);
    at = at.parent.parent;
  }
  if (ts.isParameter(at) && isFunctionNode(at.parent)) return inCallback(at.parent, at, part);
  if (!ts.isVariableDeclaration(at)) return undefined;
  const statement = at.parent.parent;
  if (ts.isForOfStatement(statement) || ts.isForInStatement(statement))
    return {
      ...peeled(statement.expression),
      at: statement.expression,
      by: ts.isForInStatement(statement) ? 'for-in' : 'for-of',
      position: 0,
      part,
      key: undefined,
    };
  return at.initializer && part === undefined ? elementOf(at.initializer, program, depth + 1) : undefined;
}

function lookup(collection: ts.Expression, at: ts.Node, key: ts.Expression): Element {
  return { collection: unwrap(collection), at, by: 'lookup', view: undefined, position: 0, part: undefined, key };
}

/** `sockets.forEach((socket) => …)` */
function inCallback(
  fn: FunctionNode,
  parameter: ts.ParameterDeclaration,
  part: number | undefined,
): Element | undefined {
  const outer = wrapped(fn as ts.Expression);
  const call = outer.parent;
  if (!ts.isCallExpression(call) || call.arguments[0] !== outer) return undefined;
  const callee = unwrap(call.expression);
  if (!ts.isPropertyAccessExpression(callee) || !synchronousCallbacks.has(callee.name.text)) return undefined;
  return {
    ...peeled(callee.expression),
    at: callee.expression,
    by: 'callback',
    position: fn.parameters.indexOf(parameter),
    part,
    key: undefined,
  };
}

/** The collection behind `Object.values(x)`, `x.values()`, `[...x]`, `Array.from(x)`. */
function peeled(expression: ts.Expression): Pick<Element, 'collection' | 'view'> {
  let view: Element['view'];
  for (let at = unwrap(expression); ; ) {
    if (ts.isArrayLiteralExpression(at)) {
      const [only] = at.elements;
      if (at.elements.length !== 1 || !only || !ts.isSpreadElement(only)) return { collection: at, view };
      at = unwrap(only.expression);
      continue;
    }
    const callee = ts.isCallExpression(at) ? unwrap(at.expression) : undefined;
    if (!ts.isCallExpression(at) || !callee || !ts.isPropertyAccessExpression(callee)) return { collection: at, view };
    const base = callee.expression.getText();
    const [first] = at.arguments;
    const part = /^(?:keys|values|entries)$/.exec(callee.name.text)?.[0] as 'keys' | 'values' | 'entries' | undefined;
    if (base === 'Array' && callee.name.text === 'from' && first && at.arguments.length === 1) at = unwrap(first);
    else if (base === 'Object' && part && first && !view) {
      view = { of: 'object', part };
      at = unwrap(first);
    } else if (part && at.arguments.length === 0 && !view) {
      view = { of: 'itself', part };
      at = unwrap(callee.expression);
    } else return { collection: at, view };
  }
}
