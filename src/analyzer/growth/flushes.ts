/** Functions that hand on all of a list, as one flushes a buffer. */

import type { Engine } from '../engine';
import type { Declaration } from '../program/scopes';
import {
  calledName,
  enclosingFunction,
  type FunctionNode,
  isFunctionNode,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../syntax/syntax';
import { takesWhole } from '../words/collections';
import type { Collection } from './collections';
import { functionName } from './holders';
import { isFlushing } from './words';

/** The function that by its name empties the list, and goes through all of it. */
export function flushOf({ container }: Collection, engine: Engine): FunctionNode | undefined {
  for (const use of engine.uses.reads(container.place.key)) {
    const fn = enclosingFunction(use);
    if (!fn || !isFlushing(functionName(fn))) continue;
    const up = wrapped(use).parent;
    const isWhole =
      ts.isSpreadElement(up) ||
      ts.isForOfStatement(up) ||
      (ts.isCallExpression(up) && up.expression !== wrapped(use)) ||
      (ts.isPropertyAccessExpression(up) && takesWhole(up.name.text));
    if (isWhole && !asksEach(wrapped(use), engine)) return fn;
  }
  return undefined;
}

/** `sinks.map((sink) => sink.flush())`: each is asked to do something, and stays for the next time. */
function asksEach(use: ts.Expression, engine: Engine): boolean {
  const [item, body] = visitOf(use);
  const declaration = item && engine.program.scopes.declarationOf(item);
  return declaration !== undefined && body !== undefined && isOnlyAsked(declaration, body, engine, 0);
}

/** Its methods are called, here or in a function of the file that is given it, and nothing else is done with it. */
function isOnlyAsked(item: Declaration, body: ts.Node, engine: Engine, depth: number): boolean {
  const { scopes, callees } = engine.program;
  let [asked, passedOn] = [false, false];
  walk(body, (node) => {
    if (!ts.isIdentifier(node) || scopes.resolve(node) !== item) return undefined;
    const up = wrapped(node).parent;
    const call = ts.isPropertyAccessExpression(up) ? wrapped(up).parent : up;
    if (!ts.isCallExpression(call)) passedOn = true;
    else if (unwrap(call.expression) === up && isFlushing(calledName(call))) asked = true;
    else {
      const at = call.arguments.indexOf(wrapped(node));
      const takers = at < 0 || depth > 1 ? [] : callees.of(call);
      const areAsking = takers.every((taker) => {
        const parameter = taker.parameters[at];
        const given = parameter && scopes.declarationOf(parameter);
        return given !== undefined && taker.body !== undefined && isOnlyAsked(given, taker.body, engine, depth + 1);
      });
      if (takers.length > 0 && areAsking) asked = true;
      else passedOn = true;
    }
    return undefined;
  });
  return asked && !passedOn;
}

/** What each item is called where all are gone through, and what is done with it there. */
function visitOf(list: ts.Expression): readonly [ts.ParameterDeclaration | ts.VariableDeclaration, ts.Node] | [] {
  const { parent } = list;
  if (ts.isForOfStatement(parent)) {
    const [item] = ts.isVariableDeclarationList(parent.initializer) ? parent.initializer.declarations : [];
    return item ? [item, parent.statement] : [];
  }
  const call = ts.isPropertyAccessExpression(parent) ? wrapped(parent).parent : undefined;
  const given = call && ts.isCallExpression(call) && call.arguments[0] ? unwrap(call.arguments[0]) : undefined;
  const [item] = given && isFunctionNode(given) ? given.parameters : [];
  return given && isFunctionNode(given) && item && given.body ? [item, given.body] : [];
}
