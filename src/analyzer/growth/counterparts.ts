/**
 * Entries that their own end leaves behind: the code has a function that ends one of them (the clean-up that the adding
 * function returns, `removeX` beside `addX`, a handler of the close of what was added), and nothing takes entries out.
 */
import type { Draft } from '../draft';
import type { Engine } from '../engine';
import type { Owner } from '../members';
import { visitNodes } from '../nodeIndex';
import { effectHooks } from '../ownership/words/hooks';
import { listenMethods } from '../ownership/words/listeners';
import { isWholeTeardown } from '../ownership/words/teardowns';
import type { Declaration } from '../scopes';
import { functions } from '../selections';
import {
  enclosingFunction,
  type FunctionNode,
  hasModifier,
  isAssignment,
  isFunctionNode,
  isWithin,
  lineOf,
  rangeOf,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../syntax';
import type { Changes, Insertion, Removal } from './changes';
import {
  type Collection,
  draftAt,
  isInWholeTeardown,
  keysOf,
  kindsOf,
  nounOf,
  outermostFunction,
  textOf,
} from './collections';
import { type Container, freshShape } from './containers';
import { functionName } from './holders';
import {
  addedNoun,
  endedNoun,
  isAdding,
  isCleanUpType,
  isClearing,
  isDisposerName,
  isEndEvent,
  isEndSignal,
  isRecordName,
  isRemoving,
  isSeenName,
  isStarting,
  isStopping,
  isWaitingName,
  tableNoun,
} from './words';

interface End {
  readonly node: ts.Node;
  readonly isPromise?: boolean;
  /** What runs then. */
  readonly fn?: FunctionNode | undefined;
  /** What it does: completes "…, and X leaves it". */
  readonly what: string;
}

/** The entry that stays although the code knows when it ends. */
export function leftByCounterpart(collection: Collection, engine: Engine): Draft | undefined {
  const { container, changes } = collection;
  if (changes.checks.length + changes.nullings.length > 0) return undefined;
  if (isSeenName(container.name) || (container.shape === 'array' && isRecordName(container.name))) return undefined;
  // Made elsewhere, and emptied here: it is an object of others.
  if (isShrunk(collection, engine) || changes.resets.includes(container.node)) return undefined;
  const inner = innerInsertions(collection, engine);
  for (const insertion of inner ?? changes.insertions) {
    if (!inner && container.shape !== 'array' && keysOf(insertion, collection, engine) === 'closed') continue;
    if (!inner && isMadeOnce(insertion, changes, engine)) continue;
    // A program puts in those that it names, once.
    if (engine.frequency.of(insertion.node).level === 'once') continue;
    const end =
      returnedCleanUp(insertion, collection, engine) ??
      endHandler(insertion, collection, engine) ??
      (isDisposerName(container.name) ? undefined : counterpart(insertion, collection, engine)) ??
      ownTeardown(insertion, collection, engine) ??
      (inner ? undefined : settledWork(insertion, collection));
    // An entry that is written again is counted, or replaced.
    if (!end || (end.fn && (writes(end.fn, changes, engine) || counts(end.fn, collection, engine)))) continue;
    return draftAt(insertion, collection, engine, {
      kind: kindsOf[container.shape],
      mechanism: 'no-release-on-dispose',
      // Whoever empties it as a whole may do so in time; whether others do that can name it, is not known.
      severity: changes.resets.length > 0 ? 'low' : 'medium',
      confidence: isOpen(container) ? 'low' : 'medium',
      message: `The ${nounOf[container.shape]} \`${container.name}\` keeps each entry for good: ${end.what}, and nothing takes it out.`,
      advice: 'Take the entry out there.',
      steps: [{ role: 'forgotten', message: 'Leaves the entry', range: rangeOf(end.node) }],
    });
  }
  return undefined;
}

/** A list in a field that others can name and empty. */
function isOpen({ holder, shape, name, node }: Container): boolean {
  return (
    holder === 'instance' &&
    shape === 'array' &&
    !/^[_#]/.test(name.replace(/^this\./, '')) &&
    !(
      ts.isPropertyDeclaration(node) &&
      (hasModifier(node, ts.SyntaxKind.PrivateKeyword) || hasModifier(node, ts.SyntaxKind.ProtectedKeyword))
    )
  );
}

/** Made where there was none under the key, to be used again: a bucket of a class of its own. */
function isMadeOnce({ node, key, value }: Insertion, { lookups }: Changes, engine: Engine): boolean {
  const given = value && unwrap(value);
  const fn = enclosingFunction(node);
  if (!key || !given || !fn || !lookups.some((lookup) => isWithin(lookup, fn))) return false;
  const declaration = ts.isIdentifier(given) ? engine.program.scopes.resolve(given) : undefined;
  return [given, declaration?.initializer, ...(declaration?.writes.map((write) => write.value) ?? [])].some(
    (one) => one !== undefined && (ts.isNewExpression(unwrap(one)) || (one !== given && declaration?.kind !== 'const')),
  );
}

/** Puts entries in, itself or in what it calls. */
function writes(fn: FunctionNode, { insertions }: Changes, engine: Engine): boolean {
  let found = insertions.some(({ node }) => isWithin(node, fn));
  walk(fn, (node) => {
    if (!found && ts.isCallExpression(node))
      found = engine.program.callees.of(node).some((target) => insertions.some((one) => isWithin(one.node, target)));
    return !found;
  });
  return found;
}

/** `used[path] -= 1` */
function counts(fn: FunctionNode, { container }: Collection, engine: Engine): boolean {
  return engine.uses.reads(container.place.key).some((use) => {
    const entry = wrapped(use).parent;
    if (!isWithin(use, fn) || !ts.isElementAccessExpression(entry)) return false;
    const up = wrapped(entry).parent;
    return (
      ts.isPrefixUnaryExpression(up) ||
      ts.isPostfixUnaryExpression(up) ||
      (isAssignment(up) && up.left === wrapped(entry))
    );
  });
}

/** Entries leave, other than all together at the end of the owner or when somebody says so. */
function isShrunk({ container, changes }: Collection, engine: Engine): boolean {
  const ofOwner = (node: ts.Node): boolean => {
    const fn = outermostFunction(node);
    return (
      container.holder === 'instance' &&
      fn !== undefined &&
      isWholeTeardown(functionName(fn)) &&
      isInWholeTeardown(node)
    );
  };
  const adders = changes.insertions.map(({ node }) => enclosingFunction(node));
  return (
    changes.removals.some((removal) => !ofOwner(removal.node) && !isTakenBack(removal, changes)) ||
    changes.resets.some((node) => {
      const fn = enclosingFunction(node);
      // Given what is left of it.
      if (ts.isBinaryExpression(node) && !isFresh(node.right)) return true;
      if (ofOwner(node)) return false;
      // `this.items = remaining`
      if (isAssignment(node) && !isFresh(node.right) && !ts.isNumericLiteral(node.right)) return true;
      // `off()` without a listener empties all.
      const isWhole = fn && (isClearing(nameOf(fn)) || endedNoun(nameOf(fn)) !== undefined);
      // What is gone through and emptied is served.
      const isDrained = engine.uses.reads(container.place.key).some((use) => enclosingFunction(use) === fn);
      return !isWhole || adders.includes(fn) || (isDrained && /^_*(?:init|start|setup)/.test(nameOf(fn)));
    })
  );
}

/** Put in again right after, or taken out where putting it in has failed. */
function isTakenBack({ node, key }: Removal, { insertions }: Changes): boolean {
  const fn = enclosingFunction(node);
  return insertions.some((insertion) => {
    if (!key || !insertion.key || enclosingFunction(insertion.node) !== fn || textOf(insertion.key) !== textOf(key))
      return false;
    return isInCatch(node) || (insertion.node.pos > node.pos && isWithin(insertion.node, blockOf(node)));
  });
}

function blockOf(node: ts.Node): ts.Node {
  let up = node.parent;
  while (up.parent && !ts.isBlock(up)) up = up.parent;
  return up;
}

function isInCatch(node: ts.Node): boolean {
  for (let up = node.parent; up && !isFunctionNode(up); up = up.parent) if (ts.isCatchClause(up)) return true;
  return false;
}

/**
 * What is put into the buckets of a table, where nothing leaves them: `(table[event] ??= []).push(listener)`. Undefined
 * for a table without buckets.
 * @param even also where something leaves them
 */
export function innerInsertions(
  { container, changes }: Collection,
  engine: Engine,
  even = false,
): readonly Insertion[] | undefined {
  if (container.shape !== 'map' && container.shape !== 'record') return undefined;
  if (!changes.insertions.some(({ value }) => isBucket(value, engine))) return undefined;
  const found: Insertion[] = [];
  let leaves = false;
  const see = (bucket: ts.Expression): void => {
    const outer = wrapped(bucket);
    const access = outer.parent;
    if (ts.isBinaryExpression(access) && access.left === outer) {
      // `table[event] ??= []`, `table.get(event) ?? []`
      if (isAssignment(access) && access.operatorToken.kind === ts.SyntaxKind.EqualsToken)
        leaves ||= !isFresh(access.right);
      else see(access);
      return;
    }
    if (ts.isVariableDeclaration(access)) {
      for (const reference of engine.program.scopes.declarationOf(access)?.references ?? []) see(reference);
      return;
    }
    if (ts.isDeleteExpression(access) || ts.isElementAccessExpression(access)) {
      leaves = true;
      return;
    }
    if (!ts.isPropertyAccessExpression(access) || access.expression !== outer) {
      leaves ||= ts.isCallExpression(access) && changes.insertions.every(({ node }) => node !== access);
      return;
    }
    const call = wrapped(access).parent;
    if (!ts.isCallExpression(call)) {
      leaves ||= ts.isBinaryExpression(call);
    } else if (/^(?:push|add|unshift|set)$/.test(access.name.text))
      found.push({
        node: call,
        key: call.arguments.length > 1 ? call.arguments[0] : undefined,
        value: call.arguments.at(-1),
      });
    else if (takesOut.test(access.name.text) || (access.name.text === 'get' && isTakenFrom(call, engine)))
      leaves = true;
  };
  for (const lookup of changes.lookups) see(lookup as ts.Expression);
  for (const { node, value } of changes.insertions) {
    // `const bucket = (table[event] = table[event] || new Set())`
    const kept = ts.isExpression(node) ? wrapped(node).parent : undefined;
    if (kept && ts.isVariableDeclaration(kept))
      for (const reference of engine.program.scopes.declarationOf(kept)?.references ?? []) see(reference);
    const given = value && unwrap(value);
    const declaration = given && ts.isIdentifier(given) ? engine.program.scopes.resolve(given) : undefined;
    for (const reference of declaration?.references ?? []) if (reference !== given) see(reference);
  }
  for (const { parent } of changes.iterations)
    leaves ||= /\.(?:delete|splice|shift|pop|clear)\b/.test(parent.getText());
  return leaves && !even ? [] : found;
}

const takesOut = /^(?:delete|splice|shift|pop|filter|clear)$/;

/** A table within a table: does anything leave it? */
function isTakenFrom(inner: ts.Expression, engine: Engine, depth = 0): boolean {
  const outer = wrapped(inner);
  const access = outer.parent;
  if (ts.isVariableDeclaration(access))
    return (
      depth < 2 &&
      (engine.program.scopes.declarationOf(access)?.references ?? []).some((use) => isTakenFrom(use, engine, depth + 1))
    );
  if (!ts.isPropertyAccessExpression(access) || access.expression !== outer) return false;
  const call = wrapped(access).parent;
  if (!ts.isCallExpression(call)) return false;
  return takesOut.test(access.name.text) || (access.name.text === 'get' && isTakenFrom(call, engine, depth));
}

function isFresh(value: ts.Expression): boolean {
  return freshShape(value) !== undefined;
}

/** A new collection, or a variable that is given one. */
function isBucket(value: ts.Expression | undefined, engine: Engine): boolean {
  const given = value && unwrap(value);
  if (!given) return false;
  if (isFresh(given) || isFreshElse(given)) return true;
  const declaration = ts.isIdentifier(given) ? engine.program.scopes.resolve(given) : undefined;
  return [declaration?.initializer, ...(declaration?.writes.map((write) => write.value) ?? [])].some(
    (one) => one !== undefined && (isFresh(one) || isFreshElse(unwrap(one))),
  );
}

/** `table[event] || new Set()` */
function isFreshElse(value: ts.Expression): boolean {
  return ts.isBinaryExpression(value) && isFresh(value.right);
}

/** An object adds itself to what outlives it, and has a teardown. */
function ownTeardown(insertion: Insertion, { container }: Collection, engine: Engine): End | undefined {
  if (container.holder !== 'module' && container.holder !== 'global') return undefined;
  const { node, key, value } = insertion;
  const adder = outermostFunction(node);
  const owner = engine.program.members.ownerAt(node);
  if (!adder || !owner || owner.kind === 'object' || engine.frequency.instancesOf(owner) === 'single') return undefined;
  if (![key, value].some((one) => one !== undefined && isOfThis(unwrap(one), owner))) return undefined;
  for (const {
    name,
    functions: [fn],
    isStatic,
  } of owner.members.values())
    if (fn && !isStatic && isWholeTeardown(name) && !(isUndone(name, owner) && !isStarting(functionName(adder))))
      return { node: fn.name ?? fn, what: `\`${name}\` leaves it there` };
  return undefined;
}

/** `stop` of what has a `start`: it may go on. */
function isUndone(name: string, { members }: Owner): boolean {
  return isStopping(name) && [...members.values()].some((one) => one.functions.length > 0 && isStarting(one.name));
}

/** `this`, `this.handler`, `this.onChange.bind(this)`. */
function isOfThis(value: ts.Expression, owner: Owner): boolean {
  if (value.kind === ts.SyntaxKind.ThisKeyword) return true;
  if (ts.isCallExpression(value))
    return /\.bind$/.test(value.expression.getText()) && value.arguments[0]?.kind === ts.SyntaxKind.ThisKeyword;
  if (!ts.isPropertyAccessExpression(value) || value.expression.kind !== ts.SyntaxKind.ThisKeyword) return false;
  const { text } = value.name;
  return (owner.members.get(text)?.functions.length ?? 0) > 0 || /(?:Listener|Handler|Callback)$/i.test(text);
}

/** The named function around an insertion: a callback within it is a part of it. */
function adderOf({ node }: Insertion): FunctionNode | undefined {
  for (let fn = enclosingFunction(node); fn; fn = enclosingFunction(fn)) if (nameOf(fn) !== '') return fn;
  return enclosingFunction(node);
}

/** What is put in, and what that was made of: variables of the adding function. */
export function itemsOf(
  insertion: Insertion,
  adder: FunctionNode,
  engine: Engine,
  steps = 2,
): ReadonlySet<Declaration> {
  const found = new Set<Declaration>();
  const add = (node: ts.Node | undefined, depth: number): void => {
    if (!node) return;
    walk(node, (inner) => {
      if (isFunctionNode(inner)) return false;
      const declaration = ts.isIdentifier(inner) ? engine.program.scopes.resolve(inner) : undefined;
      if (!declaration?.scope.func || !isWithin(declaration.node, adder)) return undefined;
      // One of what a list happens to hold.
      const isOfLoop = depth === 0 && ts.isForOfStatement(declaration.node.parent?.parent ?? declaration.node);
      if (isOfLoop || found.has(declaration)) return undefined;
      found.add(declaration);
      if (depth < steps) add(declaration.initializer, depth + 1);
      return undefined;
    });
  };
  add(insertion.key, 0);
  add(insertion.value, 0);
  return found;
}

/** The adding function gives its caller something to end the entry with. */
function returnedCleanUp(insertion: Insertion, { container }: Collection, engine: Engine): End | undefined {
  const fn = enclosingFunction(insertion.node);
  if (!fn?.body) return undefined;
  const items = [...itemsOf(insertion, isEffect(fn) ? (outermostFunction(fn) ?? fn) : fn, engine, 0)];
  // A handle that is kept for the end of the owner is another matter.
  const isGiven = items.some(({ kind }) => kind === 'parameter');
  if (items.length === 0 || (!isGiven && isDisposerName(container.name))) return undefined;
  if (
    !isGiven &&
    !insertion.key &&
    !isEffect(fn) &&
    items.every(({ initializer }) => !initializer || ts.isCallExpression(unwrap(initializer)))
  )
    return undefined;
  const isAdder = isAdding(nameOf(fn)) || isCleanUpType(fn.type?.getText() ?? '') || isEffect(fn);
  let end: FunctionNode | undefined;
  const look = (value: ts.Expression): void => {
    const inner = unwrap(value);
    const declaration = ts.isIdentifier(inner) ? engine.program.scopes.resolve(inner) : undefined;
    const made = declaration?.initializer && declaration.scope.func === fn ? unwrap(declaration.initializer) : inner;
    if (isFunctionNode(made) && made.parameters.length === 0) {
      if (isAdder) end ??= made;
    } else if (ts.isObjectLiteralExpression(made) && made.properties.length < 3) {
      for (const property of made.properties) {
        const name = property.name && ts.isIdentifier(property.name) ? property.name.text : '';
        if (!isAdder || !/^(?:dispose|unsubscribe|remove|off|close|destroy|stop|cancel|release)$/.test(name)) continue;
        if (ts.isMethodDeclaration(property)) end ??= property;
        else if (ts.isPropertyAssignment(property)) look(property.initializer);
      }
    } else if (
      (ts.isCallExpression(made) || ts.isNewExpression(made)) &&
      /Disposable|Subscription|Teardown|Cleanup/i.test(made.expression.getText())
    ) {
      const [first] = made.arguments ?? [];
      const given = first && unwrap(first);
      if (given && isFunctionNode(given) && given.parameters.length === 0) end ??= given;
    }
  };
  walk(fn.body, (node) => {
    if (isFunctionNode(node)) return false;
    if (ts.isReturnStatement(node) && node.expression) look(node.expression);
    return undefined;
  });
  if (!end || isWithin(insertion.node, end)) return undefined;
  return { node: end, fn: end, what: `what is returned on line ${lineOf(end)} ends it` };
}

/** A handler of the end of what is put in, here or in a function that is given it. */
function endHandler(insertion: Insertion, { container }: Collection, engine: Engine): End | undefined {
  const fn = outermostFunction(insertion.node);
  const around = enclosingFunction(insertion.node);
  // One call fills the list that it has made, or that of its new object.
  if (!around || ts.isConstructorDeclaration(around) || around === enclosingFunction(container.node)) return undefined;
  if (isDisposerName(container.name)) return undefined;
  const end = fn && handlerIn(fn, itemsOf(insertion, fn, engine, 0), engine, 0);
  // A promise per key that is kept is an answer that is kept.
  return end?.isPromise && !isList(container) && !isWaitingName(container.name) ? undefined : end;
}

function handlerIn(fn: FunctionNode, items: ReadonlySet<Declaration>, engine: Engine, depth: number): End | undefined {
  const { callees, scopes } = engine.program;
  const itemAt = (node: ts.Expression): Declaration | undefined => {
    const value = unwrap(node);
    const declaration = ts.isIdentifier(value) ? scopes.resolve(value) : undefined;
    return declaration && items.has(declaration) ? declaration : undefined;
  };
  let end: End | undefined;
  walk(fn, (node) => {
    if (end) return false;
    if (isAssignment(node)) {
      // `socket.onclose = …`
      const left = unwrap(node.left);
      const item = ts.isPropertyAccessExpression(left) ? itemAt(left.expression) : undefined;
      if (
        item &&
        ts.isPropertyAccessExpression(left) &&
        /^on/.test(left.name.text) &&
        isEndEvent(left.name.text.slice(2))
      )
        end = endTold(item, node);
    }
    if (!ts.isCallExpression(node)) return !end;
    const item = endListened(node, itemAt);
    if (item) end = { ...endTold(item, node), isPromise: /\.finally\b/.test(node.expression.getText()) };
    if (depth > 0) return !end;
    for (const target of callees.of(node)) {
      const given = target.parameters.flatMap((parameter, index) => {
        const argument = node.arguments[index];
        return (argument && itemAt(argument) && scopes.declarationOf(parameter)) ?? [];
      });
      if (given.length > 0) end ??= handlerIn(target, new Set(given), engine, depth + 1);
    }
    return !end;
  });
  return end;
}

function isList({ shape }: Container): boolean {
  return shape === 'array' || shape === 'set';
}

function endTold({ name }: Declaration, node: ts.Node): End {
  return { node, what: `\`${name}\` tells its end on line ${lineOf(node)}` };
}

/** The item whose end a call waits for: `item.on('close', …)`, `item.onDidClose(…)`, `item.closed.subscribe(…)`, `item.finally(…)`. */
function endListened(
  { expression, arguments: [event, handler] }: ts.CallExpression,
  itemAt: (node: ts.Expression) => Declaration | undefined,
): Declaration | undefined {
  const callee = unwrap(expression);
  if (!ts.isPropertyAccessExpression(callee)) return undefined;
  const { text } = callee.name;
  const item = itemAt(callee.expression);
  if (item && event) {
    if (text === 'finally') return item;
    const isEnd =
      handler && ts.isStringLiteralLike(event) ? listenMethods.has(text) && isEndEvent(event.text) : isEndSignal(text);
    return isEnd ? item : undefined;
  }
  if (text !== 'subscribe' && text !== 'then') return undefined;
  const base = unwrap(callee.expression);
  const signal = ts.isCallExpression(base) ? unwrap(base.expression) : base;
  return ts.isPropertyAccessExpression(signal) && isEndSignal(signal.name.text) ? itemAt(signal.expression) : undefined;
}

/** `removeX` beside `addX`, of the same class or file, given the same; a handler of the close of any X. */
function counterpart(insertion: Insertion, { container, changes }: Collection, engine: Engine): End | undefined {
  const adder = adderOf(insertion);
  if (!adder || ts.isConstructorDeclaration(adder)) return undefined;
  const nouns = [addedNoun(nameOf(adder)) ?? '', tableNoun(container.name)];
  const items = itemsOf(insertion, adder, engine);
  const scope = container.owner?.node ?? enclosingFunction(container.node);
  let end: End | undefined;
  visitNodes(scope ?? engine.program.sourceFile, functions, (fn) => {
    if (
      end ||
      !isFunctionNode(fn) ||
      fn === adder ||
      !fn.body ||
      changes.insertions.some(({ node }) => isWithin(node, fn))
    )
      return !end;
    const host = hostEvent(fn);
    const name = host ?? nameOf(fn);
    const noun = endedNoun(name);
    // What `close` is called for may be opened again.
    if (noun === undefined || (!host && /^_*close/.test(name))) return undefined;
    const isOfThese = nouns.some(
      (one) => one === noun || (host && one.length > 3 && (noun.endsWith(one) || one.endsWith(noun))),
    );
    if (noun === '' ? addedNoun(nameOf(adder)) !== '' || !isRemoving(name) : !isOfThese) return undefined;
    if (
      host ? fn.parameters.length === 0 : !fn.parameters.some((one) => isSame(one, items, insertion)) || countsDown(fn)
    )
      return undefined;
    end = { node: fn.name ?? fn, fn, what: `${host ? `the handler on line ${lineOf(fn)}` : `\`${name}\``} ends it` };
    return undefined;
  });
  return end;
}

/** `closeTerminal` of `window.onDidCloseTerminal((terminal) => …)`. */
function hostEvent(fn: FunctionNode): string | undefined {
  const { parent } = wrapped(fn as ts.Expression);
  const callee = ts.isCallExpression(parent) ? unwrap(parent.expression) : undefined;
  const [, name] =
    (callee &&
      ts.isPropertyAccessExpression(callee) &&
      /^onDid((?:Close|Delete|Remove)[A-Z]\w*)$/.exec(callee.name.text)) ||
    [];
  return name;
}

/** Entries that are counted stay with a count of nothing; a `filter` that is for nothing is told of as such. */
function countsDown(fn: FunctionNode): boolean {
  return /\]\s*(?:--|-= ?1)|\.filter\(/.test(fn.body?.getText() ?? '');
}

/** Also of what is assigned: `api.add = (item) => …`. */
function nameOf(fn: FunctionNode): string {
  const { parent } = wrapped(fn as ts.Expression);
  const left = isAssignment(parent) ? unwrap(parent.left) : undefined;
  return left && ts.isPropertyAccessExpression(left) ? left.name.text : functionName(fn);
}

/** Given to an effect of a component. */
function isEffect(fn: FunctionNode): boolean {
  const { parent } = wrapped(fn as ts.Expression);
  return ts.isCallExpression(parent) && effectHooks.has(parent.expression.getText().replace(/^.*\./, ''));
}

/** A parameter that is called or typed like something that was put in. */
function isSame(
  parameter: ts.ParameterDeclaration,
  items: ReadonlySet<Declaration>,
  { key, value }: Insertion,
): boolean {
  const name = bareName(parameter.name.getText());
  const type = parameter.type?.getText() ?? '';
  const isNamed = (item: string): boolean => {
    const other = bareName(item);
    return name === other || (name.length > 1 && other.endsWith(name)) || (other.length > 1 && name.endsWith(other));
  };
  // `message.uid` is a `uid`.
  for (const node of [key, value]) {
    const last = node && unwrap(node);
    if (last && ts.isPropertyAccessExpression(last) && isNamed(last.name.text)) return true;
  }
  return [...items].some(
    (item) =>
      isNamed(item.name) || (/^[A-Z]/.test(type) && ts.isParameter(item.node) && item.node.type?.getText() === type),
  );
}

function bareName(name: string): string {
  return name.replace(/^[_#$]+|[_$]+$/g, '').toLowerCase();
}

/** `pending.add(key)`: what waits or runs does not do so for ever. */
function settledWork(insertion: Insertion, { container, changes }: Collection): End | undefined {
  if (container.shape === 'array' || container.holder === 'closure' || !isWaitingName(container.name)) return undefined;
  if (changes.tests.length + changes.lookups.length === 0) return undefined;
  return { node: insertion.node, what: 'by its name it is for what goes on' };
}
