/**
 * Handlers of a piece of work that settles: a promise whose executor listens, an async function that awaits. When the
 * work is settled by something else than the handler, and that way removes nothing, the handler stays on a receiver
 * that outlives the work; each call adds one.
 */
import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import type { TrailStep } from '../../findings/findings';
import { createThrowing } from '../../flow/throwing';
import { constantOf } from '../../program/constants';
import type { RegistrationForm } from '../../resources/acquireForms';
import {
  calledName,
  enclosingFunction,
  type FunctionNode,
  isWithin,
  lineOf,
  rangeOf,
  ts,
  unwrap,
  wrapped,
} from '../../syntax/syntax';
import { continuations, timerCalls } from '../../words/callbacks';
import { inserts } from '../../words/collections';
import { endEvents } from '../../words/events';
import { listenMethods } from '../../words/listeners';
import { isOfFailure } from '../../words/states';
import { frequencyStep } from '../assess';
import { type Frequency, mayRepeat } from '../lifetime/frequency/frequency';
import { lifetimeOf } from '../lifetime/lifetime';
import { isEventName } from './bindings';
import { releasesItself } from './endingOptions';
import { staysOnSignal } from './leftSignals';
import { isOnSameReceiver, isOpen } from './openWays';
import { callersOwn, holderOf, instances, isUsedAgain } from './receiversOfWorks';
import { findRemovals, matchesRemoval, type Removal } from './removals';
import { isEndedByResult } from './resultEnds';
import { givenToCalls, handedOut, type Way, waysOf, waysTo } from './settlingWays';
import { isSharedByWorks } from './sharedByWorks';
import { endOf, failureOf, raced } from './workEnds';
import { cleanUpAround, executorAround, workAround } from './works';

/** The finding for a handler that outlives the work it belongs to; undefined when each way out removes it, or unsure. */
export function judgeSettlement(acquisition: Acquisition, engine: Engine): Draft | undefined {
  const { form, node, kind } = acquisition;
  if (form.form !== 'registration' || !ts.isCallExpression(node)) return undefined;
  // Of others only a removal tells that a wait before it may skip.
  if (!kind.settled && !form.givesUp && executorAround(node)) return undefined;
  // The end of the process comes once; an emitter of the file's own tells of it whom it likes.
  if (
    acquisition.event !== undefined &&
    form.oneShotEvents?.includes(acquisition.event) &&
    lifetimeOf(acquisition.receiver, engine).level !== 'module'
  )
    return undefined;
  const { options } = form.identity;
  if (options !== undefined && releasesItself(node.arguments[options], engine, false)) return undefined;
  if (isEndedByResult(node, engine)) return undefined;
  const holder = holderOf(acquisition, form, engine);
  if (!holder) return undefined;
  const executor = executorAround(node);
  if (form.disposable && !(executor && ts.isExpressionStatement(wrapped(node).parent))) return undefined;
  const around =
    executor ?? workAround(node, form.givesUp === true) ?? (form.givesUp ? cleanUpAround(node) : undefined);
  if (
    !around ||
    !(
      isRepeated(around, form.givesUp === true, engine) ||
      (form.once && mayRepeat(engine.frequency.ofFunction(around))) ||
      (form.givesUp && isOfWrapper(acquisition, engine))
    )
  )
    return undefined;
  const removals = ofThisHandler(
    acquisition,
    form,
    findRemovals(acquisition, engine).filter((removal) => matchesRemoval(acquisition, removal, engine) === undefined),
    engine,
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
  const isBesideIt = executor !== undefined && removals.some((removal) => isBeside(removal, executor));
  // Whoever made the promise takes the handler off after its wait, unless that fails.
  const waiting = isBesideIt ? workAround(executor.parent, false) : undefined;
  if (isBesideIt && !waiting) return undefined;
  // Whatever the outcome, the end of what the work runs on comes.
  if (removals.some((removal) => isAtTheEnd(removal.node, engine) || isKept(removal.node, node, engine)))
    return undefined;
  // All are taken off together at some time.
  if (
    removals.some(
      ({ identity, node: removal }) => identity.handler === -1 && !(executor && isWithin(removal, executor)),
    )
  )
    return undefined;
  // What a caller hands over may be made for this one call: only a wait for one event, or a removal that is missed, tells.
  if (!form.givesUp && !form.once && removals.length === 0 && holder === callersOwn && !again) return undefined;
  const open = waiting
    ? failureOf(waiting, node, removals)
    : executor
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
  // What nothing but the removal tells of stays only where the wait is for a work that may well fail.
  if (!kind.settled && !form.givesUp && createThrowing(engine).likelihood(open.at) !== 'likely') return undefined;
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
  // The failure hardly comes, and what the caller gives is mostly of that one attempt.
  const isRareEnd =
    holder === callersOwn &&
    open.trigger === undefined &&
    removals.length > 0 &&
    !isLeftBetween(node, removals) &&
    !isUsedAgain(acquisition, engine);
  const isOfOneWork =
    (holder === callersOwn || holder === instances) && (open.trigger !== undefined || removals.length === 0);
  const trail: TrailStep[] = [
    { role: 'acquired', message: `Listener${event} added here`, range: rangeOf(node) },
    { role: 'held', message: `${target} keeps it: it ${holder}`, range: rangeOf(receiver ?? node) },
    { role: 'exit', message: 'The work may end here without removing it', range: rangeOf(open.at) },
    frequencyStep(frequency, around),
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
    severity:
      // The event of one that is late mostly comes in the end, and takes it off; a failure mostly does not come.
      (form.once && (rival || removals.length === 0) && !isOfFailure(acquisition.event ?? '')) ||
      ((isOfOneWork || isRareEnd) && !isSharedByWorks(acquisition, engine)) ||
      isOfProcess(acquisition, form, frequency)
        ? 'low'
        : 'medium',
    confidence:
      isOfOneWork &&
      !open.isRaced &&
      removals.length === 0 &&
      !staysOnSignal(acquisition, around, open.trigger, engine) &&
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

/** The author's own way out before the removal: `if (isLate) throw new Error(…)`. */
function isLeftBetween(node: ts.Node, [removal]: readonly Removal[]): boolean {
  return (
    removal !== undefined && /\b(?:throw|return)\b/.test(node.getSourceFile().text.slice(node.end, removal.node.pos))
  );
}

/** `process.once('SIGINT', stop)`: who waits for such an event runs the program, and mostly does so once. */
function isOfProcess(
  { event }: Acquisition,
  { lastEvents, lifecycleEvents }: RegistrationForm,
  { level }: Frequency,
): boolean {
  return event !== undefined && level !== 'hot' && [lastEvents, lifecycleEvents].some((all) => all?.includes(event));
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
  if (!taker) return false;
  return isRepeated(taker, true, engine) || engine.frequency.ofFunction(taker).level === 'unknown';
}

/** Where a removal names the very variable of the work that the handler is in, others that are called so are of other works. */
function ofThisHandler(
  { node }: Acquisition,
  { identity }: RegistrationForm,
  removals: readonly Removal[],
  engine: Engine,
): readonly Removal[] {
  const handler = node.arguments?.[identity.handler];
  const place = handler && engine.program.places.of(handler);
  if (place?.root.kind !== 'declaration' || !place.root.declaration.scope.func) return removals;
  const exact = removals.filter((removal) => {
    const named = removal.identity.handler === -1 ? undefined : removal.node.arguments[removal.identity.handler];
    return named !== undefined && engine.program.places.of(named)?.key === place.key;
  });
  return exact.length > 0 ? exact : removals;
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
function isKept(node: ts.Node, registration: ts.Node, engine: Engine): boolean {
  for (let fn = enclosingFunction(node); fn && !isWithin(registration, fn); fn = enclosingFunction(fn)) {
    if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) continue;
    const up = wrapped(fn).parent;
    if (ts.isVariableDeclaration(up)) {
      if (isPutAway(up, engine)) return true;
      continue;
    }
    if (!ts.isCallExpression(up)) return true;
    if (up.expression === wrapped(fn)) continue;
    // Given to something that may run it at the end: `subscription.add(() => off())`.
    const name = calledName(up);
    if (!listenMethods.has(name) && !timerCalls.has(name) && !continuations.has(name)) return true;
  }
  return false;
}

/** `const stop = () => off(); source.closers.push(stop);`: into a list of something that others have, too. */
function isPutAway(variable: ts.VariableDeclaration, { program }: Engine): boolean {
  const declaration = program.scopes.declarationOf(variable);
  return (declaration?.references ?? []).some((use) => {
    const call = wrapped(use).parent;
    if (!ts.isCallExpression(call) || call.expression === wrapped(use) || !inserts.has(calledName(call))) return false;
    const callee = unwrap(call.expression);
    return ts.isPropertyAccessExpression(callee) && ts.isPropertyAccessExpression(unwrap(callee.expression));
  });
}

/** `emitter.on('done', …)`, `emitter.on(Events.done, …)` */
function isEventOf({ node }: Acquisition, { identity }: RegistrationForm, engine: Engine): boolean {
  const event = identity.event === undefined ? undefined : node.arguments?.[identity.event];
  return event !== undefined && node.arguments?.length === 2 && isEventName(event, engine);
}
