/** Releases that come too late: the place was emptied, or given something new, just before. */

import type { Engine } from '../../engine';
import { isMissingValue } from '../../flow/conditions';
import { freshShape } from '../../growth/containers';
import { calledName, type FunctionNode, isAssignment, isWithin, lineOf, ts, unwrap, walk } from '../../syntax/syntax';
import { runsLaterOnce } from '../../words/callbacks';
import { deletesKey, emptiesAll } from '../../words/collections';
import { teardownHooks } from '../../words/hooks';
import { isWholeTeardown } from '../../words/teardowns';
import { type Element, elementOf } from '../lost/elements';
import { mayAssign, ownPlaceKey, runsIn, statementsBefore, touches, waits } from '../lost/sequence';
import type { Ending } from '../values/endings';
import type { Vain } from './vainReleases';

/** `this.socket = null; this.socket?.close()`, `this.views.clear(); for (const view of this.views) view.dispose()`. */
export function orderFault(ending: Ending, engine: Engine, endings: readonly Ending[]): Vain | undefined {
  const element = elementOf(ending.target, engine.program);
  return element ? emptiedCollection(ending, element, engine) : emptiedPlace(ending, engine, endings);
}

function emptiedPlace(ending: Ending, engine: Engine, endings: readonly Ending[]): Vain | undefined {
  const { target, site } = ending;
  const key = ownPlaceKey(target, engine);
  const fn = runsIn(site);
  // The statements before it are only gone through where one of them may empty it.
  const isWritten = (around: ts.Node): boolean =>
    engine.uses.writes(key ?? '').some((write) => write.pos < site.pos && isWithin(write, around));
  if (key === undefined || !fn || !isWritten(fn)) return undefined;
  const before = statementsBefore(site, fn);
  for (const [index, statement] of before.entries()) {
    const write = assignmentIn(statement, key, engine);
    if (write) {
      if (isReadBefore(key, write, fn, before.slice(index + 1), engine)) return undefined;
      const value = lastValue(write);
      if (isEmpty(value)) {
        const isSilent = ending.ignoresMissing || isGuarded(site, key, engine);
        return isSilent && isHeldSomewhere(key, write, engine) && !isRunByTimer(fn, engine)
          ? {
              why: `\`${target.getText()}\` is emptied on line ${lineOf(write)}, before it`,
              advice: 'Release it first, and empty the field then.',
              cause: write,
              left: onlyValueOf(key, fn, engine),
            }
          : undefined;
      }
      if (!isTeardown(fn) || !isMade(value) || isEndedBefore(key, ending, write, endings, engine)) return undefined;
      const left = onlyValueOf(key, fn, engine);
      return left && ending.by === 'method'
        ? {
            why: `\`${target.getText()}\` is given a new object on line ${lineOf(write)}, before it, and the old one is left as it is`,
            advice: 'Release the old one first.',
            cause: write,
            left,
          }
        : undefined;
    }
    if (waits(statement) || mayAssign(statement, key, engine)) return undefined;
  }
  return undefined;
}

/** The plain assignment to the place that a statement consists of. */
function assignmentIn(statement: ts.Statement, key: string, engine: Engine): ts.BinaryExpression | undefined {
  if (!ts.isExpressionStatement(statement)) return undefined;
  for (let at = unwrap(statement.expression); isAssignment(at); at = unwrap(at.right)) {
    if (at.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return undefined;
    if (ownPlaceKey(at.left, engine) === key) return at;
  }
  return undefined;
}

/** The value at the end of `a = b = value`. */
function lastValue(write: ts.BinaryExpression): ts.Expression {
  let value = unwrap(write.right);
  while (isAssignment(value)) value = unwrap(value.right);
  return value;
}

/** Looked at before it is emptied, here or in a function called before: the old value may be kept or released. */
function isReadBefore(
  key: string,
  write: ts.BinaryExpression,
  fn: ts.Node,
  earlier: readonly ts.Statement[],
  engine: Engine,
): boolean {
  const reads = engine.uses.reads(key);
  if (reads.some((read) => isWithin(read, fn) && (read.pos < write.pos || isWithin(read, write)))) return true;
  return earlier.some(
    (statement) => touches(statement, reads, engine) || touches(statement, engine.uses.writes(key), engine),
  );
}

function isEmpty(value: ts.Expression): boolean {
  return (
    isMissingValue(value) ||
    value.kind === ts.SyntaxKind.FalseKeyword ||
    (ts.isNumericLiteral(value) && value.text === '0')
  );
}

function isMade(value: ts.Expression): boolean {
  return ts.isNewExpression(value);
}

/** `if (this.socket) this.socket.close()` */
function isGuarded(site: ts.Node, key: string, engine: Engine): boolean {
  for (let at: ts.Node = site, up = site.parent; up; at = up, up = up.parent) {
    const condition =
      ts.isIfStatement(up) && at === up.thenStatement
        ? up.expression
        : ts.isBinaryExpression(up) &&
            at === up.right &&
            up.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken
          ? up.left
          : undefined;
    if (condition && engine.uses.reads(key).some((read) => isWithin(read, condition))) return true;
    if (ts.isBlock(up) && ts.isFunctionLike(up.parent)) return false;
  }
  return false;
}

/** Something else than this write gives it a value that is there. */
function isHeldSomewhere(key: string, write: ts.BinaryExpression, engine: Engine): boolean {
  return engine.uses.writes(key).some((other) => other !== write && !isEmpty(lastValue(other)));
}

/** `timer = setTimeout(tap, 450)` is over when `tap` runs, and nothing else calls that. */
function isRunByTimer(fn: FunctionNode, { program }: Engine): boolean {
  const { calls, values } = program.callees.usesOf(fn);
  return (
    calls.length === 0 && values.some(({ parent }) => ts.isCallExpression(parent) && runsLaterOnce(calledName(parent)))
  );
}

/** What the place is given elsewhere, where that is one thing and made there. */
function onlyValueOf(key: string, fn: ts.Node, engine: Engine): ts.Node | undefined {
  const made: ts.Node[] = [];
  for (const write of engine.uses.writes(key)) {
    if (isWithin(write, fn)) continue;
    const value = lastValue(write);
    if (isEmpty(value)) continue;
    const awaited = ts.isAwaitExpression(value) ? unwrap(value.expression) : value;
    if (!ts.isNewExpression(awaited) && !ts.isCallExpression(awaited)) return undefined;
    made.push(awaited);
  }
  return made.length === 1 ? made[0] : undefined;
}

function isTeardown(fn: ts.Node): boolean {
  const name = (ts.isMethodDeclaration(fn) || ts.isFunctionDeclaration(fn)) && fn.name ? fn.name.getText() : '';
  return teardownHooks.has(name) || isWholeTeardown(name);
}

/** Another release elsewhere ends the one that was there. */
function isEndedBefore(
  key: string,
  ending: Ending,
  write: ts.Node,
  endings: readonly Ending[],
  engine: Engine,
): boolean {
  return endings.some((other) => other !== ending && other.site !== write && ownPlaceKey(other.target, engine) === key);
}

function emptiedCollection({ site }: Ending, element: Element, engine: Engine): Vain | undefined {
  const key = ownPlaceKey(element.collection, engine);
  const fn = runsIn(site);
  if (key === undefined || !fn || runsIn(element.at) !== fn) return undefined;
  for (const statement of statementsBefore(element.at, fn)) {
    const cause = emptying(statement, key, element, engine);
    if (cause)
      return {
        why: `\`${element.collection.getText()}\` is emptied on line ${lineOf(cause)}, before it`,
        advice: 'Release what it holds first, and empty it then.',
        cause,
      };
    if (waits(statement) || touches(statement, usesBut(key, element, engine), engine)) return undefined;
  }
  return undefined;
}

/** Uses of the collection that may fill it: all but the plain looks of the element's own loop. */
function usesBut(key: string, element: Element, engine: Engine): readonly ts.Node[] {
  return [...engine.uses.writes(key), ...engine.uses.reads(key).filter((read) => !isWithin(read, element.at))];
}

/** The part of a statement that takes away what the element was looked up for. */
function emptying(statement: ts.Statement, key: string, element: Element, engine: Engine): ts.Node | undefined {
  if (!ts.isExpressionStatement(statement)) return undefined;
  const value = unwrap(statement.expression);
  const isOurs = (one: ts.Expression): boolean => ownPlaceKey(one, engine) === key;
  const isWhole = element.by !== 'lookup';
  if (isAssignment(value) && value.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
    const left = unwrap(value.left);
    if (isOurs(left)) return isWhole && freshShape(value.right) && isEmptyLiteral(value.right) ? value : undefined;
    if (ts.isPropertyAccessExpression(left) && left.name.text === 'length' && isOurs(left.expression))
      return ts.isNumericLiteral(value.right) && value.right.text === '0' ? value : undefined;
    return undefined;
  }
  if (ts.isDeleteExpression(value)) {
    const deleted = unwrap(value.expression);
    return ts.isElementAccessExpression(deleted) &&
      isOurs(deleted.expression) &&
      isSameKey(deleted.argumentExpression, element, engine)
      ? value
      : undefined;
  }
  if (!ts.isCallExpression(value)) return undefined;
  const callee = unwrap(value.expression);
  if (!ts.isPropertyAccessExpression(callee) || !isOurs(callee.expression)) return undefined;
  if (emptiesAll(callee.name.text) && value.arguments.length === 0) return isPlain(element, engine) ? value : undefined;
  const [gone] = value.arguments;
  return deletesKey(callee.name.text) && gone && isSameKey(gone, element, engine) ? value : undefined;
}

function isSameKey(expression: ts.Expression, { key, at }: Element, engine: Engine): boolean {
  const given = unwrap(expression);
  if (!key || given.getText() !== unwrap(key).getText()) return false;
  // `list.delete(next())` then `list.get(next())`
  let isSteady = true;
  walk(given, (node) => {
    if (ts.isCallExpression(node)) isSteady = false;
    const place = ts.isIdentifier(node) ? engine.program.places.of(node) : undefined;
    if (place && engine.uses.writes(place.key).some((write) => write.pos > given.end && write.end < at.pos))
      isSteady = false;
    return isSteady;
  });
  return isSteady;
}

function isEmptyLiteral(expression: ts.Expression): boolean {
  const value = unwrap(expression);
  if (ts.isArrayLiteralExpression(value)) return value.elements.length === 0;
  return !ts.isNewExpression(value) || (value.arguments?.length ?? 0) === 0;
}

/** A Map or Set, whose `clear` does nothing else; a collection of one's own may release what it holds. */
function isPlain({ collection }: Element, engine: Engine): boolean {
  const place = engine.program.places.of(collection);
  const given =
    place?.root.kind === 'owner' && place.path.length === 1
      ? place.root.owner.members.get(place.path[0] ?? '')?.values.map(({ value }) => value)
      : place?.root.kind === 'declaration' && place.path.length === 0
        ? [place.root.declaration.initializer]
        : undefined;
  return (
    given?.some((value) => {
      const shape = freshShape(value);
      return shape === 'map' || shape === 'set';
    }) ?? false
  );
}
