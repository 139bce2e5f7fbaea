/**
 * `function open(link) { return { verify() { return new Promise(… link.once(…) …); } }; }`: a function around the work was given
 * the receiver, and each work that what it makes is asked for listens on one and the same.
 */
import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import { enclosingFunction, type FunctionNode, isNewPromise, isWithin, ts, wrapped } from '../../syntax/syntax';
import { isSetup, opens } from '../../words/starts';
import { isTeardown } from '../../words/teardowns';
import { nameOf } from '../lifetime/frequency/functionNames';

/** Do several works of a closure listen on what the function around them was given? */
export function isSharedByWorks({ receiver, node }: Acquisition, engine: Engine): boolean {
  const root = receiver && engine.program.places.of(receiver)?.root;
  if (root?.kind !== 'declaration' || root.declaration.kind !== 'parameter') return false;
  const taker = root.declaration.scope.func;
  const work = workOf(node);
  if (!taker || !work || work === taker || !isWithin(work, taker)) return false;
  return isRunAgain(work, taker, engine);
}

/** Do those who have what the function around it gives run it as often as they like? */
function isRunAgain(work: FunctionNode, taker: FunctionNode, engine: Engine, depth = 0): boolean {
  const name = nameOf(work, engine.program.scopes);
  if (name === '' || depth > 3 || isTeardown(name) || isSetup(name) || opens(name)) return false;
  const { calls, values } = engine.program.callees.usesOf(work);
  if (calls.length > 1 || calls.some((call) => isInLoop(call, taker))) return true;
  // A method of what the function gives to others, or one of the functions that it gives them.
  if (isOfGivenObject(work, taker) || values.some((value) => isMember(value))) return true;
  return calls.some((call) => {
    const caller = enclosingFunction(call);
    return caller !== undefined && caller !== taker && caller !== work && isRunAgain(caller, taker, engine, depth + 1);
  });
}

/** The named function whose promise the node belongs to. */
function workOf(node: ts.Node): FunctionNode | undefined {
  for (let fn = enclosingFunction(node); fn; fn = enclosingFunction(fn)) {
    const isNamed = !ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn);
    const up = isNamed ? undefined : wrapped(fn as ts.Expression).parent;
    if (up && isNewPromise(up)) continue;
    return isNamed || (up && (ts.isVariableDeclaration(up) || ts.isPropertyAssignment(up))) ? fn : undefined;
  }
  return undefined;
}

function isInLoop(node: ts.Node, taker: FunctionNode): boolean {
  for (let at = node.parent; at && at !== taker; at = at.parent) if (ts.isIterationStatement(at, false)) return true;
  return false;
}

function isOfGivenObject(work: FunctionNode, taker: FunctionNode): boolean {
  const literal = ts.isMethodDeclaration(work)
    ? work.parent
    : ts.isPropertyAssignment(wrapped(work as ts.Expression).parent)
      ? wrapped(work as ts.Expression).parent.parent
      : undefined;
  return literal !== undefined && ts.isObjectLiteralExpression(literal) && isGiven(literal, taker);
}

/** `return { … }`, or a variable: not the options of a call, which may be asked once. */
function isGiven(literal: ts.ObjectLiteralExpression, taker: FunctionNode): boolean {
  const up = wrapped(literal).parent;
  return (
    (ts.isReturnStatement(up) && enclosingFunction(up) === taker) ||
    (ts.isVariableDeclaration(up) && enclosingFunction(up) === taker) ||
    (ts.isArrowFunction(up) && up === taker)
  );
}

function isMember(value: ts.Expression): boolean {
  const up = wrapped(value).parent;
  return ts.isPropertyAssignment(up) || ts.isShorthandPropertyAssignment(up);
}
