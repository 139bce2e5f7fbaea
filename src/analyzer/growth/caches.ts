/**
 * Collections that are caches: looked up before they are filled, named so, or with entries that expire when they are
 * asked for.
 */
import type { Engine } from '../engine';
import { enclosingFunction, isFunctionNode, isWithin, ts, unwrap, wrapped } from '../syntax/syntax';
import type { Changes, Insertion } from './changes';
import type { Container } from './containers';

/**
 * Looked up before it is filled, in the same function, by the same key: a cache.
 * @param returned what is looked up must be what the function gives, and nothing else
 */
export function isReadThrough(insertion: Insertion, changes: Changes, container: Container, returned = false): boolean {
  if (container.shape === 'array' || container.shape === 'set' || !insertion.key) return false;
  const fn = enclosingFunction(insertion.node);
  if (!fn) return false;
  const key = unwrap(insertion.key).getText();
  return changes.lookups.some((lookup) => {
    if (!isWithin(lookup, fn) || !isHandedOut(lookup, returned)) return false;
    const argument = ts.isCallExpression(lookup)
      ? lookup.arguments[0]
      : ts.isElementAccessExpression(lookup)
        ? lookup.argumentExpression
        : undefined;
    return argument !== undefined && unwrap(argument).getText() === key;
  });
}

/** Named a cache, looked up somewhere, and filled under keys of its own making: no collection that the caller manages. */
export function isCalledCache(insertion: Insertion, changes: Changes, container: Container, engine: Engine): boolean {
  if (!/cache|memo(?!ry)/i.test(container.name) || !insertion.key || changes.lookups.length === 0) return false;
  const key = unwrap(insertion.key);
  return !(ts.isIdentifier(key) && engine.program.scopes.resolve(key)?.kind === 'parameter');
}

/** The looked-up value leaves the function: returned, or kept in a variable that is returned. */
function isHandedOut(lookup: ts.Node, returned: boolean): boolean {
  const outer = wrapped(lookup as ts.Expression);
  const up = outer.parent;
  if (ts.isReturnStatement(up) || ts.isAwaitExpression(up) || ts.isArrowFunction(up)) return true;
  if (ts.isVariableDeclaration(up) && ts.isIdentifier(up.name)) {
    const { text } = up.name;
    const fn = enclosingFunction(lookup);
    return (
      fn?.body !== undefined &&
      new RegExp(`return\\s+(?:await\\s+)?${text.replace(/\$/g, '\\$')}\\b`).test(fn.body.getText())
    );
  }
  return !returned && (ts.isBinaryExpression(up) || ts.isPropertyAccessExpression(up));
}

/**
 * Its entries carry the time of their end, and leave only when somebody asks for the same key again: the keys that nobody
 * asks for stay.
 */
export function expiresLazily(insertion: Insertion, changes: Changes, stamp: RegExp): boolean {
  if (changes.resets.length > 0 || changes.removals.length === 0 || !insertion.value) return false;
  if (!stamp.test(insertion.value.getText())) return false;
  const looksUp = (fn: ts.Node | undefined): boolean =>
    fn !== undefined && changes.lookups.some((lookup) => enclosingFunction(lookup) === fn);
  if (!changes.removals.some(({ node }) => looksUp(enclosingFunction(node)))) return false;
  return changes.removals.every(({ node, key }) => {
    const name = key && unwrap(key);
    if (!name || !ts.isIdentifier(name)) return false;
    for (let up = node.parent; up && !isFunctionNode(up); up = up.parent)
      if (ts.isIterationStatement(up, false)) return false;
    const fn = enclosingFunction(node);
    // The key is what the function was asked for, not one that it picked.
    return fn?.parameters.some((parameter) => parameter.name.getText() === name.text) === true && !isCallback(fn);
  });
}

/** Given to a call, such as `forEach`. */
function isCallback(fn: ts.Node): boolean {
  const { parent } = fn;
  return ts.isCallExpression(parent) && (parent.expression as ts.Node) !== fn;
}
