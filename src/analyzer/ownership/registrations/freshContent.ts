/**
 * Elements that were put there a moment ago: `box.innerHTML = row(item); box.querySelector('a')`. What the run before has
 * listened to went when the content was replaced, with its handlers.
 */
import type { Engine } from '../../engine';
import { calledName, enclosingFunction, isAssignment, ts, unwrap, wrapped } from '../../syntax/syntax';
import { isShownContent } from '../../words/components';
import { findsWithin, isWithinElement, removesElement, replacesContent } from '../../words/elements';
import { isMaking as isMakingByName } from '../../words/starts';
import { elementOf } from '../lost/elements';
import { ownPlaceKey, runsIn, statementsBefore } from '../lost/sequence';

const maxDepth = 6;

/** Is the element in another one whose whole content the same run has replaced before? */
export function isOfFreshContent(receiver: ts.Expression, engine: Engine, depth = 0): boolean {
  const value = unwrap(receiver);
  if (depth > maxDepth) return false;
  // `this.row = document.createElement('li'); this.row.addEventListener(…)`
  if (depth > 0 && ts.isCallExpression(value) && isMakingByName(calledName(value))) return true;
  const around = containerOf(value);
  if (around) return isReplacedBefore(around, engine) || isOfFreshContent(around, engine, depth + 1);
  const element = ts.isIdentifier(value) ? elementOf(value, engine.program) : undefined;
  if (element && element.by !== 'lookup' && element.by !== 'for-in')
    return isOfFreshContent(element.collection, engine, depth + 1);
  const given = givenBefore(value, engine);
  return given !== undefined && isOfFreshContent(given, engine, depth + 1);
}

/** `box` of `box.querySelector('a')`, `box.firstChild`, `box.children[0]` */
function containerOf(value: ts.Expression): ts.Expression | undefined {
  if (ts.isElementAccessExpression(value)) {
    const list = unwrap(value.expression);
    return ts.isPropertyAccessExpression(list) && isWithinElement(list.name.text) ? list.expression : undefined;
  }
  if (ts.isPropertyAccessExpression(value)) return isWithinElement(value.name.text) ? value.expression : undefined;
  const callee = ts.isCallExpression(value) ? unwrap(value.expression) : undefined;
  return callee && ts.isPropertyAccessExpression(callee) && findsWithin(callee.name.text)
    ? callee.expression
    : undefined;
}

/** What a constant was given in this function, or another place was by the nearest statement before. */
function givenBefore(value: ts.Expression, engine: Engine): ts.Expression | undefined {
  const fn = runsIn(value);
  if (!fn) return undefined;
  const declaration = ts.isIdentifier(value) ? engine.program.scopes.resolve(value) : undefined;
  if (declaration && declaration.writes.length === 0)
    return declaration.path?.length === 0 && declaration.initializer && runsIn(declaration.initializer) === fn
      ? declaration.initializer
      : undefined;
  const key = ownPlaceKey(value, engine);
  if (key === undefined) return undefined;
  for (const statement of statementsBefore(value, fn)) {
    const done = ts.isExpressionStatement(statement) ? unwrap(statement.expression) : undefined;
    if (done && isAssignment(done) && ownPlaceKey(done.left, engine) === key) return done.right;
  }
  return undefined;
}

/** A statement that has run before leaves nothing of what was in the element. */
function isReplacedBefore(container: ts.Expression, engine: Engine): boolean {
  const key = engine.program.places.of(container)?.key;
  const fn = runsIn(container);
  // What was found in a callback of this run, was found in this run.
  if (key === undefined || !fn) return false;
  return statementsBefore(container, fn).some(
    (statement) => enclosingFunction(statement) !== undefined && replaces(statement, key, engine),
  );
}

function replaces(statement: ts.Statement, key: string, engine: Engine): boolean {
  const isIt = (one: ts.Expression): boolean => engine.program.places.of(one)?.key === key;
  if (ts.isBlock(statement)) return statement.statements.some((one) => replaces(one, key, engine));
  // while (box.firstChild) box.removeChild(box.firstChild)
  if (ts.isWhileStatement(statement)) {
    const asked = unwrap(statement.expression);
    return (
      ts.isPropertyAccessExpression(asked) &&
      isWithinElement(asked.name.text) &&
      isIt(asked.expression) &&
      isRemoval(statement.statement)
    );
  }
  const done = ts.isExpressionStatement(statement) ? unwrap(statement.expression) : undefined;
  if (!done) return false;
  const named = isAssignment(done) ? unwrap(done.left) : ts.isCallExpression(done) ? unwrap(done.expression) : done;
  if (!ts.isPropertyAccessExpression(named) || !isIt(named.expression)) return false;
  if (ts.isCallExpression(done)) return replacesContent(named.name.text);
  return (
    isAssignment(done) &&
    done.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    done.left === wrapped(named) &&
    isShownContent(named.name.text)
  );
}

/** The round of a loop that takes one element away, and does nothing else. */
function isRemoval(round: ts.Statement): boolean {
  const only = ts.isBlock(round) && round.statements.length === 1 ? round.statements[0] : round;
  const call = only && ts.isExpressionStatement(only) ? unwrap(only.expression) : undefined;
  const callee = call && ts.isCallExpression(call) ? unwrap(call.expression) : undefined;
  return callee !== undefined && ts.isPropertyAccessExpression(callee) && removesElement(callee.name.text);
}
