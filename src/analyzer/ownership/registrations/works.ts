/**
 * The piece of work that a registration belongs to: the executor of a promise, an async function, one that hands its
 * caller a clean-up.
 */
import {
  enclosingFunction,
  type FunctionNode,
  hasModifier,
  isExecutor,
  isFunctionNode,
  propertyNameText,
  ts,
  unwrap,
  walk,
} from '../../syntax/syntax';
import { ends } from '../../words/teardowns';

/** The executor of the promise that a node stands in. */
export function executorAround(node: ts.Node): FunctionNode | undefined {
  for (let fn = enclosingFunction(node); fn; fn = enclosingFunction(fn)) {
    if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return undefined;
    if (isExecutor(fn)) return fn;
  }
  return undefined;
}

/**
 * The async function whose work a node belongs to.
 * @param orGenerator an async generator, too: it is done when its last value is taken
 */
export function workAround(node: ts.Node, orGenerator: boolean): FunctionNode | undefined {
  const fn = enclosingFunction(node);
  const isAsync = fn?.body && hasModifier(fn, ts.SyntaxKind.AsyncKeyword);
  return isAsync && (orGenerator || !fn.asteriskToken) ? fn : undefined;
}

/** The function that hands its caller a clean-up: `return { signal, cleanup }`. */
export function cleanUpAround(node: ts.Node): FunctionNode | undefined {
  const fn = enclosingFunction(node);
  return fn?.body && returnedCleanUp(fn) ? fn : undefined;
}

/** The clean-up among what a function returns. */
export function returnedCleanUp(fn: FunctionNode): ts.Node | undefined {
  let found: ts.Node | undefined;
  if (fn.body)
    walk(fn.body, (inner) => {
      if (isFunctionNode(inner)) return false;
      const value = ts.isReturnStatement(inner) && inner.expression ? unwrap(inner.expression) : undefined;
      if (value && ts.isObjectLiteralExpression(value))
        found ??= value.properties.find((property) => property.name && ends(propertyNameText(property.name) ?? ''));
      return !found;
    });
  return found;
}
