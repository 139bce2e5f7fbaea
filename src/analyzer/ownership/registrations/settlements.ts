/**
 * Handlers of a piece of work that settles: a promise whose executor listens, an async function that awaits. When the
 * work is settled by something else than the handler, and that way removes nothing, the handler stays on a receiver
 * that outlives the work; each call adds one.
 */
import type { Acquisition } from '../../acquisitions';
import { constantOf } from '../../constants';
import type { Draft } from '../../draft';
import type { Engine } from '../../engine';
import type { TrailStep } from '../../findings';
import type { Place } from '../../places';
import type { AcquireForm } from '../../resources/model';
import {
  calledName,
  enclosingFunction,
  type FunctionNode,
  hasModifier,
  isFunctionNode,
  isNewPromise,
  isWithin,
  lineOf,
  propertyNameText,
  rangeOf,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../../syntax';
import { frequencyStep } from '../assess';
import { raceOf } from '../late/raceTimers';
import { mayRepeat } from '../lifetime/frequency/frequency';
import { lifetimeOf } from '../lifetime/lifetime';
import { continuations, isForEach, timerCalls } from '../words/callbacks';
import { endEvents, oneShotEvents } from '../words/events';
import { memoHooks } from '../words/hooks';
import { listenMethods } from '../words/listeners';
import { isRequest } from '../words/requests';
import { isSetup, opens } from '../words/starts';
import { givesUp as givesUpByName } from '../words/states';
import { ends, isTeardown } from '../words/teardowns';
import { isEventName } from './bindings';
import { releasesItself } from './registrations';
import { findRemovals, matchesRemoval, type Removal } from './removals';
import { isSharedByWorks } from './sharedByWorks';

type RegistrationForm = Extract<AcquireForm, { form: 'registration' }>;

const callersOwn = 'belongs to the caller, who may keep it';
const instances = 'lives as long as its instance';

/** One way in which the work settles. */
export interface Way {
  /** What runs then, innermost first. */
  readonly functions: readonly FunctionNode[];
  /** The call that waits for it: a registration, a timer, a promise. */
  readonly trigger: ts.CallExpression | undefined;
  readonly at: ts.Node;
  /** It loses a race. */
  readonly isRaced?: boolean;
}

/** The finding for a handler that outlives the work it belongs to; undefined when each way out removes it, or unsure. */
export function judgeSettlement(acquisition: Acquisition, engine: Engine): Draft | undefined {
  const { form, node, kind } = acquisition;
  if (form.form !== 'registration' || !ts.isCallExpression(node)) return undefined;
  if (!kind.settled && !form.givesUp) return undefined;
  if (acquisition.event !== undefined && form.oneShotEvents?.includes(acquisition.event)) return undefined;
  const { options } = form.identity;
  if (options !== undefined && releasesItself(node.arguments[options], engine, false)) return undefined;
  const holder = holderOf(acquisition, form, engine);
  if (!holder) return undefined;
  const executor = executorAround(node);
  if (form.disposable && !(executor && ts.isExpressionStatement(wrapped(node).parent))) return undefined;
  const around = executor ?? workAround(node) ?? (form.givesUp ? cleanUpAround(node) : undefined);
  if (
    !around ||
    !(
      isRepeated(around, form.givesUp === true, engine) ||
      (form.once && mayRepeat(engine.frequency.ofFunction(around))) ||
      (form.givesUp && isOfWrapper(acquisition, engine))
    )
  )
    return undefined;
  const removals = findRemovals(acquisition, engine).filter(
    (removal) => matchesRemoval(acquisition, removal, engine) === undefined,
  );
  const again = isSharedByWorks(acquisition, engine);
  // Who gives up by a signal, and has no removal at all, leaves the listener whatever it is that settles the work.
  const isWide = form.givesUp === true && removals.length === 0;
  const ways = executor
    ? [
        ...waysOf(executor, engine, waysTo),
        ...(isWide ? waysOf(executor, engine, handedOut) : again ? waysOf(executor, engine, givenToCalls) : []),
      ].filter(({ at, trigger }) => trigger !== undefined || !isWithin(at, node))
    : [];
  // On a receiver of unknown type, only the code itself tells that this is a registration: it removes it, or waits for
  // one of several events.
  const isRace = (): boolean =>
    node.arguments.length === 2 &&
    ways.filter(({ trigger }) => trigger && isOnSameReceiver(trigger, acquisition, engine)).length > 1 &&
    lifetimeOf(acquisition.receiver, engine).level !== 'own';
  const isWait = (): boolean =>
    again && isEventOf(acquisition, form, engine) && ways.some((way) => way.trigger === node);
  if (acquisition.assumed && !form.named && removals.length === 0 && !isRace() && !isWait()) return undefined;
  if (executor && removals.some((removal) => isBeside(removal, executor))) return undefined;
  // Whatever the outcome, the end of what the work runs on comes.
  if (removals.some((removal) => isAtTheEnd(removal.node, engine) || isKept(removal.node, node))) return undefined;
  // All are taken off together at some time.
  if (
    removals.some(
      ({ identity, node: removal }) => identity.handler === -1 && !(executor && isWithin(removal, executor)),
    )
  )
    return undefined;
  // What a caller hands over may be made for this one call: only a wait for one event, or a removal that is missed, tells.
  if (!form.givesUp && !form.once && removals.length === 0 && holder === callersOwn && !again) return undefined;
  const open = executor
    ? (ways.find((way) => isOpen(way, acquisition, form, removals, engine)) ??
      ((form.givesUp || form.once) && removals.length === 0
        ? raced(ways, executor, node, form.givesUp === true, engine)
        : undefined))
    : removals.length === 0
      ? form.givesUp
        ? endOf(around, node)
        : undefined
      : failureOf(around, node, removals);
  if (!open) return undefined;
  return draftOf(acquisition, form, holder, open, removals, around, engine);
}

function draftOf(
  acquisition: Acquisition,
  form: RegistrationForm,
  holder: string,
  open: Way,
  removals: readonly Removal[],
  around: FunctionNode,
  engine: Engine,
): Draft {
  const { node, kind, receiver } = acquisition;
  const target = `\`${receiver?.getText() ?? 'window'}\``;
  const event = acquisition.event === undefined ? '' : ` for \`${acquisition.event}\``;
  const frequency = engine.frequency.ofFunction(around);
  const rival = open.trigger && isOnSameReceiver(open.trigger, acquisition, engine);
  const id = kind.settled && form.once ? (rival ? kind.settled.loser : kind.settled.unmet) : kind.id;
  const isOfOneWork =
    (holder === callersOwn || holder === instances) && (open.trigger !== undefined || removals.length === 0);
  const trail: TrailStep[] = [
    { role: 'acquired', message: `Listener${event} added here`, range: rangeOf(node) },
    { role: 'held', message: `${target} ${holder} and keeps it`, range: rangeOf(receiver ?? node) },
    { role: 'exit', message: 'The work may end here without removing it', range: rangeOf(open.at) },
    frequencyStep(frequency, around.name ?? around),
  ];
  const way = open.trigger
    ? `settled from line ${lineOf(open.at)}`
    : removals.length > 0
      ? `given up because the await on line ${lineOf(open.at)} fails`
      : 'done';
  return {
    kind: id,
    mechanism: removals.length > 0 ? 'error-or-early-exit-path' : 'repeated-registration',
    // What a caller gives, or an instance has of its own, mostly serves one work, and ends soon after it.
    severity: isOfOneWork && !isSharedByWorks(acquisition, engine) ? 'low' : 'medium',
    confidence:
      isOfOneWork &&
      !open.isRaced &&
      removals.length === 0 &&
      !isUsedAgain(acquisition, engine) &&
      !isSharedByWorks(acquisition, engine)
        ? 'low'
        : 'medium',
    message: `The listener${event} stays on ${target} when the work is ${way}: ${target} ${holder}, and each call leaves one more.`,
    advice: 'Remove it on every way out of the work, or give it a signal that is aborted then.',
    node,
    trail,
  };
}

/**
 * Do several works wait on one and the same receiver, by what this file shows? The function that is given it is called in a
 * loop around which it stays, or by a method that gives it what its instance keeps.
 */
function isUsedAgain({ receiver, node }: Acquisition, engine: Engine): boolean {
  const root = receiver && engine.program.places.of(receiver)?.root;
  // `this.socket.once(…)` in a method
  if (root?.kind === 'owner') return receiver?.kind !== ts.SyntaxKind.ThisKeyword;
  if (root?.kind !== 'declaration') return false;
  const { declaration } = root;
  const taker = declaration.scope.func;
  const position = taker && ts.isParameter(declaration.node) ? taker.parameters.indexOf(declaration.node) : -1;
  const staysAround = (at: ts.Node, { root: of, path }: Place): boolean => {
    if (of.kind === 'owner') return path.length > 0 && of.owner.construct !== enclosingFunction(at);
    const loop = loopAround(at);
    return loop !== undefined && of.kind === 'declaration' && !isWithin(of.declaration.node, loop);
  };
  const calls = taker && position >= 0 ? engine.program.callees.usesOf(taker).calls : [];
  return [{ at: node, used: receiver }, ...calls.map((call) => ({ at: call, used: call.arguments?.[position] }))].some(
    ({ at, used }) => {
      const place = used && engine.program.places.of(used);
      return place !== undefined && staysAround(at, place);
    },
  );
}

/** The innermost loop, or function that is run for each element of something. */
function loopAround(node: ts.Node): ts.Node | undefined {
  for (let at = node.parent; at; at = at.parent) {
    if (ts.isIterationStatement(at, false)) return at;
    if (!ts.isArrowFunction(at) && !ts.isFunctionExpression(at)) continue;
    const call = wrapped(at).parent;
    if (ts.isCallExpression(call) && isForEach(calledName(call))) return at;
  }
  return undefined;
}

/** Why the receiver outlives the call; undefined when it does not, or nobody knows. */
function holderOf(acquisition: Acquisition, form: RegistrationForm, engine: Engine): string | undefined {
  const { receiver, node } = acquisition;
  const life = lifetimeOf(receiver, engine);
  if (life.level === 'process' || life.level === 'module' || life.level === 'injected') return life.why;
  if (!receiver) return undefined;
  const place = engine.program.places.of(receiver);
  if (!place) return undefined;
  const executor = executorAround(node);
  if (place.root.kind === 'owner') {
    const [field] = place.path;
    const work = (executor && enclosingFunction(executor)) ?? enclosingFunction(node);
    if (!work || (field !== undefined && isMadeBy(work, field, acquisition, engine))) return undefined;
    const name = nameOf(work, engine);
    if (isTeardown(name) || isSetup(name) || opens(name)) return undefined;
    return instances;
  }
  if (life.level !== 'caller' || place.root.kind !== 'declaration') return undefined;
  const { declaration } = place.root;
  if (declaration.kind !== 'parameter') return undefined;
  // The parameter of a function that the work was started with, not of a handler within it.
  const taker = declaration.scope.func;
  if (!taker || taker === executor || isHandler(taker, engine)) return undefined;
  if (form.givesUp && place.path.length > 0 && isRequest(place.path.at(-2) ?? declaration.name)) return undefined;
  return callersOwn;
}

/** A function written as an argument: what it is given may be as short-lived as its call. */
function isHandler(fn: FunctionNode, engine: Engine): boolean {
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return false;
  const up = wrapped(fn).parent;
  if (!ts.isCallExpression(up)) return false;
  const callee = unwrap(up.expression);
  const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
  return !memoHooks.has(name) && engine.program.callees.of(up).length === 0;
}

/** Is the field given its value in the function, or in one that it runs? */
function isMadeBy(work: FunctionNode, field: string, { receiver }: Acquisition, engine: Engine): boolean {
  const place = receiver && engine.program.places.of(receiver);
  if (place?.root.kind !== 'owner') return false;
  const values = place.root.owner.members.get(field)?.values ?? [];
  const reached = engine.program.callees.reachedFrom(work);
  return values.some(({ node, value }) => value && [...reached].some((fn) => isWithin(node, fn)));
}

/** The executor of the promise that a node stands in. */
export function executorAround(node: ts.Node): FunctionNode | undefined {
  for (let fn = enclosingFunction(node); fn; fn = enclosingFunction(fn)) {
    if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return undefined;
    const up = wrapped(fn).parent;
    if (isNewPromise(up)) return fn;
  }
  return undefined;
}

/** The async function, or the function that returns a chain of promises, whose work a node belongs to. */
function workAround(node: ts.Node): FunctionNode | undefined {
  const fn = enclosingFunction(node);
  return fn?.body && hasModifier(fn, ts.SyntaxKind.AsyncKeyword) && !fn.asteriskToken ? fn : undefined;
}

/** The function that hands its caller a clean-up: `return { signal, cleanup }`. */
function cleanUpAround(node: ts.Node): FunctionNode | undefined {
  const fn = enclosingFunction(node);
  return fn?.body && returnedCleanUp(fn) ? fn : undefined;
}

function returnedCleanUp(fn: FunctionNode): ts.Node | undefined {
  let found: ts.Node | undefined;
  if (fn.body)
    walk(fn.body, (inner) => {
      if (isFunctionNode(inner)) return false;
      const value = ts.isReturnStatement(inner) && inner.expression ? unwrap(inner.expression) : undefined;
      if (value && ts.isObjectLiteralExpression(value))
        found ??= value.properties.find((property) => property.name && ends(propertyNameText(property.name) ?? ''));
      return !found;
    });
  return found;
}

/** The end of an async function that awaits something after the node; a loop that asks the receiver lasts as long as it. */
function endOf(fn: FunctionNode, node: ts.Node): Way | undefined {
  let awaited: ts.Node | undefined;
  let endless = false;
  if (fn.body)
    walk(fn.body, (inner) => {
      if (isFunctionNode(inner)) return false;
      if (ts.isAwaitExpression(inner) && inner.pos > node.pos) awaited = inner;
      if (
        ts.isWhileStatement(inner) &&
        (/aborted/.test(inner.expression.getText()) ||
          (/^(?:true|1)$/.test(inner.expression.getText()) && !isLeft(inner)))
      )
        endless = true;
      if (ts.isForStatement(inner) && !inner.condition && !isLeft(inner)) endless = true;
      return undefined;
    });
  const handed = hasModifier(fn, ts.SyntaxKind.AsyncKeyword) ? undefined : returnedCleanUp(fn);
  if (handed) return { functions: [], trigger: undefined, at: handed };
  return awaited && !endless ? { functions: [], trigger: undefined, at: awaited } : undefined;
}

/** Does a loop come to an end by itself: a `break` or `return` of its own, which does not ask whether the work is given up? */
function isLeft(loop: ts.IterationStatement): boolean {
  let left = false;
  walk(loop.statement, (inner) => {
    const asks = ts.isIfStatement(inner) && givesUpByName(inner.expression.getText());
    if (ts.isBreakStatement(inner) || ts.isReturnStatement(inner)) left = true;
    return !left && !asks && !isFunctionNode(inner) && !ts.isSwitchStatement(inner);
  });
  return left;
}

/**
 * An await between the registration and its removal that may fail and then skips the removal. Only where each removal
 * stands in the same function, after the registration, outside of any `finally`, `catch` or other function.
 */
function failureOf(fn: FunctionNode, node: ts.Node, removals: readonly Removal[]): Way | undefined {
  for (const { node: removal } of removals) {
    if (enclosingFunction(removal) !== fn || removal.pos < node.pos) return undefined;
    for (let at: ts.Node = removal; at !== fn && at.parent; at = at.parent)
      if (ts.isCatchClause(at) || (ts.isTryStatement(at.parent) && at.parent.finallyBlock === at)) return undefined;
  }
  const first = Math.min(...removals.map(({ node: removal }) => removal.pos));
  let failing: ts.Node | undefined;
  if (fn.body)
    walk(fn.body, (inner) => {
      if (isFunctionNode(inner)) return false;
      if (ts.isAwaitExpression(inner) && inner.pos > node.pos && inner.end < first && !isCaught(inner, fn))
        failing ??= inner;
      return undefined;
    });
  return failing ? { functions: [], trigger: undefined, at: failing } : undefined;
}

/** Within a `try` whose `catch` goes on, or on a promise whose failure is handled: `await work.catch(…)`. */
function isCaught(node: ts.AwaitExpression, fn: FunctionNode): boolean {
  const awaited = unwrap(node.expression);
  if (
    ts.isCallExpression(awaited) &&
    ts.isPropertyAccessExpression(awaited.expression) &&
    (awaited.expression.name.text === 'catch' || awaited.expression.name.text === 'allSettled')
  )
    return true;
  for (let at: ts.Node = node; at !== fn && at.parent; at = at.parent)
    if (ts.isTryStatement(at.parent) && at.parent.tryBlock === at && at.parent.catchClause) return true;
  return false;
}

/** A function of the module that takes a signal to be given up by is made for many works. */
function isRepeated(fn: FunctionNode, givesUp: boolean, engine: Engine): boolean {
  const { level } = engine.frequency.ofFunction(fn);
  return level === 'call' || level === 'hot' || (givesUp && level === 'unknown' && !enclosingFunction(fn));
}

/** `withCancel(fn, signal) { return () => new Promise(…) }`: what is done with the signal is done at least once for each call. */
function isOfWrapper({ receiver }: Acquisition, engine: Engine): boolean {
  const root = receiver && engine.program.places.of(receiver)?.root;
  const taker = root?.kind === 'declaration' ? root.declaration.scope.func : undefined;
  return taker !== undefined && isRepeated(taker, true, engine);
}

/** A promise that only the signal settles, and that is raced or comes with an end of its own: whatever wins leaves the handler. */
function raced(
  ways: readonly Way[],
  executor: FunctionNode,
  node: ts.CallExpression,
  mayBeHanded: boolean,
  engine: Engine,
): Way | undefined {
  const made = isNewPromise(executor.parent) ? executor.parent : undefined;
  if (!made || ways.length === 0 || ways.some(({ trigger }) => trigger !== node)) return undefined;
  const references = executor.parameters.flatMap((one) => engine.program.scopes.declarationOf(one)?.references ?? []);
  // Who else has it may settle the promise.
  const isCalled = (value: ts.Expression): boolean => {
    const up = wrapped(value).parent;
    return ts.isCallExpression(up) && (up === node || up.expression === wrapped(value));
  };
  if (!references.every(isCalled)) return undefined;
  const race = mayBeHanded ? undefined : raceOf(made, engine);
  if (!mayBeHanded) return race && { functions: [], trigger: undefined, at: race, isRaced: true };
  const maker = enclosingFunction(made);
  const handed = maker && returnedCleanUp(maker);
  const calls = maker ? engine.program.callees.usesOf(maker).calls : [];
  return handed || [made, ...calls].some(isInRace)
    ? { functions: [], trigger: undefined, at: handed ?? made }
    : undefined;
}

/** `Promise.race([work, aborted(signal)])` */
function isInRace(promise: ts.Expression): boolean {
  const list = wrapped(promise).parent;
  const call = list.parent;
  return ts.isArrayLiteralExpression(list) && ts.isCallExpression(call) && calledName(call) === 'race';
}

/** A removal in the function that makes the promise, after or around it: it covers each way. */
function isBeside(removal: Removal, executor: FunctionNode): boolean {
  const outer = enclosingFunction(executor);
  return outer !== undefined && isWithin(removal.node, outer) && !isWithin(removal.node, executor);
}

/** In a handler of an event that ends something: `request.once('close', …)`. */
function isAtTheEnd(node: ts.Node, engine: Engine): boolean {
  for (let fn = enclosingFunction(node); fn; fn = enclosingFunction(fn)) {
    for (const value of engine.program.callees.usesOf(fn).values) {
      const call = wrapped(value).parent;
      const event = ts.isCallExpression(call) ? constantOf(call.arguments[0], engine.program.scopes) : undefined;
      if (typeof event === 'string' && endEvents.has(event)) return true;
    }
  }
  return false;
}

/** In a function that is kept as a value, `{ dispose: () => off() }`: whoever keeps it may call it on any way. */
function isKept(node: ts.Node, registration: ts.Node): boolean {
  for (let fn = enclosingFunction(node); fn && !isWithin(registration, fn); fn = enclosingFunction(fn)) {
    if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) continue;
    const up = wrapped(fn).parent;
    if (ts.isVariableDeclaration(up)) continue;
    if (!ts.isCallExpression(up)) return true;
    if (up.expression === wrapped(fn)) continue;
    // Given to something that may run it at the end: `subscription.add(() => off())`.
    const name = calledName(up);
    if (!listenMethods.has(name) && !timerCalls.has(name) && !continuations.has(name)) return true;
  }
  return false;
}

type Taken = (
  value: ts.Expression,
  executor: FunctionNode,
  engine: Engine,
  run: readonly FunctionNode[],
) => readonly Way[];

/** Every way in which an executor's promise settles later. */
export function waysOf(executor: FunctionNode, engine: Engine, taken: Taken): readonly Way[] {
  const ways: Way[] = [];
  for (const parameter of executor.parameters.slice(0, 2)) {
    const declaration = engine.program.scopes.declarationOf(parameter);
    for (const reference of declaration?.references ?? [])
      ways.push(...settledBy(reference, executor, engine, [], taken));
  }
  return ways;
}

/** A function that settles the promise, or one that calls it, is kept by somebody or given to a call that says nothing. */
export function handedOut(
  value: ts.Expression,
  executor: FunctionNode,
  _engine: Engine,
  run: readonly FunctionNode[],
): readonly Way[] {
  const up = wrapped(value).parent;
  const isGiven =
    ts.isPropertyAssignment(up) ||
    ts.isShorthandPropertyAssignment(up) ||
    ts.isArrayLiteralExpression(up) ||
    (ts.isCallExpression(up) && !isSettlingCall(calledName(up)));
  return isGiven ? [{ functions: [...run, ...functionsAround(up, executor)], trigger: undefined, at: value }] : [];
}

/** `ping(() => resolve(true))`: whoever is given the function settles the promise when that is done. */
function givenToCalls(
  value: ts.Expression,
  executor: FunctionNode,
  _engine: Engine,
  run: readonly FunctionNode[],
): readonly Way[] {
  const outer = wrapped(value);
  const up = outer.parent;
  if (!ts.isCallExpression(up) || up.expression === outer || isSettlingCall(calledName(up))) return [];
  return [{ functions: [...run, ...functionsAround(up, executor)], trigger: up, at: value }];
}

function isSettlingCall(name: string): boolean {
  return listenMethods.has(name) || timerCalls.has(name) || continuations.has(name);
}

function settledBy(
  value: ts.Expression,
  executor: FunctionNode,
  engine: Engine,
  run: readonly FunctionNode[],
  taken: Taken,
): readonly Way[] {
  const outer = wrapped(value);
  const up = outer.parent;
  if (run.length > 5) return [];
  return ts.isCallExpression(up) && up.expression === outer
    ? waysToRun(up, executor, engine, run, taken)
    : taken(value, executor, engine, run);
}

export function waysTo(
  value: ts.Expression,
  executor: FunctionNode,
  engine: Engine,
  run: readonly FunctionNode[],
): readonly Way[] {
  const up = wrapped(value).parent;
  if (!ts.isCallExpression(up) || !isSettlingCall(calledName(up))) return [];
  const functions = [...run, ...functionsAround(up, executor), ...functionsAfter(up, engine)];
  return [{ functions, trigger: up, at: value }];
}

/** The code at a node runs: when? */
function waysToRun(
  at: ts.Node,
  executor: FunctionNode,
  engine: Engine,
  run: readonly FunctionNode[],
  taken: Taken,
): readonly Way[] {
  const fn = enclosingFunction(at);
  // At once: nothing was waited for.
  if (!fn || fn === executor || run.includes(fn)) return [];
  const uses = engine.program.callees.usesOf(fn);
  return [
    ...uses.calls.flatMap((call) => waysToRun(call, executor, engine, [...run, fn], taken)),
    ...uses.values.flatMap((value) => settledBy(value, executor, engine, [...run, fn], taken)),
  ].map((way) => ({ ...way, at }));
}

function functionsAround(node: ts.Node, executor: FunctionNode): readonly FunctionNode[] {
  const found: FunctionNode[] = [];
  for (let fn = enclosingFunction(node); fn && fn !== executor; fn = enclosingFunction(fn)) found.push(fn);
  return found;
}

/** `.then(resolve).finally(cleanUp)`: what a chain of promises runs besides. */
function functionsAfter(call: ts.CallExpression, engine: Engine): readonly FunctionNode[] {
  const found: FunctionNode[] = [];
  for (let at: ts.Expression = call; ; ) {
    const up = wrapped(at).parent;
    if (!ts.isPropertyAccessExpression(up) || !ts.isCallExpression(up.parent)) return found;
    at = up.parent;
    for (const argument of up.parent.arguments) found.push(...engine.program.callees.functionsOf(argument));
  }
}

/** Does the work settle this way while the handler stays? */
function isOpen(
  way: Way,
  acquisition: Acquisition,
  form: RegistrationForm,
  removals: readonly Removal[],
  engine: Engine,
): boolean {
  const { trigger } = way;
  // The handler's own event: it is gone, or there is nothing else to wait for.
  if (trigger === acquisition.node && (form.once || form.givesUp || isOnce(acquisition.node, form))) return false;
  if (trigger && isOnSameReceiver(trigger, acquisition, engine)) {
    const event = constantOf(trigger.arguments[0], engine.program.scopes);
    if (typeof event === 'string' && (form.terminalEvents?.includes(event) ?? false)) return false;
  }
  if (
    acquisition.event !== undefined &&
    form.terminalEvents?.includes(acquisition.event) &&
    !isRecurring(trigger, acquisition, form, engine) &&
    !isSharedByWorks(acquisition, engine)
  )
    return false;
  const reached = new Set(way.functions.flatMap((fn) => [...engine.program.callees.reachedFrom(fn)]));
  if (removals.some((removal) => [...reached].some((fn) => isWithin(removal.node, fn)))) return false;
  return ![...reached].some((fn) => endsReceiver(fn, acquisition, engine));
}

/** A handler for the end of the receiver is left behind only by something that comes again and again. */
function isRecurring(
  trigger: ts.CallExpression | undefined,
  acquisition: Acquisition,
  form: RegistrationForm,
  engine: Engine,
): boolean {
  if (!trigger || !isOnSameReceiver(trigger, acquisition, engine)) return false;
  const event = constantOf(trigger.arguments[0], engine.program.scopes);
  return typeof event === 'string' && !form.terminalEvents?.includes(event) && !oneShotEvents.has(event);
}

function isOnce(node: Acquisition['node'], { identity }: RegistrationForm): boolean {
  const options = identity.options === undefined ? undefined : node.arguments?.[identity.options];
  const value = options && unwrap(options);
  return (
    value !== undefined &&
    ts.isObjectLiteralExpression(value) &&
    value.properties.some((property) => property.name && propertyNameText(property.name) === 'once')
  );
}

function isOnSameReceiver(call: ts.CallExpression, { receiver }: Acquisition, engine: Engine): boolean {
  const callee = unwrap(call.expression);
  return (
    receiver !== undefined &&
    ts.isPropertyAccessExpression(callee) &&
    listenMethods.has(callee.name.text) &&
    engine.program.places.same(callee.expression, receiver)
  );
}

/** Does the function end the receiver, or the instance that it belongs to: `socket.destroy()`, `this.close()`? */
function endsReceiver(fn: FunctionNode, { receiver, kind }: Acquisition, engine: Engine): boolean {
  const removers = kind.release.flatMap((form) => ('method' in form ? form.method : []));
  const place = receiver && engine.program.places.of(receiver);
  let found = false;
  if (fn.body && place)
    walk(fn.body, (inner) => {
      if (!ts.isCallExpression(inner)) return !found;
      const callee = unwrap(inner.expression);
      if (!ts.isPropertyAccessExpression(callee)) return !found;
      const { text } = callee.name;
      const target = engine.program.places.of(callee.expression);
      const isPart = target !== undefined && (place.key === target.key || place.key.startsWith(`${target.key}.`));
      if (isPart && !removers.includes(text) && isTeardown(text)) found = true;
      return !found;
    });
  return found;
}

function nameOf(fn: FunctionNode, engine: Engine): string {
  const owner = engine.program.members.ownerAt(fn);
  for (const member of owner?.members.values() ?? []) if (member.functions.includes(fn)) return member.name;
  return fn.name ? (propertyNameText(fn.name) ?? '') : '';
}

/** `emitter.on('done', …)`, `emitter.on(Events.done, …)` */
function isEventOf({ node }: Acquisition, { identity }: RegistrationForm, engine: Engine): boolean {
  const event = identity.event === undefined ? undefined : node.arguments?.[identity.event];
  return event !== undefined && node.arguments?.length === 2 && isEventName(event, engine);
}
