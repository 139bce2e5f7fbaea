/** What a use of a part does with it: its owner keeps it, ends it, or somebody else may have it then. */

import type { Engine } from '../../engine';
import { isEmptyValue } from '../../program/emptyValues';
import { enclosingFunction, isFunctionNode, propertyNameText, ts, unwrap, walk, wrapped } from '../../syntax/syntax';
import { removesAll, unlistenMethods } from '../../words/listeners';
import { isWholeTeardown } from '../../words/teardowns';
import * as conventions from './instanceWords';
import { endingElements } from './leaving';

/** Does the use leave it with its owner, end it, or may somebody else have it then? */
export function useOf(use: ts.Expression, inTeardown: boolean, engine: Engine): 'kept' | 'ended' | 'taken' {
  const outer = wrapped(use);
  const up = outer.parent;
  if (isLook(up, outer) || ts.isExpressionStatement(up)) return 'kept';
  if (ts.isBinaryExpression(up) && /^(?:[!=]==?|instanceof|in)$/.test(up.operatorToken.getText())) return 'kept';
  if (ts.isPropertyAccessExpression(up) && up.expression === outer) {
    const name = up.name.text;
    const call = wrapped(up).parent;
    const isCalled = ts.isCallExpression(call) && call.expression === wrapped(up);
    const isHarmless = unlistenMethods.has(name) || removesAll.has(name) || conventions.isNoEndOfIt(name);
    // Another call of it in the teardown may be an end of it.
    if (isCalled && inTeardown && !isHarmless) return 'taken';
    // `process.kill(this.child.pid)`
    if (!isCalled && inTeardown && ts.isCallExpression(call) && call.arguments.some((one) => one === wrapped(up)))
      return 'taken';
    return conventions.wholeEnds.includes(name) || isWholeTeardown(name) ? 'ended' : 'kept';
  }
  if (ts.isElementAccessExpression(up) && up.expression === outer) return inTeardown ? 'taken' : 'kept';
  if (ts.isReturnStatement(up)) return !inTeardown && isShown(up, engine) ? 'kept' : 'taken';
  if (!(ts.isCallExpression(up) || ts.isNewExpression(up)) || up.expression === outer || inTeardown) return 'taken';
  const callee = unwrap(up.expression);
  const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
  return conventions.takesOver(name) || conventions.mayKeep(name) ? 'taken' : 'kept';
}

/** `if (!this.part) this.part = new Part(); return this.part;`: all who ask get the same one, which its owner keeps. */
export function isGivenToAll(use: ts.Expression, engine: Engine): boolean {
  const { parent } = wrapped(use);
  // Returned, or what a promise made here resolves with.
  if (!ts.isReturnStatement(parent) && !(ts.isCallExpression(parent) && parent.expression.getText() === 'resolve'))
    return false;
  const place = engine.program.places.of(unwrap(use));
  if (place?.root.kind !== 'owner' || place.path.length !== 1) return false;
  const { key } = place;
  const asks = (node: ts.Node): boolean => {
    let found = false;
    walk(node, (inner) => {
      if (ts.isPropertyAccessExpression(inner) && engine.program.places.of(inner)?.key === key) found = true;
      return !found;
    });
    return found;
  };
  const writes = engine.uses.writes(key).filter(({ right }) => !isEmptyValue(unwrap(right)));
  return (
    writes.length > 0 &&
    writes.every((write) => {
      if (write.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return true;
      for (let up: ts.Node = write; up && !isFunctionNode(up); up = up.parent)
        if (ts.isIfStatement(up.parent) && up.parent.expression !== up && asks(up.parent.expression)) return true;
      return false;
    })
  );
}

/** A getter shows it, and nobody ends what has its name. */
function isShown(statement: ts.ReturnStatement, engine: Engine): boolean {
  const fn = enclosingFunction(statement);
  const name = fn && ts.isGetAccessor(fn) ? propertyNameText(fn.name) : undefined;
  if (name === undefined) return false;
  return !engine.releasesOf(endingElements).sites.some((site) => {
    const target = ts.isPropertyAccessExpression(site) ? unwrap(site.expression) : undefined;
    return target !== undefined && ts.isPropertyAccessExpression(target) && target.name.text === name;
  });
}

export function isLook(up: ts.Node, outer: ts.Node): boolean {
  return (
    (ts.isIfStatement(up) && up.expression === outer) ||
    ts.isPrefixUnaryExpression(up) ||
    (ts.isConditionalExpression(up) && up.condition === outer) ||
    (ts.isBinaryExpression(up) &&
      up.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken &&
      up.left === outer) ||
    (ts.isBinaryExpression(up) &&
      up.operatorToken.kind === ts.SyntaxKind.QuestionQuestionEqualsToken &&
      up.left === outer)
  );
}
