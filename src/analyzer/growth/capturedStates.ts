/** State of a component as a handler of an effect has captured it: `setRows([...rows, one])` with `rows` of the run of the effect. */
import type { Engine } from '../engine';
import { effectAround } from '../ownership/lifetime/effects';
import type { Declaration } from '../program/scopes';
import { calledName, enclosingFunction, isFunctionNode, isWithin, ts, unwrap, walk } from '../syntax/syntax';
import { isHookName, memoHooks } from '../words/hooks';

/**
 * Does each call of the setter begin with the state of one and the same render? The effect that made the handler does not
 * run again when the state changes, so the list is what it was then, and one more.
 */
export function beginsWithCaptured(call: ts.CallExpression, state: Declaration | undefined, engine: Engine): boolean {
  const [given] = call.arguments;
  // `(before) => [...before, one]` is given the newest.
  if (!given || state === undefined || isFunctionNode(unwrap(given))) return false;
  for (let fn = enclosingFunction(call); fn; fn = enclosingFunction(fn)) {
    const effect = effectAround(fn);
    if (!effect) continue;
    return isListed(effect.arguments[1], (one) => staysWith(one, { state, effect, engine }, 0));
  }
  return false;
}

interface Run {
  readonly state: Declaration;
  readonly effect: ts.CallExpression;
  readonly engine: Engine;
}

/** Are dependencies written out, and each of them so? */
function isListed(list: ts.Expression | undefined, is: (one: ts.Expression) => boolean): boolean {
  const dependencies = list && unwrap(list);
  return dependencies !== undefined && ts.isArrayLiteralExpression(dependencies) && dependencies.elements.every(is);
}

/** Is it the same in the render that follows a change of the state: neither made of the state, nor anew in each render? */
function staysWith(expression: ts.Expression, run: Run, depth: number): boolean {
  const value = unwrap(expression);
  if (depth > 4 || ts.isSpreadElement(value)) return false;
  const all = (parts: readonly ts.Expression[]): boolean => parts.every((one) => staysWith(one, run, depth + 1));
  if (ts.isLiteralExpression(value) || value.kind === ts.SyntaxKind.ThisKeyword) return true;
  if (ts.isPropertyAccessExpression(value)) return all([value.expression]);
  if (ts.isElementAccessExpression(value)) return all([value.expression, value.argumentExpression]);
  if (ts.isPrefixUnaryExpression(value)) return all([value.operand]);
  if (ts.isBinaryExpression(value)) return all([value.left, value.right]);
  if (ts.isConditionalExpression(value)) return all([value.condition, value.whenTrue, value.whenFalse]);
  if (ts.isTemplateExpression(value)) return all(value.templateSpans.map((span) => span.expression));
  if (ts.isCallExpression(value)) return isKeptByHook(value, run, depth);
  if (!ts.isIdentifier(value)) {
    const { kind } = value;
    return kind === ts.SyntaxKind.TrueKeyword || kind === ts.SyntaxKind.FalseKeyword;
  }
  const declaration = run.engine.program.scopes.resolve(value);
  if (declaration === run.state) return false;
  if (!declaration?.scope.func || declaration.kind === 'parameter') return true;
  const { initializer, writes, node } = declaration;
  const beside = ts.isBindingElement(node) && ts.isArrayBindingPattern(node.parent) ? node.parent.elements : [];
  // The first of two is the state, which the setter beside it changes.
  const [first, setter] = beside;
  if (first === node && setter && ts.isBindingElement(setter) && isSetIn(setter, run)) return false;
  return initializer !== undefined && writes.length === 0 && all([initializer]);
}

/** `useContext(All)`, `useCallback(add, [socket])`: what a hook gives changes with what it is given. */
function isKeptByHook(call: ts.CallExpression, run: Run, depth: number): boolean {
  const name = calledName(call);
  if (memoHooks.has(name)) return isListed(call.arguments[1], (one) => staysWith(one, run, depth + 1));
  return isHookName(name) && !mentions(call, run);
}

function mentions(node: ts.Node, { state, engine }: Run): boolean {
  let found = false;
  walk(node, (inner) => {
    if (ts.isIdentifier(inner) && engine.program.scopes.resolve(inner) === state) found = true;
    return !found;
  });
  return found;
}

/** Does the effect change that other state as well? */
function isSetIn(setter: ts.BindingElement, { effect, engine }: Run): boolean {
  const uses = engine.program.scopes.declarationOf(setter)?.references ?? [];
  const listed = effect.arguments[1];
  return uses.some((use) => isWithin(use, effect) && !(listed && isWithin(use, listed)));
}
