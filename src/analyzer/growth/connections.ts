/**
 * Entries for what ends by itself (a connection, a child, a window), which only an explicit removal takes out: the end of
 * the thing leaves them.
 */

import type { Engine } from '../engine';
import type { Draft } from '../findings/draft';
import type { Declaration } from '../program/scopes';
import { isInFinally } from '../program/tryStatements';
import {
  calledName,
  enclosingFunction,
  type FunctionNode,
  isAssignment,
  isFunctionNode,
  isWithin,
  lineOf,
  rangeOf,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../syntax/syntax';
import { listenMethods, setsOrTakesHandler } from '../words/listeners';
import { isFinally } from '../words/promises';
import { isBegunAnew } from './begunAnew';
import type { Insertion } from './changes';
import { type Collection, draftAt, isInWholeTeardown, keysOf, nounOf, repeatsPerKey } from './collections';
import { innerInsertions } from './innerInsertions';
import { itemsOf } from './items';
import { isArrivalEvent, isDisposerName, isEndEvent, isEndSignal, isLossEvent, isTelling, preventsEnd } from './words';

/** The entry of what has ended by itself. */
export function leftByOwnEnd(collection: Collection, engine: Engine): Draft | undefined {
  const { changes, container } = collection;
  if (container.holder === 'closure') return undefined;
  if (container.shape === 'array' && isDisposerName(container.name)) return undefined;
  if (changes.checks.length + changes.nullings.length > 0) return undefined;
  const shrinks = [...changes.removals.map(({ node }) => node), ...changes.resets];
  const inner = innerInsertions(collection, engine, true) ?? [];
  if (shrinks.every(isInWholeTeardown) && inner.length === 0) return undefined;
  for (const insertion of inner.length > 0 ? inner : changes.insertions) {
    const fn = enclosingFunction(insertion.node);
    if (!fn || ts.isConstructorDeclaration(fn) || !repeatsPerKey(insertion, engine)) continue;
    if (inner.length === 0 && container.shape !== 'array' && keysOf(insertion, collection, engine) === 'closed')
      continue;
    if (isBegunAnew(insertion, collection, engine)) continue;
    // `….finally(() => this.pending.delete(key))`
    if (shrinks.some((site) => isWithin(site, fn) && isInFinally(site))) continue;
    const fault = silentEnd(insertion, fn, collection, engine) ?? unheardEnd(insertion, collection, engine);
    if (!fault) continue;
    return draftAt(insertion, collection, engine, {
      kind: 'cache/entry-left-after-completion',
      mechanism: 'error-or-early-exit-path',
      // With the end of another thing it goes at last.
      severity: shrinks.some((site) => isInEndHandler(site, fn)) ? 'low' : 'medium',
      confidence: 'medium',
      message: `The entry of the ${nounOf[container.shape]} \`${container.name}\` stays when \`${fault.name}\` ends by itself${fault.node ? ` (line ${lineOf(fault.node)})` : ''}: ${shrinks[0] ? `only line ${lineOf(shrinks[0])} takes one out` : 'only who asks for it takes one out'}.`,
      advice: 'Take the entry out when it ends.',
      steps: [{ role: 'exit', message: 'Its end leaves the entry', range: rangeOf(fault.node ?? insertion.node) }],
    });
  }
  return undefined;
}

/** `server.once('close', () => sockets.delete(socket))` in the function that puts it in. */
function isInEndHandler(site: ts.Node, fn: FunctionNode): boolean {
  for (let at = enclosingFunction(site); at && at !== fn && isWithin(at, fn); at = enclosingFunction(at)) {
    const call = wrapped(at as ts.Expression).parent;
    const [event] = ts.isCallExpression(call) && listenMethods.has(calledName(call)) ? call.arguments : [];
    if (event && ts.isStringLiteralLike(event) && isEnd(event.text)) return true;
  }
  return false;
}

interface Fault {
  readonly name: string;
  /** The handler of the end; absent where nobody listens for it. */
  readonly node?: ts.Node;
}

/** `child.on('exit', …)` beside the insertion does nothing with the collection. */
function silentEnd(insertion: Insertion, fn: FunctionNode, collection: Collection, engine: Engine): Fault | undefined {
  const made = [...itemsOf(insertion, fn, engine, 1)].filter((one) => isMadeHere(one, fn));
  for (const item of made) {
    const ends = endsOf(item);
    const own = ends.filter((end) => isWithin(end.call, fn));
    if (own.every(({ isError }) => isError) || ends.some((end) => touches(end, item, collection, engine))) continue;
    return { name: item.name, node: own[0]?.call ?? fn };
  }
  return undefined;
}

/** A connection that a server tells of is put in, and nobody takes it out when it closes. */
function unheardEnd(insertion: Insertion, collection: Collection, engine: Engine): Fault | undefined {
  for (let fn = enclosingFunction(insertion.node); fn; fn = enclosingFunction(fn)) {
    const [parameter] = fn.parameters;
    const item =
      parameter && ts.isIdentifier(parameter.name) ? engine.program.scopes.declarationOf(parameter) : undefined;
    if (!item || !isToldOf(fn)) continue;
    const holds = [insertion.value, insertion.key].some((one) => one !== undefined && holdsIt(one, item, engine));
    if (!holds) return undefined;
    const within = fn;
    // Somebody else is given the connection, and may listen for its end.
    const ends = endsOf(item);
    if (ends.some((end) => touches(end, item, collection, engine)) || isGivenOn(item, within, engine)) return undefined;
    return { name: item.name, ...(ends[0] ? { node: ends[0].call } : {}) };
  }
  return undefined;
}

/** Itself, or in an object that is put in. */
function holdsIt(value: ts.Expression, item: Declaration, engine: Engine): boolean {
  const inner = unwrap(value);
  if (ts.isIdentifier(inner)) return engine.program.scopes.resolve(inner) === item;
  return (
    ts.isObjectLiteralExpression(inner) &&
    inner.properties.some(
      (one) =>
        (ts.isShorthandPropertyAssignment(one) && holdsIt(one.name, item, engine)) ||
        (ts.isPropertyAssignment(one) && holdsIt(one.initializer, item, engine)),
    )
  );
}

function isGivenOn(item: Declaration, fn: FunctionNode, engine: Engine): boolean {
  return item.references.some((use) => {
    const up = wrapped(use).parent;
    if (!isWithin(use, fn) || !ts.isCallExpression(up) || up.expression === wrapped(use)) return false;
    const callee = unwrap(up.expression);
    const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
    return (
      !/^(?:add|set|push|has|get|delete|log|info|debug|warn|error)$/.test(name) &&
      engine.program.callees.of(up).length === 0
    );
  });
}

/** Given to `on('connection', …)`. */
function isToldOf(fn: FunctionNode): boolean {
  const outer = wrapped(fn as ts.Expression);
  const call = outer.parent;
  const event = ts.isCallExpression(call) ? call.arguments[0] : undefined;
  return event !== undefined && event !== outer && ts.isStringLiteralLike(event) && isArrivalEvent(event.text);
}

/** Made by the call that puts it in: a call's result, or an instance. */
function isMadeHere({ initializer, path, scope }: Declaration, fn: FunctionNode): boolean {
  const given = initializer && unwrap(initializer);
  const made = given && ts.isAwaitExpression(given) ? unwrap(given.expression) : given;
  return (
    made !== undefined &&
    path?.length === 0 &&
    scope.func === fn &&
    (ts.isCallExpression(made) || ts.isNewExpression(made))
  );
}

interface End {
  readonly call: ts.Node;
  /** Much goes on after an error: alone it is no end. */
  readonly isError?: boolean;
  readonly handler: ts.Expression | undefined;
}

/** Handlers of the end of an item, and of parts of it. */
function endsOf(item: Declaration): readonly End[] {
  return item.references.flatMap((use): End | readonly End[] => {
    let at: ts.Expression = wrapped(use);
    for (let depth = 0; depth < 4; depth++) {
      const access = at.parent;
      if (!ts.isPropertyAccessExpression(access) || access.expression !== at) return [];
      const outer = wrapped(access);
      const { parent } = outer;
      const { text } = access.name;
      if (isAssignment(parent) && parent.left === outer && /^on/.test(text) && isEnd(text.slice(2)))
        return { call: parent, handler: parent.right, isError: text === 'onerror' };
      if (ts.isCallExpression(parent) && parent.expression === outer) {
        const [event, handler] = parent.arguments;
        if (listenMethods.has(text) && event && ts.isStringLiteralLike(event) && handler)
          return isEnd(event.text) ? { call: parent, handler, isError: event.text === 'error' } : [];
        if ((isEndSignal(text) || isFinally(text)) && event) return { call: parent, handler: event };
        at = wrapped(parent);
        continue;
      }
      at = outer;
    }
    return [];
  });
}

function isEnd(event: string): boolean {
  return isEndEvent(event) || isLossEvent(event) || event === 'error';
}

/** Does the handler do anything with the collection, or is it not known what it does? */
function touches({ handler }: End, item: Declaration, { container }: Collection, engine: Engine): boolean {
  const fns = handler ? engine.program.callees.functionsOf(handler) : [];
  if (fns.length === 0) return true;
  const uses = engine.uses.reads(container.place.key);
  return fns.some((fn) => {
    const reached = [...engine.program.callees.reachedFrom(fn)];
    return (
      uses.some((use) => reached.some((one) => isWithin(use, one))) || reached.some((one) => tells(one, item, engine))
    );
  });
}

/** What it tells others, they may act on; and an end that is prevented is none. */
function tells(fn: FunctionNode, item: Declaration, engine: Engine): boolean {
  let found = false;
  walk(fn, (node) => {
    if (node !== fn && isFunctionNode(node)) return undefined;
    if (ts.isCallExpression(node) && !isOfItem(node, item, engine)) {
      const callee = unwrap(node.expression);
      const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
      if (isTelling(name) || preventsEnd(name)) found = true;
    }
    return !found;
  });
  return found;
}

/** `child.removeAllListeners()`: what takes the handlers off that has ended tells nobody. */
function isOfItem({ expression }: ts.CallExpression, item: Declaration, engine: Engine): boolean {
  const callee = unwrap(expression);
  if (!ts.isPropertyAccessExpression(callee) || !setsOrTakesHandler(callee.name.text)) return false;
  const on = unwrap(callee.expression);
  return ts.isIdentifier(on) && engine.program.scopes.resolve(on) === item;
}
