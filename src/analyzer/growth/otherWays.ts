/**
 * Entries that end in several ways, of which one leaves them: the timer of an entry that fires, the handler of the end
 * that passes over some ends, the function that ends the item as the removing one does. The author's removal on the
 * other way states the obligation.
 */

import type { Engine } from '../engine';
import type { Draft } from '../findings/draft';
import type { Declaration } from '../program/scopes';
import { reaches } from '../reached';
import { visitNodes } from '../syntax/nodeIndex';
import { calls, functions } from '../syntax/selections';
import {
  calledName,
  enclosingFunction,
  type FunctionNode,
  isAssignment,
  isFunctionNode,
  isWithin,
  leaves,
  lineOf,
  rangeOf,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../syntax/syntax';
import { listenMethods } from '../words/listeners';
import { isTeardown, pauses } from '../words/teardowns';
import type { Insertion, Removal } from './changes';
import { type Collection, draftAt, isInWholeTeardown, keysOf, nounOf, repeatsPerKey, textOf } from './collections';
import { functionName } from './holders';
import type { Cardinality } from './keys';
import { isEndEvent, isEndOfAll, isEndSignal, isLossEvent, isOneTimer, isShortLivedName, isTimerStop } from './words';

/** The entry that one of several ways to end leaves behind. */
export function leftOnOneWay(collection: Collection, engine: Engine): Draft | undefined {
  const { container, changes } = collection;
  if (changes.checks.length + changes.nullings.length > 0) return undefined;
  if (changes.resets.some((reset) => !isInWholeTeardown(reset) && !isOfAll(reset))) return undefined;
  const removals = changes.removals.filter(({ node }) => !isInWholeTeardown(node));
  if (container.shape === 'array') return undefined;
  for (const insertion of changes.insertions) {
    const keys = keysOf(insertion, collection, engine);
    // Where nothing takes a timer out, its key must tell that there are many of them.
    if (keys === 'closed' || (removals.length === 0 && !tellsMany(insertion, keys, collection))) continue;
    if (!repeatsPerKey(insertion, engine) && !isRenewed(insertion, removals, engine)) continue;
    const draft =
      leftAfterFiring(insertion, removals, collection, engine) ??
      passedOver(insertion, removals, collection, engine) ??
      endedElsewhere(insertion, removals, collection, engine);
    if (draft) return draft;
  }
  return undefined;
}

/** Ids of what comes and goes, in what lives longer than each of them. */
function tellsMany({ key }: Insertion, keys: Cardinality, { life, container }: Collection): boolean {
  if (keys === 'unknown' || !key) return false;
  return life.level !== 'instance' || (container.owner?.kind === 'class' && !isShortLivedName(container.owner.name));
}

/** The handler of an end puts in another one. */
function isRenewed(insertion: Insertion, removals: readonly Removal[], engine: Engine): boolean {
  return removals.some(({ node }) => {
    const handler = eventAround(node, engine);
    return handler !== undefined && reaches(handler.fn, [insertion.node], engine);
  });
}

/** `clear()` of a function that is called to empty all, or of a handler of the end of all. */
function isOfAll(reset: ts.Node): boolean {
  const fn = enclosingFunction(reset);
  if (!fn) return false;
  if (/^_*(?:clear|reset|shut|close|end|dispose|destroy|stop)|All$/i.test(functionName(fn))) return true;
  const { parent } = wrapped(fn as ts.Expression);
  const event = ts.isCallExpression(parent) ? parent.arguments[0] : undefined;
  return event !== undefined && ts.isStringLiteralLike(event) && isEndOfAll(event.text);
}

function draftOf(
  insertion: Insertion,
  collection: Collection,
  engine: Engine,
  message: string,
  exit: ts.Node,
  removal: Removal | undefined,
): Draft {
  return draftAt(insertion, collection, engine, {
    kind: 'cache/entry-left-after-completion',
    mechanism: 'error-or-early-exit-path',
    severity: 'medium',
    confidence: 'medium',
    message,
    advice: 'Take the entry out on this way, too.',
    steps: [
      { role: 'exit', message: 'Ends here, and the entry stays', range: rangeOf(exit) },
      ...(removal ? [{ role: 'shrinks' as const, message: 'Taken out here', range: rangeOf(removal.node) }] : []),
    ],
  });
}

/** `timers.set(key, setTimeout(work, delay))`, where nobody, or only who stops a timer, takes its entry out. */
function leftAfterFiring(
  insertion: Insertion,
  removals: readonly Removal[],
  collection: Collection,
  engine: Engine,
): Draft | undefined {
  const timer = insertion.value && timerOf(insertion.value, engine);
  const [first] = timer?.arguments ?? [];
  const callbacks = first ? engine.program.callees.functionsOf(first) : [];
  const sites = [...removals.map(({ node }) => node), ...collection.changes.resets];
  if (!timer || callbacks.length === 0) return undefined;
  if (callbacks.some((fn) => reaches(fn, sites, engine) || mayTell(fn, sites, engine))) return undefined;
  const [removal] = removals;
  return draftOf(
    insertion,
    collection,
    engine,
    `A timer stays in the ${nounOf[collection.container.shape]} \`${collection.container.name}\` after it has fired: ${removal ? `only who stops it (line ${lineOf(removal.node)}) takes it out` : 'nothing takes it out'}.`,
    first ?? timer,
    removal,
  );
}

/** A timer that an entry is, or has: `setTimeout(…)`, `{ latest, timer: setTimeout(…) }`. */
function timerOf(given: ts.Expression, engine: Engine): ts.CallExpression | undefined {
  const value = meant(given, engine);
  if (ts.isCallExpression(value)) return isOneTimer(calledName(value)) ? value : undefined;
  if (!ts.isObjectLiteralExpression(value)) return undefined;
  for (const property of value.properties) {
    const part = ts.isPropertyAssignment(property) ? meant(property.initializer, engine) : undefined;
    if (part && ts.isCallExpression(part) && isOneTimer(calledName(part))) return part;
  }
  return undefined;
}

/** Does the callback emit what a handler of this file takes the entry out on? */
function mayTell(fn: FunctionNode, sites: readonly ts.Node[], engine: Engine): boolean {
  if (!sites.some((site) => eventAround(site, engine) !== undefined)) return false;
  let tells = false;
  walk(fn, (node) => {
    if (ts.isCallExpression(node) && /^(?:emit|fire|dispatch\w*|next|abort)$/.test(calledName(node))) tells = true;
    return !tells;
  });
  return tells;
}

/** The handler of the end leaves, on what the event says, before it takes the entry out: `if (code === 0) return`. */
function passedOver(
  insertion: Insertion,
  removals: readonly Removal[],
  collection: Collection,
  engine: Engine,
): Draft | undefined {
  const handlers = removals.map(({ node }) => eventAround(node, engine));
  const [handler] = handlers;
  if (!handler || handlers.some((one) => one?.fn !== handler.fn)) return undefined;
  const exits = removals.map((removal) => conditionBefore(removal, handler.fn));
  const [exit] = exits;
  if (!exit || exits.some((one) => one === undefined)) return undefined;
  const [removal] = removals;
  if (isWithin(insertion.node, exit)) return undefined;
  return draftOf(
    insertion,
    collection,
    engine,
    `Not each \`${handler.event}\` takes its entry out of the ${nounOf[collection.container.shape]} \`${collection.container.name}\`: on \`${short(exit)}\` the entry stays.`,
    exit,
    removal,
  );
}

interface Handler {
  readonly fn: FunctionNode;
  readonly event: string;
}

/** The handler of an end around a node: the function itself, or one by its name. */
export function eventAround(node: ts.Node, engine: Engine): Handler | undefined {
  for (let fn = enclosingFunction(node); fn; fn = enclosingFunction(fn)) {
    const values = isNamed(fn) ? engine.program.callees.usesOf(fn).values : [fn as ts.Expression];
    for (const value of values) {
      const event = endEventOf(wrapped(value));
      if (event !== undefined) return { fn, event };
    }
  }
  return undefined;
}

function isNamed(fn: FunctionNode): boolean {
  return functionName(fn) !== '';
}

/** Name of the end that a function is told of: `on('exit', fn)`, `onDidClose(fn)`, `socket.onclose = fn`. */
function endEventOf(value: ts.Expression): string | undefined {
  const up = value.parent;
  if (isAssignment(up) && up.right === value) {
    const left = unwrap(up.left);
    const name = ts.isPropertyAccessExpression(left) ? left.name.text : '';
    return /^on/.test(name) && isEnd(name.slice(2)) ? name : undefined;
  }
  if (!ts.isCallExpression(up) || up.expression === value) return undefined;
  const name = calledName(up);
  const [first] = up.arguments;
  if (first && first !== value && ts.isStringLiteralLike(first))
    return listenMethods.has(name) && isEnd(first.text) ? first.text : undefined;
  return isEndSignal(name) || /^onDid(?:Close|End|Terminate|Delete|Remove)[A-Z]\w*$/.test(name) ? name : undefined;
}

function isEnd(event: string): boolean {
  return isEndEvent(event) || isLossEvent(event);
}

/** The condition on the event alone under which the removal is passed by. */
function conditionBefore(removal: Removal, handler: FunctionNode): ts.Expression | undefined {
  // The removal stands in the handler itself, in a branch of it or after one that leaves.
  if (enclosingFunction(removal.node) !== handler) return undefined;
  for (let at: ts.Node = removal.node, up = at.parent; up && at !== handler; at = up, up = up.parent) {
    if (
      ts.isIfStatement(up) &&
      up.thenStatement === at &&
      !up.elseStatement &&
      isOfEvent(up.expression, removal, handler)
    )
      return up.expression;
    if (!ts.isBlock(up)) continue;
    for (const statement of up.statements) {
      if (statement === at) break;
      if (!ts.isIfStatement(statement) || statement.elseStatement || !leaves(statement.thenStatement)) continue;
      if (isOfEvent(statement.expression, removal, handler)) return statement.expression;
    }
  }
  return undefined;
}

/**
 * Asks for nothing but what the event tells: its parameters other than the one by which the entry is found, compared with
 * fixed values. What the program knows besides (that it stops, that there is no such entry) may be a reason to pass it.
 */
function isOfEvent(condition: ts.Expression, removal: Removal, handler: FunctionNode): boolean {
  const names = new Set<string>();
  const found = removal.key?.getText() ?? '';
  for (const [index, parameter] of handler.parameters.entries())
    walk(parameter.name, (node) => {
      if (ts.isIdentifier(node) && !new RegExp(`\\b${node.text.replace(/\$/g, '\\$')}\\b`).test(found))
        names.add(node.text);
      return index >= 0;
    });
  let isAsked = false;
  let others = false;
  walk(condition, (node) => {
    if (ts.isCallExpression(node)) others = true;
    if (ts.isPropertyAccessExpression(node)) {
      // the property's own name says nothing
      walkInto(node.expression);
      return false;
    }
    see(node);
    return undefined;
  });
  return isAsked && !others && !/\.(?:persisted|target|currentTarget)\b/.test(condition.getText());

  function walkInto(node: ts.Node): void {
    walk(node, (inner) => {
      if (ts.isPropertyAccessExpression(inner)) {
        walkInto(inner.expression);
        return false;
      }
      see(inner);
      return undefined;
    });
  }
  function see(node: ts.Node): void {
    if (!ts.isIdentifier(node) || node.text === 'undefined') return;
    if (names.has(node.text)) isAsked = true;
    else if (!/^[A-Z][A-Z0-9_]*$/.test(node.text)) others = true;
  }
}

/** A function that ends the item in the way in which the removing one does, and leaves the entry. */
function endedElsewhere(
  insertion: Insertion,
  removals: readonly Removal[],
  collection: Collection,
  engine: Engine,
): Draft | undefined {
  // What the end of the item tells takes the entry out, whoever ends it.
  if (removals.length === 0 || removals.some(({ node }) => isTold(node, engine))) return undefined;
  const sites = [
    ...collection.changes.removals.map(({ node }) => node),
    ...collection.changes.resets,
    ...collection.changes.insertions.map(({ node }) => node),
  ];
  for (const removal of removals) {
    const removing = enclosingFunction(removal.node);
    if (!removing || removal.key === undefined) continue;
    const items = itemsOf(removing, removal, collection, engine);
    const own = endsOf(removing, items, engine);
    if (own.size === 0) continue;
    const isEndedToo = [...own.keys()].some((what) => !isBrokenOff(what));
    const types = items.map(typeOf).filter((type) => type !== undefined);
    const names = items.map(({ name }) => name);
    let found: readonly [FunctionNode, ts.Node] | undefined;
    visitNodes(engine.program.sourceFile, functions, (fn) => {
      if (found || !isFunctionNode(fn) || fn === removing || isWithin(fn, removing) || isWithin(removing, fn))
        return !found;
      if (ts.isConstructorDeclaration(fn) || isInWholeTeardown(fn) || !fn.body) return undefined;
      if (isWithin(insertion.node, fn) || functionName(fn) === '' || pauses(functionName(fn))) return undefined;
      const ended = [
        ...fn.parameters.flatMap((parameter) => engine.program.scopes.declarationOf(parameter) ?? []),
      ].filter((one) => {
        const type = typeOf(one);
        return type === undefined ? names.includes(one.name) : types.includes(type);
      });
      const ends = endsOf(fn, [...ended, ...lookedUp(fn, collection, engine)], engine);
      const [, site] = [...ends].find(([what]) => own.has(what) && !(isBrokenOff(what) && isEndedToo)) ?? [];
      if (!site || reaches(fn, sites, engine) || isWholeOwner(fn)) return undefined;
      if (isAlwaysFollowed(fn, sites, engine)) return undefined;
      found = [fn, site];
      return undefined;
    });
    if (!found) continue;
    const [fn, site] = found;
    return draftOf(
      insertion,
      collection,
      engine,
      `The entry of the ${nounOf[collection.container.shape]} \`${collection.container.name}\` stays when \`${functionName(fn)}\` ends it (line ${lineOf(site)}): only \`${functionName(removing) || `line ${lineOf(removal.node)}`}\` takes one out.`,
      site,
      removal,
    );
  }
  return undefined;
}

function isWholeOwner(fn: FunctionNode): boolean {
  return fn.parameters.length === 0 || /All$/.test(functionName(fn));
}

/** In a handler of events, of a promise or of a timer: it may run by what others do. */
function isTold(node: ts.Node, engine: Engine): boolean {
  for (let fn = enclosingFunction(node); fn; fn = enclosingFunction(fn)) {
    if (ts.isArrowFunction(fn) || ts.isFunctionExpression(fn)) {
      const { parent } = wrapped(fn);
      if (ts.isCallExpression(parent) && parent.expression !== wrapped(fn)) {
        const name = calledName(parent);
        if (!/^(?:get|post|put|patch|delete|map|forEach|filter|handle|command)$/.test(name)) return true;
      }
      if (isAssignment(parent)) return true;
    }
    const { calls: callers, values } = engine.program.callees.usesOf(fn);
    if (isNamed(fn) && values.some((value) => ts.isCallExpression(wrapped(value).parent))) return true;
    if (isNamed(fn) && callers.some((call) => eventAround(call, engine) !== undefined)) return true;
  }
  return false;
}

/** What an entry is called in the removing function: what it looked up, or a parameter by whose member it removes. */
function itemsOf(fn: FunctionNode, { key }: Removal, collection: Collection, engine: Engine): readonly Declaration[] {
  const value = key && unwrap(key);
  const base = value && ts.isPropertyAccessExpression(value) ? unwrap(value.expression) : undefined;
  const declaration = base && ts.isIdentifier(base) ? engine.program.scopes.resolve(base) : undefined;
  return [
    ...lookedUp(fn, collection, engine),
    ...(declaration?.kind === 'parameter' && ts.isParameter(declaration.node) ? [declaration] : []),
  ];
}

function lookedUp(fn: FunctionNode, { changes }: Collection, engine: Engine): readonly Declaration[] {
  return changes.lookups.flatMap((lookup) => {
    const up = wrapped(lookup as ts.Expression).parent;
    return isWithin(lookup, fn) && ts.isVariableDeclaration(up) && ts.isIdentifier(up.name)
      ? (engine.program.scopes.declarationOf(up) ?? [])
      : [];
  });
}

function typeOf({ node }: Declaration): string | undefined {
  const type = ts.isParameter(node) ? node.type : undefined;
  return type && ts.isTypeReferenceNode(type) ? type.getText() : undefined;
}

/** Calls that end something of an item, by what they end: `handle.close`, `clearTimeout timer`. */
function endsOf(fn: FunctionNode, items: readonly Declaration[], engine: Engine): ReadonlyMap<string, ts.Node> {
  const found = new Map<string, ts.Node>();
  const pathOf = (expression: ts.Expression): string | undefined => {
    const value = unwrap(expression);
    if (ts.isIdentifier(value)) {
      const declaration = engine.program.scopes.resolve(value);
      return declaration && items.includes(declaration) ? '' : undefined;
    }
    if (!ts.isPropertyAccessExpression(value)) return undefined;
    const base = pathOf(value.expression);
    return base === undefined ? undefined : `${base}.${value.name.text}`;
  };
  if (items.length > 0)
    visitNodes(fn, calls, (call) => {
      const callee = unwrap(call.expression);
      if (isTimerStop(callee.getText())) {
        const path = call.arguments[0] && pathOf(call.arguments[0]);
        if (path) found.set(`stop ${path}`, call);
      } else if (ts.isPropertyAccessExpression(callee) && isEnding(callee.name.text)) {
        const path = pathOf(callee.expression);
        if (path !== undefined) found.set(`${path}.${callee.name.text}`, call);
      }
      return undefined;
    });
  return found;
}

/** `run.abort()`: what is broken off may be begun again, where its end is another call. */
function isBrokenOff(what: string): boolean {
  return /\.(?:abort|cancel|interrupt|stop)$/.test(what);
}

function isEnding(name: string): boolean {
  return (
    isTeardown(name) && !/^(?:pause|reset|clear|hide|remove|off|un\w+|removeAllListeners|removeListener)$/.test(name)
  );
}

/** Each caller takes the entry out itself. */
function isAlwaysFollowed(fn: FunctionNode, sites: readonly ts.Node[], engine: Engine): boolean {
  const { calls: callers, values } = engine.program.callees.usesOf(fn);
  const around = [...callers, ...values].map((node) => enclosingFunction(node));
  return around.length > 0 && around.every((one) => one !== undefined && reaches(one, sites, engine));
}

/** What a variable that is set once stands for. */
function meant(given: ts.Expression, engine: Engine): ts.Expression {
  const value = unwrap(given);
  const declaration = ts.isIdentifier(value) ? engine.program.scopes.resolve(value) : undefined;
  return declaration?.initializer && declaration.writes.length === 0 && declaration.path?.length === 0
    ? unwrap(declaration.initializer)
    : value;
}

function short(node: ts.Expression): string {
  const text = textOf(node);
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
