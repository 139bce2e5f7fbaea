/**
 * Entries that stand for work in progress: one per request, job or call, to be removed when it ends. The author's own
 * removal on one outcome states the obligation; the outcome without it leaves the entry for ever.
 */
import type { Draft } from '../draft';
import type { Engine } from '../engine';
import { withoutLoops } from '../ownership/lifetime/frequency/occasions';
import { timerCalls } from '../ownership/words/callbacks';
import { listenMethods } from '../ownership/words/listeners';
import { returnedBy } from '../returned';
import {
  enclosingFunction,
  type FunctionNode,
  isFunctionNode,
  isNewPromise,
  isWithin,
  lineOf,
  rangeOf,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../syntax';
import type { Insertion, Removal } from './changes';
import {
  type Collection,
  draftAt,
  isInWholeTeardown,
  isSameKey,
  keysOf,
  nounOf,
  outermostFunction,
  repeats,
  shrinksInLife,
  textOf,
} from './collections';
import { neverBoth } from './exclusive';
import { isEndless } from './keys';
import { isDeferredMaker, isGivingUp, isTimerStop, isWait, looksUp } from './words';

/** The first fault of the entries of a collection. */
export function entryFault(collection: Collection, engine: Engine): Draft | undefined {
  const { changes, container } = collection;
  if (changes.checks.length > 0) return undefined;
  for (const insertion of changes.insertions) {
    if (!repeats(insertion.node, engine) || keysOf(insertion, collection, engine) === 'closed') continue;
    if (container.shape === 'array') {
      const draft = leftAfterTimeout(insertion, collection, engine);
      if (draft) return draft;
      continue;
    }
    const draft =
      neverAnswered(insertion, collection, engine) ??
      leftAfterTimeout(insertion, collection, engine) ??
      leftUnlessTimeout(insertion, collection, engine) ??
      leftAfterRejection(insertion, collection, engine) ??
      nulledOnly(insertion, collection, engine);
    if (draft) return draft;
  }
  return undefined;
}

/** The executor of `new Promise(…)` around a node. */
function executorAround(node: ts.Node): FunctionNode | undefined {
  for (let fn = enclosingFunction(node); fn; fn = enclosingFunction(fn)) if (isExecutor(fn)) return fn;
  return undefined;
}

function isExecutor(fn: FunctionNode): boolean {
  const up = wrapped(fn as ts.Expression).parent;
  return isNewPromise(up);
}

/** Uses of the parameters of an executor below a node: `resolve` and `reject`, called or kept. */
function settlersIn(node: ts.Node, executor: FunctionNode, engine: Engine): readonly ts.Identifier[] {
  const { scopes } = engine.program;
  const declarations = executor.parameters.map((parameter) => scopes.declarationOf(parameter));
  return declarations.flatMap((declaration) => declaration?.references ?? []).filter((use) => isWithin(use, node));
}

/** The entry keeps `resolve` or `reject` for whoever answers. */
function keepsSettler(insertion: Insertion, executor: FunctionNode, engine: Engine): boolean {
  const { value } = insertion;
  if (!value) return false;
  if (settlersIn(value, executor, engine).length > 0) return true;
  const inner = unwrap(value);
  const declaration = ts.isIdentifier(inner) ? engine.program.scopes.resolve(inner) : undefined;
  return declaration?.initializer !== undefined && settlersIn(declaration.initializer, executor, engine).length > 0;
}

/** The entry keeps a promise together with its resolver: `defer()`, `new Deferred()`, `Promise.withResolvers()`. */
function keepsDeferred({ value }: Insertion, engine: Engine): boolean {
  let found = false;
  if (value)
    walk(value, (inner) => {
      if (isFunctionNode(inner)) return false;
      const declaration = ts.isIdentifier(inner) ? engine.program.scopes.resolve(inner) : undefined;
      for (const given of [inner, declaration?.path?.length === 0 ? declaration.initializer : undefined]) {
        const made = given && unwrap(given as ts.Expression);
        if (made && (ts.isCallExpression(made) || ts.isNewExpression(made)) && makesDeferred(made)) found = true;
      }
      return !found;
    });
  return found;
}

function makesDeferred({ expression }: ts.CallExpression | ts.NewExpression): boolean {
  const callee = unwrap(expression);
  const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : ts.isIdentifier(callee) ? callee.text : '';
  return isDeferredMaker(name);
}

/** A resolver per request that nothing ever removes. */
function neverAnswered(insertion: Insertion, collection: Collection, engine: Engine): Draft | undefined {
  const { changes, container } = collection;
  const executor = executorAround(insertion.node);
  const isDeferred = keepsDeferred(insertion, engine);
  if (!isDeferred && !(executor && keepsSettler(insertion, executor, engine))) return undefined;
  if (shrinksInLife(collection).length > 0 || changes.nullings.length > 0 || changes.lookups.length === 0)
    return undefined;
  if (isOnePerKey(insertion, collection)) return undefined;
  return draftAt(insertion, collection, engine, {
    kind: 'cache/pending-requests',
    severity: 'high',
    confidence: isDeferred ? 'medium' : 'high',
    message: `Each request puts its resolver into \`${container.name}\`, and neither the answer nor anything else takes it out again.`,
    advice: 'Delete the entry when the answer comes, on timeout and when the connection closes.',
  });
}

/** Made where none was found under the same key: one for each state, scheme or name, whoever asks, and not one for each request. */
function isOnePerKey({ node, key }: Insertion, { changes }: Collection): boolean {
  const fn = enclosingFunction(node);
  if (!fn || !key || isEndless(key)) return false;
  const text = unwrap(key).getText();
  return [...changes.lookups, ...changes.tests].some((lookup) => {
    const asked = ts.isCallExpression(lookup)
      ? lookup.arguments[0]
      : ts.isElementAccessExpression(lookup)
        ? lookup.argumentExpression
        : undefined;
    return isWithin(lookup, fn) && lookup.pos < node.pos && asked !== undefined && unwrap(asked).getText() === text;
  });
}

/** The timeout settles the promise and leaves the entry that the answer would have removed. */
function leftAfterTimeout(insertion: Insertion, collection: Collection, engine: Engine): Draft | undefined {
  const { changes, container } = collection;
  const executor = executorAround(insertion.node);
  const removals = changes.removals.filter((removal) => !isInWholeTeardown(removal.node));
  if (!executor || !insertion.value || removals.length === 0 || !keepsSettler(insertion, executor, engine))
    return undefined;
  if (changes.resets.some((reset) => !isInWholeTeardown(reset))) return undefined;
  const sites = removals.map((removal) => removal.node);
  // Who is served in turn at the end of others is not taken out by his own.
  const isOwn = container.shape !== 'array';
  if (sites.some((site) => (isOwn && isInFinally(site)) || sweeps(site, engine) || takesAll(site))) return undefined;
  const timer = [...timersIn(executor, engine), ...abortsIn(executor, engine)].find(({ callback }) => {
    if (insertion.value && isWithin(callback, insertion.value)) return false;
    const called = settlersIn(callback, executor, engine).some((use) => isCalled(use));
    return called && !reaches(callback, sites, engine);
  });
  if (!timer) return undefined;
  const [removal] = sites;
  return draftAt(insertion, collection, engine, {
    kind: 'cache/entry-left-after-completion',
    mechanism: 'error-or-early-exit-path',
    severity: 'medium',
    confidence: 'high',
    message: `The entry of \`${container.name}\` stays when the ${timer.isAbort ? 'abort' : 'timeout'} on line ${lineOf(timer.call)} settles the request: only ${removal ? `line ${lineOf(removal)}` : 'the answer'} removes it.`,
    advice: `Delete the entry in the ${timer.isAbort ? 'handler of the abort' : 'timeout'} as well.`,
    steps: [
      { role: 'exit', message: 'Settles the request here, and the entry stays', range: rangeOf(timer.call) },
      ...(removal ? [{ role: 'shrinks' as const, message: 'Removed here', range: rangeOf(removal) }] : []),
    ],
  });
}

/** A timer per entry removes it; whoever stops the timer early leaves the entry. */
function leftUnlessTimeout(insertion: Insertion, collection: Collection, engine: Engine): Draft | undefined {
  const { changes, container } = collection;
  const removals = changes.removals.map((removal) => removal.node);
  if (removals.length === 0 || changes.resets.some((reset) => !isInWholeTeardown(reset))) return undefined;
  const fn = enclosingFunction(insertion.node);
  if (!fn) return undefined;
  const callbacks = timersIn(fn, engine).map(({ callback }) => callback);
  if (!removals.every((site) => callbacks.some((callback) => isWithin(site, callback)))) return undefined;
  const stop = changes.lookups.map((lookup) => stopsTimer(lookup, engine)).find((found) => found !== undefined);
  if (!stop || callbacks.some((callback) => isWithin(stop, callback)) || isWithin(stop, fn)) return undefined;
  return draftAt(insertion, collection, engine, {
    kind: 'cache/entry-left-after-completion',
    mechanism: 'error-or-early-exit-path',
    severity: 'medium',
    confidence: 'high',
    message: `The entry of \`${container.name}\` is removed only by its timer, and line ${lineOf(stop)} stops the timer and leaves the entry.`,
    advice: 'Delete the entry where the timer is stopped.',
    steps: [{ role: 'exit', message: 'Stops the timer here, and the entry stays', range: rangeOf(stop) }],
  });
}

/** The call that stops a timer which was looked up: `clearTimeout(timers.get(id))`, `const t = timers.get(id); clearTimeout(t)`. */
function stopsTimer(lookup: ts.Node, engine: Engine): ts.Node | undefined {
  const { scopes } = engine.program;
  const direct = stoppedBy(lookup as ts.Expression, engine);
  if (direct) return direct;
  const { parent } = wrapped(lookup as ts.Expression);
  const declaration = ts.isVariableDeclaration(parent) ? scopes.declarationOf(parent) : undefined;
  for (const reference of declaration?.references ?? []) {
    const call = stoppedBy(reference, engine);
    if (call) return call;
  }
  return undefined;
}

/** The call that is given the timer and stops it, itself or as a function of this file. */
function stoppedBy(timer: ts.Expression, engine: Engine, depth = 0): ts.CallExpression | undefined {
  const outer = wrapped(timer);
  const call = outer.parent;
  if (!ts.isCallExpression(call) || call.expression === outer) return undefined;
  if (isTimerStop(call.expression.getText())) return call;
  const index = call.arguments.indexOf(outer);
  const stops = engine.program.callees.of(call).some((target) => {
    const parameter = target.parameters[index];
    const declaration = parameter && depth < 2 ? engine.program.scopes.declarationOf(parameter) : undefined;
    return declaration?.references.some((reference) => stoppedBy(reference, engine, depth + 1)) ?? false;
  });
  return stops ? call : undefined;
}

/** Marked in flight before an `await`, unmarked after it: a rejection leaves the mark. */
function leftAfterRejection(insertion: Insertion, collection: Collection, engine: Engine): Draft | undefined {
  const { changes, container } = collection;
  if (!insertion.key || container.shape === 'array') return undefined;
  const { key } = insertion;
  const fn = functionRunning(insertion.node);
  const outermost = outermostFunction(insertion.node);
  if (!fn || !outermost) return undefined;
  const sites = [...changes.removals.map((removal) => removal.node), ...changes.resets].filter(
    (site) => !isInWholeTeardown(site),
  );
  // Every removal belongs to this piece of work, and none of them runs on failure.
  if (sites.length === 0 || sites.some((site) => !isWithin(site, outermost))) return undefined;
  const own = changes.removals.filter((removal) => removal.key !== undefined && isSameKey(key, removal.key, engine));
  if (own.length !== sites.length || own.some(({ node }) => neverBoth(insertion.node, node))) return undefined;
  const gaps = own.map((removal) => afterAwait(insertion, removal, fn, engine) ?? afterThen(removal, engine));
  const [gap] = gaps;
  if (!gap || gaps.some((one) => one === undefined)) return undefined;
  const draft = draftAt(insertion, collection, engine, {
    kind: 'cache/entry-left-after-rejection',
    mechanism: 'error-or-early-exit-path',
    severity: 'medium',
    confidence: 'medium',
    message: `The entry of \`${container.name}\` stays for ever when the work fails: ${own[0] ? `line ${lineOf(own[0].node)} removes it` : 'it is removed'} only on success.`,
    advice: 'Remove the entry in `finally`.',
    steps: [
      { role: 'exit', message: 'A rejection here leaves the entry', range: rangeOf(gap) },
      ...own.map((removal) => ({
        role: 'shrinks' as const,
        message: 'Removed on success',
        range: rangeOf(removal.node),
      })),
    ],
  });
  return {
    ...draft,
    growth: { by: 'finally', insertion: insertion.node, removals: own.map((removal) => removal.node) },
  };
}

/** The function that runs a node: the executor of a promise runs at once, as a part of the function around it. */
function functionRunning(node: ts.Node): FunctionNode | undefined {
  let fn = enclosingFunction(node);
  while (fn && isExecutor(fn)) fn = enclosingFunction(fn);
  return fn;
}

/** The branch of the insertion ends by leaving, so that the removal after it belongs to another one. */
function leavesBefore(insertion: ts.Node, removal: ts.Node): boolean {
  for (let up = insertion.parent; up && !isWithin(removal, up); up = up.parent) {
    if (isFunctionNode(up) || !ts.isBlock(up)) continue;
    const last = up.statements.at(-1);
    if (
      last &&
      (ts.isReturnStatement(last) ||
        ts.isThrowStatement(last) ||
        ts.isContinueStatement(last) ||
        ts.isBreakStatement(last))
    )
      return true;
  }
  return false;
}

/** The `await` between insertion and removal whose rejection passes the removal by. */
function afterAwait(insertion: Insertion, removal: Removal, fn: FunctionNode, engine: Engine): ts.Node | undefined {
  return leavesBefore(insertion.node, removal.node)
    ? undefined
    : firstRejection(insertion.node, removal.node, fn, engine);
}

/** The `await` between two nodes of a function whose rejection passes the second one by. */
export function firstRejection(from: ts.Node, node: ts.Node, fn: FunctionNode, engine: Engine): ts.Node | undefined {
  if (enclosingFunction(node) !== fn || node.pos < from.end || isInFinally(node) || isInCatch(node)) return undefined;
  let gap: ts.Node | undefined;
  if (!fn.body) return undefined;
  walk(fn.body, (inner) => {
    if (gap || isFunctionNode(inner)) return false;
    if (
      ts.isAwaitExpression(inner) &&
      inner.pos >= from.end &&
      inner.end <= node.pos &&
      !isCaughtBefore(inner, node, fn) &&
      mayReject(inner, engine)
    )
      gap = inner;
    return undefined;
  });
  return gap;
}

/** A `try` around the `await` alone catches the rejection, and the removal after it runs all the same. */
function isCaughtBefore(awaited: ts.Node, removal: ts.Node, fn: FunctionNode): boolean {
  for (let up: ts.Node = awaited; up !== fn; up = up.parent)
    if (ts.isTryStatement(up) && up.catchClause && isWithin(awaited, up.tryBlock) && !isWithin(removal, up.tryBlock)) {
      const last = up.catchClause.block.statements.at(-1);
      return !(last && (ts.isThrowStatement(last) || ts.isReturnStatement(last)));
    }
  return false;
}

/**
 * A promise that the function makes, and not one that it finds in a field, a list or a variable of others: such a one tells of
 * an end or of a state, and whether it fails its maker knows.
 */
function isBegunHere(promise: ts.Expression, then: FunctionNode, engine: Engine): boolean {
  const value = unwrap(promise);
  if (ts.isPropertyAccessExpression(value) || ts.isElementAccessExpression(value)) return false;
  if (!ts.isIdentifier(value)) return true;
  const declaration = engine.program.scopes.resolve(value);
  const given = [declaration?.initializer, ...(declaration?.writes.map((write) => write.value) ?? [])];
  return (
    declaration?.scope.func !== undefined &&
    declaration.kind !== 'parameter' &&
    isWithin(then, declaration.scope.func) &&
    declaration.path?.length === 0 &&
    given.some((one) => one !== undefined && isMadeByCall(one))
  );
}

function isMadeByCall(given: ts.Expression): boolean {
  const value = unwrap(given);
  if (ts.isBinaryExpression(value)) return isMadeByCall(value.left) || isMadeByCall(value.right);
  return ts.isCallExpression(value) || ts.isNewExpression(value) || ts.isAwaitExpression(value);
}

/** Waiting for time to pass, or for work that catches its own failures, does not reject. */
function mayReject(awaited: ts.AwaitExpression, engine: Engine): boolean {
  const value = unwrap(awaited.expression);
  if (ts.isIdentifier(value)) {
    const declaration = engine.program.scopes.resolve(value);
    const made = declaration?.kind === 'const' && declaration.initializer ? unwrap(declaration.initializer) : undefined;
    return !made || !ts.isNewExpression(made) || takesReject(made);
  }
  if (!ts.isCallExpression(value)) return !ts.isNewExpression(value) || takesReject(value);
  const callee = unwrap(value.expression);
  const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
  if (isWait(name)) return false;
  if (ts.isPropertyAccessExpression(callee) && hasCatchBelow(callee.expression)) return false;
  return (
    !neverRejects(value, engine) &&
    !engine.program.callees.of(value).some((target) => target.body !== undefined && catchesAll(target.body))
  );
}

/** A promise whose executor can only resolve, a step that goes on with such a one, or what a function of this file returns of them. */
function neverRejects(promise: ts.Expression, engine: Engine, depth = 0): boolean {
  const value = unwrap(promise);
  if (depth > 4) return false;
  if (ts.isNewExpression(value)) return isNewPromise(value) && !takesReject(value);
  if (ts.isIdentifier(value)) {
    const declaration = engine.program.scopes.resolve(value);
    // What was found in a table is what an earlier call has put in.
    const given = [declaration?.initializer, ...(declaration?.writes.map((write) => write.value) ?? [])].filter(
      (one) => one !== undefined && !looksUp(one.getText()),
    );
    return given.length > 0 && given.every((one) => one !== undefined && neverRejects(one, engine, depth + 1));
  }
  if (!ts.isCallExpression(value)) return false;
  const callee = unwrap(value.expression);
  const [next] = value.arguments;
  // `ready.then(() => new Promise((resolve) => …))`: what it waits for is no part of this work.
  if (ts.isPropertyAccessExpression(callee) && callee.name.text === 'then' && next && !makesWork(callee.expression))
    return resultsOf(engine.program.callees.functionsOf(next), engine, depth);
  return resultsOf(engine.program.callees.of(value), engine, depth);
}

function makesWork(promise: ts.Expression): boolean {
  const value = unwrap(promise);
  return ts.isCallExpression(value) || ts.isNewExpression(value);
}

function resultsOf(fns: readonly FunctionNode[], engine: Engine, depth: number): boolean {
  const given = fns.flatMap((fn) => returnedBy(fn));
  const isAsync = fns.some((fn) => fn.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword));
  return !isAsync && given.length > 0 && given.every((one) => neverRejects(one, engine, depth + 1));
}

/** `new Promise((resolve, reject) => …)`: without `reject` it only ever resolves. */
function takesReject(made: ts.NewExpression): boolean {
  const [executor] = made.arguments ?? [];
  const value = executor && unwrap(executor);
  return !value || !(ts.isArrowFunction(value) || ts.isFunctionExpression(value)) || value.parameters.length > 1;
}

/** A body that is one `try` with a `catch`, perhaps after a declaration. */
function catchesAll(body: ts.Node): boolean {
  if (!ts.isBlock(body)) return false;
  const last = body.statements.at(-1);
  if (!last || body.statements.length > 2) return false;
  return ts.isBlock(last) ? catchesAll(last) : ts.isTryStatement(last) && last.catchClause !== undefined;
}

function hasCatchBelow(expression: ts.Expression): boolean {
  const value = unwrap(expression);
  if (!ts.isCallExpression(value)) return false;
  const callee = unwrap(value.expression);
  return ts.isPropertyAccessExpression(callee) && (callee.name.text === 'catch' || hasCatchBelow(callee.expression));
}

/** A promise that does not reject: made of one whose rejection a handler takes, here or where its variable is set. */
function isCaught(expression: ts.Expression, engine: Engine): boolean {
  if (hasCatchBelow(expression)) return true;
  const value = unwrap(expression);
  const declaration = ts.isIdentifier(value) ? engine.program.scopes.resolve(value) : undefined;
  const made =
    declaration?.initializer && declaration.writes.length === 0 && declaration.path?.length === 0
      ? unwrap(declaration.initializer)
      : value;
  if (made !== value && hasCatchBelow(made)) return true;
  if (!ts.isCallExpression(made)) return false;
  const callee = unwrap(made.expression);
  if (!ts.isPropertyAccessExpression(callee)) return false;
  return (callee.name.text === 'then' && made.arguments.length > 1) || callee.name.text === 'allSettled';
}

/** Removed in the `then` of a chain that has no `catch` or `finally` for it. */
function afterThen(removal: Removal, engine: Engine): ts.Node | undefined {
  const callback = enclosingFunction(removal.node);
  if (!callback) return undefined;
  const outer = wrapped(callback as ts.Expression);
  const call = outer.parent;
  if (!ts.isCallExpression(call) || call.arguments[0] !== outer || call.arguments.length !== 1) return undefined;
  const callee = unwrap(call.expression);
  if (!ts.isPropertyAccessExpression(callee) || callee.name.text !== 'then' || isCaught(callee.expression, engine))
    return undefined;
  if (!isBegunHere(callee.expression, callback, engine) || neverRejects(callee.expression, engine)) return undefined;
  for (let at: ts.Expression = wrapped(call); ; ) {
    const up = at.parent;
    if (!ts.isPropertyAccessExpression(up) || !ts.isCallExpression(up.parent)) break;
    // A later handler that runs on failure may remove it through a name of its own.
    if (up.name.text !== 'then' || up.parent.arguments.length > 1) return undefined;
    at = wrapped(up.parent);
  }
  return call;
}

/** The code takes the value away and leaves the key: each key ever used stays. */
function nulledOnly(insertion: Insertion, collection: Collection, engine: Engine): Draft | undefined {
  const { changes, container } = collection;
  const nulling = changes.nullings.find((one) => one.key !== undefined);
  // `found ? found : null`: an empty entry that says as much as a full one.
  if (nulling && enclosingFunction(nulling.node) === enclosingFunction(insertion.node)) return undefined;
  if (!nulling?.key || !insertion.key || changes.removals.length > 0 || changes.resets.length > 0) return undefined;
  // Where keys are asked for, an empty entry says something.
  if (changes.tests.length > 0) return undefined;
  // A slot that is always the same is no growth; an index of a fixed table neither.
  const keys = keysOf(nulling, collection, engine);
  if (keys === 'closed' || keysOf(insertion, collection, engine) === 'closed') return undefined;
  if (keys === 'unknown' && (container.shape === 'record' || isIndex(nulling.key))) {
    if (isIndex(nulling.key) || collection.life.level === 'instance') return undefined;
  }
  const draft = draftAt(insertion, collection, engine, {
    kind: 'cache/entry-nulled-not-deleted',
    mechanism: 'release-never-matches',
    severity: 'medium',
    confidence: keys === 'unknown' ? 'low' : 'medium',
    message: `Line ${lineOf(nulling.node)} only empties the entry of the ${nounOf[container.shape]} \`${container.name}\`: every key ever used stays.`,
    advice: 'Delete the entry.',
    steps: [{ role: 'shrinks', message: 'The value goes, the key stays', range: rangeOf(nulling.node) }],
  });
  return { ...draft, growth: { by: 'deletion', nullings: changes.nullings.map(({ node }) => node) } };
}

function isIndex(key: ts.Expression): boolean {
  return /^(?:i|j|k|n|idx|index|slot|pos|position|row|col|column)$|[a-z](?:Index|Idx|Slot)$/.test(textOf(key));
}

interface Timer {
  readonly call: ts.CallExpression;
  readonly callback: FunctionNode;
  readonly isAbort?: boolean;
}

/** Handlers of an abort that a function adds. */
function abortsIn(fn: FunctionNode, engine: Engine): readonly Timer[] {
  const found: Timer[] = [];
  walk(fn, (node) => {
    const callee = ts.isCallExpression(node) ? unwrap(node.expression) : undefined;
    if (!ts.isCallExpression(node) || !callee || !ts.isPropertyAccessExpression(callee)) return undefined;
    const [event, handler] = node.arguments;
    if (
      event &&
      handler &&
      listenMethods.has(callee.name.text) &&
      ts.isStringLiteralLike(event) &&
      isGivingUp(event.text)
    )
      for (const callback of engine.program.callees.functionsOf(handler))
        found.push({ call: node, callback, isAbort: true });
    return undefined;
  });
  return found;
}

/** `list.splice(0)`, `while (list.length > 0) list.shift()`: all that wait are served at once. */
function takesAll(site: ts.Node): boolean {
  if (!ts.isPropertyAccessExpression(site)) return false;
  const call = wrapped(site).parent;
  if (site.name.text === 'splice' && ts.isCallExpression(call))
    return call.arguments.length === 1 || call.arguments[1]?.getText().endsWith('.length') === true;
  if (site.name.text !== 'shift' && site.name.text !== 'pop') return false;
  for (let up = site.parent; up && !isFunctionNode(up); up = up.parent)
    if (ts.isIterationStatement(up, false)) return true;
  return false;
}

/** Timers that a function starts, with their callbacks. */
function timersIn(fn: FunctionNode, engine: Engine): readonly Timer[] {
  const found: Timer[] = [];
  walk(fn, (node) => {
    if (ts.isCallExpression(node)) {
      const callee = unwrap(node.expression);
      const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
      const [first] = node.arguments;
      if (timerCalls.has(name) && first)
        for (const callback of engine.program.callees.functionsOf(first)) found.push({ call: node, callback });
    }
    return undefined;
  });
  return found;
}

function isCalled(use: ts.Identifier): boolean {
  const outer = wrapped(use);
  return ts.isCallExpression(outer.parent) && outer.parent.expression === outer;
}

function reaches(from: FunctionNode, sites: readonly ts.Node[], engine: Engine): boolean {
  const reached = [...engine.program.callees.reachedFrom(from)];
  return sites.some((site) => reached.some((fn) => isWithin(site, fn)));
}

/** In a `finally` block, or a function given to `finally`. */
export function isInFinally(node: ts.Node): boolean {
  for (let at = node, up = node.parent; up; at = up, up = up.parent) {
    if (ts.isTryStatement(up) && up.finallyBlock === at) return true;
    if (isFunctionNode(at) && ts.isCallExpression(up)) {
      const callee = unwrap(up.expression);
      if (ts.isPropertyAccessExpression(callee) && callee.name.text === 'finally') return true;
    }
  }
  return false;
}

function isInCatch(node: ts.Node): boolean {
  for (let up = node.parent; up && !isFunctionNode(up); up = up.parent) if (ts.isCatchClause(up)) return true;
  return false;
}

/** Runs by itself, again and again: an interval that sweeps. */
function sweeps(site: ts.Node, engine: Engine): boolean {
  return withoutLoops(engine.frequency.of(site).occasion).kind === 'tick';
}
