/**
 * Methods by which a class ends what matters outside of its instances: it removes handlers from what it was given, clears
 * intervals, closes what it opened. Which resource it was, and whether it is open, need not be known: whoever keeps an
 * instance is told by the class how it ends.
 */

import type { Engine } from '../../engine';
import { isDisposerName } from '../../growth/words';
import type { Owner } from '../../program/members';
import { type FunctionNode, ts, unwrap, walk } from '../../syntax/syntax';
import { callsWithEach, deletesKey, takesFromEnd } from '../../words/collections';
import { teardownHooks } from '../../words/hooks';
import { unlistenMethods } from '../../words/listeners';
import { endsForGood, isWholeTeardown } from '../../words/teardowns';
import { lifetimeOf } from '../lifetime/lifetime';
import { type EndSense, inheritedEnds } from './inheritedEnds';
import { closes, plainMemory, subscriptionEnds } from './instanceWords';

const sense: EndSense = {
  isNamed: isEnd,
  ends: ({ functions, owner }, engine) => functions.some((fn) => endsOutside(fn, owner, engine)),
  ofFact: ({ ends }) => ends,
  table: () => new Map(),
};

/** Names of such methods, the class's own and inherited ones. */
export function ownEnds(owner: Owner, engine: Engine): readonly string[] {
  return inheritedEnds(owner, engine, sense);
}

/** Hooks are called by the framework, not by who makes the instance. */
function isEnd(name: string): boolean {
  if (teardownHooks.has(name)) return name.startsWith('[');
  return endsForGood(name) || /^_*(?:stop|release|disconnect|detach|unbind|kill)$/.test(name);
}

function endsOutside(fn: FunctionNode, owner: Owner, engine: Engine): boolean {
  let found = false;
  for (const inner of engine.program.callees.reachedFrom(fn))
    walk(inner, (node) => {
      if (ts.isCallExpression(node) ? isOutside(node, owner, engine) || endsEach(node, engine) : isLoop(node, engine))
        found = true;
      return !found;
    });
  return found;
}

function isOutside(call: ts.CallExpression, owner: Owner, engine: Engine): boolean {
  const callee = unwrap(call.expression);
  if (ts.isIdentifier(callee)) return callee.text === 'clearInterval';
  if (!ts.isPropertyAccessExpression(callee)) return false;
  const name = callee.name.text;
  if (unlistenMethods.has(name)) return call.arguments.length > 1 && isOuter(callee.expression, engine);
  if (name === 'clearInterval' || name === 'revokeObjectURL') return true;
  const [given] = call.arguments;
  if (deletesKey(name) && given && unwrap(given).kind === ts.SyntaxKind.ThisKeyword)
    return isOuter(callee.expression, engine);
  const isClosing = closes.includes(name);
  if (!isClosing && !subscriptionEnds.includes(name)) return false;
  const place = engine.program.places.of(unwrap(callee.expression));
  if (place?.root.kind !== 'owner' || place.path.length !== 1) return false;
  const field = place.path[0] ?? '';
  const member = place.root.owner.members.get(field);
  if (!member || member.parameter) return false;
  if (isDisposerName(field)) return true;
  return member.values.some(
    ({ value }) => value !== undefined && mattersOutside(value, name, isClosing, owner, engine),
  );
}

/** `this.items.forEach((item) => item.dispose())`, `disposeAll(this.items)`, `this.items.pop()?.dispose()` */
function endsEach(call: ts.CallExpression, engine: Engine): boolean {
  const callee = unwrap(call.expression);
  if (ts.isIdentifier(callee))
    return /dispose|unsubscribe/i.test(callee.text) && call.arguments.some((argument) => isOwnField(argument, engine));
  if (!ts.isPropertyAccessExpression(callee)) return false;
  const [given] = call.arguments;
  const name = callee.name.text;
  if (callsWithEach(name) && given && isOwnField(callee.expression, engine))
    return engine.program.callees
      .functionsOf(given)
      .some((fn) => endsElement(fn.body, fn.parameters[0]?.name.getText() ?? ''));
  const taken = unwrap(callee.expression);
  if (!isWholeTeardown(name) || !ts.isCallExpression(taken)) return false;
  const from = unwrap(taken.expression);
  return ts.isPropertyAccessExpression(from) && takesFromEnd(from.name.text) && isOwnField(from.expression, engine);
}

function isLoop(node: ts.Node, engine: Engine): boolean {
  if (!ts.isForOfStatement(node) || !ts.isVariableDeclarationList(node.initializer)) return false;
  const element = node.initializer.declarations[0]?.name.getText() ?? '';
  return isOwnField(node.expression, engine) && endsElement(node.statement, element);
}

/** `this.items`, `this.items.values()`, `[...this.items]` */
function isOwnField(expression: ts.Expression, engine: Engine): boolean {
  let value = unwrap(expression);
  if (ts.isSpreadElement(value)) value = unwrap(value.expression);
  if (ts.isArrayLiteralExpression(value) && value.elements.length === 1 && value.elements[0])
    return isOwnField(value.elements[0], engine);
  if (ts.isCallExpression(value)) {
    const callee = unwrap(value.expression);
    if (!ts.isPropertyAccessExpression(callee)) return false;
    value = unwrap(callee.expression);
  }
  const place = engine.program.places.of(value);
  return place?.root.kind === 'owner' && place.path.length === 1;
}

/** Is the element called, or a method that ends it? */
function endsElement(body: ts.Node | undefined, element: string): boolean {
  const names = new Set(element.match(/[\w$]+/g) ?? []);
  let found = false;
  if (body)
    walk(body, (node) => {
      if (!ts.isCallExpression(node)) return !found;
      const callee = unwrap(node.expression);
      const called = ts.isPropertyAccessExpression(callee) ? unwrap(callee.expression) : callee;
      if (!ts.isIdentifier(called) || !names.has(called.text)) return !found;
      if (!ts.isPropertyAccessExpression(callee) || isWholeTeardown(callee.name.text) || ends.test(callee.name.text))
        found = true;
      return !found;
    });
  return found;
}

const ends = /^(?:remove|unsubscribe|unlisten|off|release|cancel|unregister)$/;

/** What is kept there: an instance that matters itself, what a library opens, or what a call subscribes to. */
function mattersOutside(value: ts.Expression, end: string, isClosing: boolean, owner: Owner, engine: Engine): boolean {
  let made = unwrap(value);
  while (ts.isAwaitExpression(made)) made = unwrap(made.expression);
  if (ts.isNewExpression(made)) {
    const made_ = classEnds(made, engine);
    if (made_) return made_.includes(end);
    return isClosing && !plainMemory.test(made.expression.getText());
  }
  if (!ts.isCallExpression(made)) return false;
  const callee = unwrap(made.expression);
  // A subscription is given a handler.
  if (!isClosing || end === 'destroy')
    return made.arguments.some((argument) => engine.program.callees.functionsOf(argument).length > 0);
  return ts.isPropertyAccessExpression(callee) && !isOwnMethod(callee, owner);
}

function isOwnMethod(callee: ts.PropertyAccessExpression, owner: Owner): boolean {
  return unwrap(callee.expression).kind === ts.SyntaxKind.ThisKeyword && owner.members.has(callee.name.text);
}

/** Ends of the class that is instantiated; undefined for one of a library. */
export function classEnds(made: ts.NewExpression, engine: Engine): readonly string[] | undefined {
  const { scopes, members, origins } = engine.program;
  const callee = unwrap(made.expression);
  const declaration = ts.isIdentifier(callee) ? scopes.resolve(callee) : undefined;
  const local = declaration && members.ownerOf(declaration.node);
  if (local) return local.kind === 'class' ? ownEnds(local, engine) : [];
  const name = origins.nameOf(callee);
  const fact = engine.imports.factOf(name);
  if (fact) return fact.ends ?? [];
  return name?.module === undefined || name.module.startsWith('.') ? [] : undefined;
}

function isOuter(receiver: ts.Expression, engine: Engine): boolean {
  const { level } = lifetimeOf(receiver, engine);
  return level === 'process' || level === 'module' || level === 'injected';
}
