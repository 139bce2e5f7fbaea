/**
 * A timer that gives a work up: it fails the promise of the work, aborts its request, or stands in for an event that may not
 * come. When the work is over in another way, and that way does not clear it, it stays armed.
 */
import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import { constantOf } from '../../program/constants';
import type { OneShot } from '../../resources/model';
import { nodesIn } from '../../syntax/nodeIndex';
import { calls } from '../../syntax/selections';
import {
  calledName,
  enclosingFunction,
  type FunctionNode,
  hasModifier,
  isWithin,
  lineOf,
  rangeOf,
  ts,
  unwrap,
  wrapped,
} from '../../syntax/syntax';
import { endEvents } from '../../words/events';
import { listenMethods, listensOnce } from '../../words/listeners';
import { isPromiseStep } from '../../words/promises';
import { abortsWork, isSignalOf } from '../../words/states';
import { frequencyStep } from '../assess';
import { mayRepeat } from '../lifetime/frequency/frequency';
import { handedOut, type Way, waysOf, waysTo } from '../registrations/settlingWays';
import { executorAround } from '../registrations/works';
import { fatesOf } from '../values/fate';
import { isUnreferenced } from '../values/unreferenced';
import { weightOf } from './delays';
import { isClearedByTaker, isReleasedSomewhere } from './releaseSites';

/** How the work ends without the timer. */
interface Rival {
  readonly at: ts.Node;
  /** Other ways do clear it. */
  readonly isForgotten?: boolean;
}

/**
 * The finding for a timer that a work which is over leaves armed; undefined when each way out clears it, or unsure.
 * @param ownCallback the callback, if nobody else has it: what it clears is over by then
 */
export function judgeGiveUp(
  acquisition: Acquisition,
  { race, callback: position }: OneShot,
  callback: FunctionNode | undefined,
  ownCallback: FunctionNode | undefined,
  engine: Engine,
): Draft | undefined {
  const { kind, node, result } = acquisition;
  const given = node.arguments?.[position];
  if (!race || !result || !given || !ts.isCallExpression(node)) return undefined;
  const stored = fatesOf(result, engine.program).find((fate) => fate.kind === 'stored')?.place;
  if (isUnreferenced(result, stored, engine)) return undefined;
  const isLeft = !isReleasedSomewhere(acquisition, engine, ownCallback);
  const rival = isLeft
    ? (settledOtherwise(node, engine) ??
      (callback && (abortedRequest(callback, node, engine) ?? awaitedEvent(callback, node, engine))))
    : openWay(acquisition, node, ownCallback, engine);
  if (!rival) return undefined;
  const frequency = engine.frequency.of(node);
  const isAnew = isPromisedByMaker(node, engine);
  if (!isAnew && (frequency.level === 'once' || frequency.level === 'setup')) return undefined;
  const confidence = rival.isForgotten ? 'medium' : weightOf(acquisition, undefined, engine).confidence;
  return {
    kind: race,
    mechanism: 'error-or-early-exit-path',
    severity: 'low',
    confidence: isAnew || mayRepeat(frequency) ? confidence : 'low',
    message: `The ${kind.noun} stays armed when the work is over from line ${lineOf(rival.at)}${rival.isForgotten ? ', which does not clear it as others do' : ''}; it keeps the process and all that it captures until it fires.`,
    advice: 'Keep its handle and clear it on every way out of the work.',
    node,
    trail: [
      { role: 'acquired', message: `The ${kind.noun} is armed here`, range: rangeOf(node) },
      { role: 'exit', message: 'The work may be over here', range: rangeOf(rival.at) },
      frequencyStep(frequency, node),
    ],
  };
}

/** `function Fetch(url) { return new Promise(…); }`: what gives a promise makes no instance, and is called for each work. */
function isPromisedByMaker(node: ts.Node, engine: Engine): boolean {
  const promise = executorAround(node)?.parent;
  const maker = promise && ts.isReturnStatement(promise.parent) ? enclosingFunction(promise) : undefined;
  return maker !== undefined && engine.program.members.madeBy(maker).some(({ kind }) => kind === 'constructor');
}

/** The ways in which the promise of a timer settles without it; empty where the timer does not settle it. */
function rivalsOf(node: ts.CallExpression, engine: Engine): readonly Way[] {
  const executor = executorAround(node);
  if (!executor) return [];
  const ways = [...waysOf(executor, engine, waysTo), ...waysOf(executor, engine, handedOut)];
  // Its own callback does so at once, and is not the next step of what has come to its end before.
  const gives = ways.some(({ at, trigger, functions }) => {
    const own = functions.filter((fn) => !isWithin(node, fn));
    return trigger === node && (own.length === 1 || (own.length === 0 && isWithin(at, node)));
  });
  if (!gives || isNextStep(node, executor)) return [];
  return ways.filter(({ at, trigger }) => trigger !== node && !isWithin(at, node));
}

/** `.catch(() => setTimeout(again, ms))`: what the promise of this step settles is over by now. */
function isNextStep(node: ts.Node, executor: FunctionNode): boolean {
  for (let fn = enclosingFunction(node); fn && fn !== executor; fn = enclosingFunction(fn)) {
    if (hasModifier(fn, ts.SyntaxKind.AsyncKeyword)) return true;
    const up = ts.isArrowFunction(fn) || ts.isFunctionExpression(fn) ? wrapped(fn).parent : undefined;
    if (up && ts.isCallExpression(up) && isPromiseStep(calledName(up))) return true;
  }
  return false;
}

/** `new Promise((resolve, reject) => { setTimeout(reject, ms); request.on('response', resolve); })` */
function settledOtherwise(node: ts.CallExpression, engine: Engine): Rival | undefined {
  return rivalsOf(node, engine)[0];
}

/** Some handlers of the promise clear it, and one that settles it does not. */
function openWay(
  { result, kind }: Acquisition,
  node: ts.CallExpression,
  callback: FunctionNode | undefined,
  engine: Engine,
): Rival | undefined {
  const executor = executorAround(node);
  const fates = result ? fatesOf(result, engine.program) : [];
  const place = fates.length === 1 && fates[0]?.kind === 'stored' ? fates[0].place : undefined;
  if (!executor || place?.root.kind !== 'declaration' || place.path.length > 0) return undefined;
  const reads = engine.uses.reads(place.key).filter((use) => !callback || !isWithin(use, callback));
  const clears = engine.releasesOf(kind).byPlace.get(place.key) ?? [];
  const { reachedFrom } = engine.program.callees;
  const isIn = (use: ts.Node, fns: readonly FunctionNode[]): boolean => fns.some((fn) => isWithin(use, fn));
  // Only handlers of the promise itself clear it: no one has it beside them.
  const inHandlers = [...reachedFrom(executor)].filter((fn) => fn !== executor && isWithin(fn, executor));
  const isCleared = (use: ts.Expression): boolean =>
    clears.some((clear) => isWithin(use, clear)) || isClearedByTaker(use, kind, engine);
  if (!reads.every((use) => isIn(use, inHandlers) && isCleared(use))) return undefined;
  // What clears it at the end of all covers each way there.
  if (reads.some((use) => isAtEnd(use, engine))) return undefined;
  const open = rivalsOf(node, engine).find(({ functions, trigger }) => {
    const run = functions.flatMap((fn) => [...reachedFrom(fn)]);
    return trigger !== undefined && !reads.some((use) => isIn(use, run));
  });
  return open && { at: open.at, isForgotten: true };
}

/** In a handler of the end: `request.on('close', () => clearTimeout(timer))`. */
function isAtEnd(use: ts.Node, engine: Engine): boolean {
  for (let fn = enclosingFunction(use); fn; fn = enclosingFunction(fn)) {
    const up = ts.isArrowFunction(fn) || ts.isFunctionExpression(fn) ? wrapped(fn).parent : undefined;
    const event = up && ts.isCallExpression(up) ? constantOf(up.arguments[0], engine.program.scopes) : undefined;
    if (typeof event === 'string' && endEvents.has(event)) return true;
  }
  return false;
}

/** `setTimeout(() => controller.abort(), ms)`, and what is given the signal may be over before. */
function abortedRequest(callback: FunctionNode, node: ts.CallExpression, engine: Engine): Rival | undefined {
  for (const call of nodesIn(callback, calls)) {
    const callee = unwrap(call.expression);
    if (!ts.isPropertyAccessExpression(callee) || !abortsWork(callee.name.text)) continue;
    const place = engine.program.places.of(callee.expression);
    if (place?.root.kind !== 'declaration' || !place.root.declaration.scope.func) continue;
    const used = engine.uses.reads(place.key).find((use) => {
      const up = wrapped(use).parent;
      return use.pos > node.end && ts.isPropertyAccessExpression(up) && isSignalOf(up.name.text);
    });
    if (used) return { at: used };
  }
  return undefined;
}

/** `child.once('exit', done); setTimeout(done, ms)`: whichever comes first. */
function awaitedEvent(callback: FunctionNode, node: ts.CallExpression, engine: Engine): Rival | undefined {
  if (isWithin(callback, node) || isWithin(node, callback)) return undefined;
  for (const value of engine.program.callees.usesOf(callback).values) {
    const call = wrapped(value).parent;
    if (!ts.isCallExpression(call) || call === node) continue;
    const name = calledName(call);
    const event = constantOf(call.arguments[0], engine.program.scopes);
    if (!listenMethods.has(name) || typeof event !== 'string') continue;
    if (listensOnce(name) || endEvents.has(event)) return { at: call };
  }
  return undefined;
}
