/** Instances that may end without whoever makes them: others are given them, or they end themselves. */

import type { Engine } from '../../engine';
import { isEmptyValue } from '../../program/emptyValues';
import type { Owner } from '../../program/members';
import type { Place } from '../../program/places';
import { visitNodes } from '../../syntax/nodeIndex';
import { propertyAccesses, thisWords } from '../../syntax/selections';
import {
  calledName,
  enclosingFunction,
  type FunctionNode,
  hasModifier,
  isClassNode,
  isFunctionNode,
  isWithinAny,
  ts,
  unwrap,
  wrapped,
} from '../../syntax/syntax';
import { isWholeTeardown } from '../../words/teardowns';
import { neededFor } from '../lost/guards';
import { namesOf } from '../registrations/selfEnding';
import { constructionOf } from './construction';
import { loadsGiven, takesOver } from './instanceWords';
import { reachedBy, type Teardown } from './teardowns';

/** `parent.children.push(this)`: an instance that others are given while it is made may be ended by them. */
export function isHandedOver(owner: Owner, engine: Engine): boolean {
  if (isClassNode(owner.node) && hasModifier(owner.node, ts.SyntaxKind.AbstractKeyword)) return false;
  let found = false;
  for (const fn of constructionOf(owner, engine))
    visitNodes(fn, thisWords, (node) => {
      if (
        node.kind === ts.SyntaxKind.ThisKeyword &&
        ts.isCallExpression(node.parent) &&
        node.parent.expression !== node &&
        takesOver(calledName(node.parent))
      )
        found = true;
      return !found;
    });
  return found;
}

/** Calls one of its own teardowns on some other occasion: it may end when its work is done. */
export function endsItself(owner: Owner, ends: readonly Teardown[], engine: Engine): boolean {
  const names = new Set(ends.map(({ name }) => name));
  const reached = reachedBy(ends, engine);
  let found = false;
  visitNodes(owner.node, propertyAccesses, (node) => {
    if (
      ts.isPropertyAccessExpression(node) &&
      node.expression.kind === ts.SyntaxKind.ThisKeyword &&
      names.has(node.name.text) &&
      !isWithinAny(node, reached)
    )
      found = true;
    return !found;
  });
  return found;
}

/**
 * `term.loadAddon(this.search)`, where the teardown ends `this.term`, which is the same object: may it end what it was given?
 * @returns surely, by the name of the method; perhaps, if the name says nothing; undefined where nobody is given it
 */
export function givenToEnded(
  use: ts.Expression,
  reached: readonly FunctionNode[],
  engine: Engine,
): 'surely' | 'perhaps' | undefined {
  const given = wrapped(use);
  const call = given.parent;
  if (!ts.isCallExpression(call) || call.expression === given) return undefined;
  const callee = unwrap(call.expression);
  if (!ts.isPropertyAccessExpression(callee)) return undefined;
  const isEnded = [...namesOf(callee.expression, engine)].some((key) => isAlwaysEnded(key, reached, engine));
  if (!isEnded) return undefined;
  return loadsGiven(callee.name.text) ? 'surely' : 'perhaps';
}

/** The teardown ends what the place has, on no condition but that it is there. */
function isAlwaysEnded(key: string, reached: readonly FunctionNode[], engine: Engine): boolean {
  const { places } = engine.program;
  return engine.uses.reads(key).some((use) => {
    const access = wrapped(use).parent;
    const fn = enclosingFunction(use);
    if (!fn || !reached.includes(fn) || isHandler(fn)) return false;
    if (!ts.isPropertyAccessExpression(access) || !isWholeTeardown(access.name.text)) return false;
    if (!ts.isCallExpression(wrapped(access).parent)) return false;
    return neededFor(use, fn).every(({ condition, holds }) => holds && places.of(unwrap(condition))?.key === key);
  });
}

/** It is given to a call, which may run it or not. */
function isHandler(fn: FunctionNode): boolean {
  return ts.isCallExpression(wrapped(fn as ts.Expression).parent);
}

/** `this.dialog.afterClosed().subscribe(() => { this.dialog = null; })`: a handler of the part itself tells that it is over. */
export function tellsItsEnd(place: Place, engine: Engine): boolean {
  return engine.uses.writes(place.key).some((write) => {
    const fn = isEmptyValue(unwrap(write.right)) ? enclosingFunction(write) : undefined;
    return fn !== undefined && isHandlerOf(fn, place, engine);
  });
}

/** `this.view.on('closed', () => this.destroy())`: a handler of the part itself runs the function. */
export function isRunByPart(fn: FunctionNode, place: Place, engine: Engine): boolean {
  const { calls, values } = engine.program.callees.usesOf(fn);
  return [...calls, ...values].some((use) => {
    const around = enclosingFunction(use);
    if (around && isHandlerOf(around, place, engine)) return true;
    const up = use.parent;
    return ts.isCallExpression(up) && up.expression !== use && isOf(up.expression, place, engine);
  });
}

function isHandlerOf(fn: FunctionNode, place: Place, engine: Engine): boolean {
  const call = ts.isArrowFunction(fn) || ts.isFunctionExpression(fn) ? wrapped(fn).parent : undefined;
  return call !== undefined && ts.isCallExpression(call) && isOf(call.expression, place, engine);
}

/** `this.dialog.afterClosed().subscribe` */
function isOf(callee: ts.Expression, { key }: Place, engine: Engine): boolean {
  let at = unwrap(callee);
  while (!isFunctionNode(at)) {
    if (engine.program.places.of(at)?.key === key) return true;
    if (ts.isPropertyAccessExpression(at) || ts.isCallExpression(at)) at = unwrap(at.expression);
    else return false;
  }
  return false;
}
