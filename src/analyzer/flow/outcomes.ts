/**
 * Work that settles by callbacks: the executor of a promise, a function that calls back. It opens something of its own, and
 * its handlers end that where they settle the work. A way of settling that ends nothing leaves it open, for nobody else
 * has it: the time limit that resolves with the default, the error that rejects, the answer beside the failure.
 */

import { isErrorFirst } from '../acquiring/callbacks';
import { type Acquisition, activatorsOf } from '../acquisitions';
import { constantOf } from '../constants';
import type { Draft } from '../draft';
import type { Engine } from '../engine';
import { fileRoleOf } from '../fileRole';
import { nodesIn } from '../nodeIndex';
import { frequencyStep } from '../ownership/assess';
import { runsLaterOnce } from '../ownership/words/callbacks';
import { endEvents, openEvents } from '../ownership/words/events';
import { registersEnd } from '../ownership/words/hooks';
import { listenMethods } from '../ownership/words/listeners';
import { opensIt } from '../ownership/words/starts';
import type { ResourceKind } from '../resources/model';
import type { Declaration } from '../scopes';
import { instantiations } from '../selections';
import {
  enclosingFunction,
  type FunctionNode,
  isAssignment,
  isFunctionNode,
  isNewPromise,
  isWithin,
  lineOf,
  rangeOf,
  ts,
  unwrap,
  wrapped,
} from '../syntax';
import { buildGraph, type Graph, type Point } from './graph';
import { handsOn, holderOf, releaseMethodsOf, roleOf } from './roles';
import { createThrowing } from './throwing';

/** A piece of work with the names that settle it. */
interface Work {
  readonly fn: FunctionNode;
  readonly settlers: readonly Declaration[];
}

/** Where a handler settles, and what calls the handler. */
interface Way {
  readonly at: ts.Node;
  /** The call that waits, or the assignment of the handler. */
  readonly trigger: ts.Node | undefined;
  readonly handler: FunctionNode | undefined;
}

/** Findings for local handles that one of several outcomes leaves open. */
export function findUnendedOutcomes(
  engine: Engine,
  acquisitions: readonly Acquisition[],
  known: readonly Draft[],
): readonly Draft[] {
  if (fileRoleOf(engine.program.path, engine.program.text) !== 'production') return [];
  const told = new Set(known.filter(({ confidence }) => confidence !== 'low').map(({ node }) => node));
  const graphs = new Map<FunctionNode, Graph>();
  const throwing = createThrowing(engine.program);
  const graphOf = (fn: FunctionNode): Graph => {
    const graph = graphs.get(fn) ?? buildGraph(fn, throwing);
    graphs.set(fn, graph);
    return graph;
  };
  return acquisitions.flatMap((acquisition) => {
    const draft = told.has(acquisition.node) ? undefined : judge(acquisition, engine, graphOf);
    return draft ? [draft] : [];
  });
}

function judge(acquisition: Acquisition, engine: Engine, graphOf: (fn: FunctionNode) => Graph): Draft | undefined {
  const { kind, form, node, result, parameter } = acquisition;
  if (kind.givenForGood || kind.family !== 'handle' || kind.heldBy !== 'runtime' || kind.oneShot || kind.endsByItself)
    return undefined;
  if (acquisition.assumed || acquisition.shared || (form.form === 'call' && form.endsByItself)) return undefined;
  const holder = parameter
    ? engine.program.scopes.declarationOf(parameter.declaration)
    : result && holderOf(result, engine);
  const work = holder && (parameter ? workAfter(parameter.callback, engine) : workOf(node, engine));
  if (!holder || !work) return undefined;
  const frequency = engine.frequency.of(node);
  if (frequency.level === 'once' || frequency.level === 'setup') return undefined;
  const handed = holder.references.flatMap((use) => handsOn(use, kind) ?? []);
  const releases = releasesOf(holder, work, acquisition, engine);
  if (!releases || releases.length + handed.length === 0) return undefined;
  const settles = work.settlers.flatMap(({ references, node: own }) =>
    references.filter((use) => use !== own && !isRewrapped(use)),
  );
  const ended = reaching([...releases, ...handed], work, engine);
  const settling = reaching(settles, work, engine);
  // Some other event ends it, whatever the outcome was.
  if (releases.some((site) => isIndependent(site, settling.functions, work, holder, engine))) return undefined;
  // It is ended as soon as it opens, whatever was told before. Who waits no longer for that has to end it.
  const opening = releases.some((site) => isAtOpening(site, holder, engine));
  if (opening && activatorsOf(form)) return undefined;
  const proof = [...releases, ...handed].find((site) => {
    const fn = enclosingFunction(site);
    if (fn === undefined || fn === work.fn || !isWithin(fn, work.fn)) return false;
    return !kind.endsAlone || isOfOwnNews(fn, holder, engine);
  });
  if (!proof) return undefined;
  const leaving = new Leaving(work, ended, holder, engine, graphOf);
  const way = settles
    .flatMap((site) => leaving.waysFrom(site, 0))
    .find((one) =>
      opening ? isOwnTimeout(one, holder, engine) : isOpen(one, acquisition, holder, releases, work, engine),
    );
  if (!way) return undefined;
  const participle = kind.participle ?? 'released';
  return {
    kind: kind.id,
    mechanism: 'error-or-early-exit-path',
    severity: 'medium',
    confidence: 'medium',
    message: `The ${kind.noun} \`${holder.name}\` stays open when the work is settled on line ${lineOf(way.at)}; on another outcome line ${lineOf(proof)} has it ${participle}.`,
    advice: `Have it ${participle} on every outcome.`,
    node,
    trail: [
      { role: 'acquired', message: `The ${kind.noun} is opened here`, range: rangeOf(node) },
      { role: 'exit', message: 'Settled here, and left open', range: rangeOf(way.at) },
      { role: 'release', message: 'Another outcome comes here', range: rangeOf(proof) },
      frequencyStep(frequency, enclosingFunction(node)?.name ?? node),
    ],
  };
}

/** `callback = once(callback)`: settles nothing yet. */
function isRewrapped(use: ts.Identifier): boolean {
  for (let at: ts.Node = use; ts.isExpression(at); at = at.parent)
    if (isAssignment(at)) return at.left.getText() === use.text;
  return false;
}

/** `socket.once('connect', () => socket.end())` */
function isAtOpening(site: ts.Node, holder: Declaration, engine: Engine): boolean {
  const fn = enclosingFunction(site);
  const trigger = fn && triggerOf(fn);
  if (!trigger) return false;
  if (isAssignment(trigger)) return /\.onopen$/.test(trigger.left.getText()) && isOf(trigger.left, holder, engine);
  if (!ts.isCallExpression(trigger) || !isOf(trigger.expression, holder, engine)) return false;
  const callee = unwrap(trigger.expression);
  const event = constantOf(trigger.arguments[0], engine.program.scopes);
  return (
    (typeof event === 'string' && openEvents.has(event)) ||
    (ts.isPropertyAccessExpression(callee) && callee.name.text === 'connect')
  );
}

/** `socket.on('timeout', () => resolve(false))`, `socket.setTimeout(limit, …)`: it only tells, and ends nothing. */
function isOwnTimeout({ trigger }: Way, holder: Declaration, engine: Engine): boolean {
  if (!trigger || !ts.isCallExpression(trigger) || !isOf(trigger.expression, holder, engine)) return false;
  const callee = unwrap(trigger.expression);
  return (
    ts.isPropertyAccessExpression(callee) &&
    (runsLaterOnce(callee.name.text) || constantOf(trigger.arguments[0], engine.program.scopes) === 'timeout')
  );
}

/** `child.on('message', …)`: who ends it after an error or a time limit may leave it to end by itself after its work. */
function isOfOwnNews(fn: FunctionNode, holder: Declaration, engine: Engine): boolean {
  const name = nameOf(fn, engine);
  return (name ? usesOf(name) : [fn]).some((use) => {
    const up = wrapped(use as ts.Expression).parent;
    const home = enclosingFunction(use);
    if (ts.isCallExpression(up) && up.expression === wrapped(use as ts.Expression))
      return home !== undefined && home !== fn && isOfOwnNews(home, holder, engine);
    if (isAssignment(up)) return /\.onmessage$/.test(up.left.getText()) && isOf(up.left, holder, engine);
    if (!ts.isCallExpression(up) || !isOf(up.expression, holder, engine)) return false;
    return constantOf(up.arguments[0], engine.program.scopes) === 'message';
  });
}

/** The executor around it, the promise that the function makes afterwards, or the function that calls back. */
function workOf(node: ts.Node, engine: Engine): Work | undefined {
  const { scopes } = engine.program;
  const fn = enclosingFunction(node);
  if (!fn) return undefined;
  const executors = isExecutor(fn)
    ? [fn]
    : nodesIn(fn, instantiations).flatMap((made) => {
        const [executor] = made.arguments ?? [];
        const given = executor && unwrap(executor);
        const isLater = isNewPromise(made) && made.pos > node.pos && enclosingFunction(made) === fn;
        return isLater && given && isFunctionNode(given) ? [given] : [];
      });
  const [executor] = executors;
  const given =
    executor && executors.length === 1
      ? executor.parameters.slice(0, 2)
      : executors.length === 0
        ? fn.parameters.filter((parameter) => isCalledBack(parameter, engine))
        : [];
  const settlers = given.flatMap((parameter) => scopes.declarationOf(parameter) ?? []);
  return settlers.length > 0 ? { fn: executor ?? fn, settlers } : undefined;
}

/** What a callback goes on with: the function around it calls back when all is done. */
function workAfter(callback: FunctionNode, engine: Engine): Work | undefined {
  const around = enclosingFunction(callback);
  const executor = around && isExecutor(around);
  const given = around?.parameters.filter((parameter, index) =>
    executor ? index < 2 : isCalledBack(parameter, engine),
  );
  const settlers = (given ?? []).flatMap((parameter) => engine.program.scopes.declarationOf(parameter) ?? []);
  return settlers.length > 0 ? { fn: callback, settlers } : undefined;
}

/** `done(null, rows)`, `done(new Error(…))`, `done(error)`: told of an error first, and of the outcome. */
function isCalledBack(parameter: ts.ParameterDeclaration, engine: Engine): boolean {
  const { scopes } = engine.program;
  const given = ts.isIdentifier(parameter.name) ? scopes.declarationOf(parameter) : undefined;
  return (
    given?.references.some((use) => {
      const call = wrapped(use).parent;
      const first = ts.isCallExpression(call) && call.expression === wrapped(use) ? call.arguments[0] : undefined;
      const value = first && unwrap(first);
      if (!value) return false;
      if (ts.isNewExpression(value)) return /Error$/.test(value.expression.getText());
      if (/^(?:null|undefined)$/.test(value.getText())) return true;
      const told = ts.isIdentifier(value) ? scopes.resolve(value) : undefined;
      const handler = told?.kind === 'parameter' ? told.scope.func : undefined;
      return (
        handler !== undefined && isErrorFirst(handler) && handler.parameters[0]?.name === nameOfParameter(told?.node)
      );
    }) ?? false
  );
}

function nameOfParameter(node: ts.Node | undefined): ts.Node | undefined {
  return node && ts.isParameter(node) ? node.name : node;
}

function isExecutor(fn: FunctionNode): boolean {
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return false;
  const up = wrapped(fn).parent;
  return isNewPromise(up) && up.arguments?.[0] === wrapped(fn);
}

/** The calls that end it; undefined where somebody else may have it. */
function releasesOf(
  holder: Declaration,
  work: Work,
  { kind }: Acquisition,
  engine: Engine,
): readonly ts.Node[] | undefined {
  const methods = releaseMethodsOf(kind);
  const found: ts.Node[] = [];
  for (const use of holder.references) {
    if (use === holder.node || handsOn(use, kind)) continue;
    const role = roleOf(use, methods, kind, engine);
    if (role === 'escape') return undefined;
    if (role === 'use') continue;
    if (!isWithin(role, work.fn) || !isRunHere(role, work, engine)) return undefined;
    found.push(role);
  }
  return found;
}

/** Only in functions that the work calls or gives to what it waits for: who returns one, or keeps it, leaves the end to others. */
function isRunHere(site: ts.Node, { fn: work, settlers }: Work, engine: Engine): boolean {
  for (let fn = enclosingFunction(site); fn && fn !== work; fn = enclosingFunction(fn)) {
    const name = nameOf(fn, engine);
    for (const use of name ? usesOf(name) : [fn]) {
      const outer = wrapped(use as ts.Expression);
      const up = outer.parent;
      if (isAssignment(up) && up.right === outer && /\.on[a-z]+$/.test(up.left.getText())) continue;
      if (!ts.isCallExpression(up)) return false;
      const callee = unwrap(up.expression);
      const settler = ts.isIdentifier(callee) ? engine.program.scopes.resolve(callee) : undefined;
      if (settler && up.expression !== outer && settlers.includes(settler)) return false;
      if (up.expression !== outer && ts.isIdentifier(callee) && registersEnd(callee.text)) return false;
    }
  }
  return true;
}

function nameOf(fn: FunctionNode, engine: Engine): Declaration | undefined {
  if (ts.isFunctionDeclaration(fn)) return engine.program.scopes.declarationOf(fn);
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return undefined;
  const up = wrapped(fn).parent;
  return ts.isVariableDeclaration(up) ? engine.program.scopes.declarationOf(up) : undefined;
}

function usesOf({ references, node }: Declaration): readonly ts.Expression[] {
  return references.filter((use) => (use as ts.Node) !== node && !ts.isVariableDeclaration(use.parent));
}

interface Reaching {
  /** By function: calls that do it then and there. */
  readonly now: ReadonlyMap<FunctionNode, ReadonlySet<ts.Node>>;
  /** By function: functions that are handed on and will do it. */
  readonly later: ReadonlyMap<FunctionNode, ReadonlySet<ts.Node>>;
  readonly functions: ReadonlySet<FunctionNode>;
}

/** Where do the functions of the work come to one of the sites: themselves, by those that they call, or by those they hand on? */
function reaching(sites: readonly ts.Node[], work: Work, engine: Engine): Reaching {
  const now = new Map<FunctionNode, Set<ts.Node>>();
  const later = new Map<FunctionNode, Set<ts.Node>>();
  const queue = sites.map((node) => ({ node, soon: true }));
  const seen = new Set<ts.Node>();
  for (let next = queue.pop(); next; next = queue.pop()) {
    const { node, soon } = next;
    const fn = enclosingFunction(node);
    if (seen.has(node) || !fn || !isWithin(fn, work.fn)) continue;
    seen.add(node);
    const into = soon ? now : later;
    into.set(fn, (into.get(fn) ?? new Set()).add(node));
    if (fn === work.fn) continue;
    const name = nameOf(fn, engine);
    if (!name) queue.push({ node: fn, soon: false });
    for (const use of name ? usesOf(name) : []) {
      const up = wrapped(use).parent;
      const call = ts.isCallExpression(up) && up.expression === wrapped(use) ? up : undefined;
      queue.push({ node: call ?? use, soon: soon && call !== undefined });
    }
  }
  return { now, later, functions: new Set(now.keys()) };
}

/** Is it ended by a handler that settles nothing: of an event that comes sooner or later? */
function isIndependent(
  site: ts.Node,
  settling: ReadonlySet<FunctionNode>,
  work: Work,
  holder: Declaration,
  engine: Engine,
  depth = 0,
): boolean {
  const fn = enclosingFunction(site);
  if (!fn || fn === work.fn || settling.has(fn) || depth > 4) return false;
  const name = nameOf(fn, engine);
  if (name) return usesOf(name).some((use) => isIndependent(use, settling, work, holder, engine, depth + 1));
  const call = wrapped(fn as ts.Expression).parent;
  // Inside a handler that settles: the end comes with it.
  if (isIndependentOf(fn, settling, work)) return false;
  return !(ts.isCallExpression(call) && constantOf(call.arguments[0], engine.program.scopes) === 'error');
}

function isIndependentOf(fn: FunctionNode, settling: ReadonlySet<FunctionNode>, work: Work): boolean {
  for (let up = enclosingFunction(fn); up && up !== work.fn; up = enclosingFunction(up))
    if (settling.has(up)) return true;
  return false;
}

/** The ways on which the work is settled and nothing has ended, nor will end, what is open. */
class Leaving {
  constructor(
    private readonly work: Work,
    private readonly ended: Reaching,
    private readonly holder: Declaration,
    private readonly engine: Engine,
    private readonly graphOf: (fn: FunctionNode) => Graph,
  ) {}

  /** @param use a name that settles, or that of a function that does */
  waysFrom(use: ts.Expression, depth: number, at: ts.Node = use): readonly Way[] {
    const fn = enclosingFunction(use);
    const { work } = this;
    if (!fn || depth > 4 || !isWithin(fn, work.fn)) return [];
    const up = wrapped(use).parent;
    const call = ts.isCallExpression(up) ? up : undefined;
    if (!call) return this.assigned(use, fn, at);
    if (call.expression !== wrapped(use)) {
      // `socket.on('error', reject)`
      return this.passes(fn, use, false) && this.isOpenAbove(fn) ? [{ at, trigger: call, handler: undefined }] : [];
    }
    if (fn === work.fn || !this.passes(fn, call, true)) return [];
    const name = nameOf(fn, this.engine);
    if (name)
      return usesOf(name).flatMap((one) =>
        isWithin(one, fn) ? [] : this.waysFrom(one, depth + 1, depth === 0 ? call : at),
      );
    return this.isOpenAbove(fn) ? [{ at: depth === 0 ? call : at, trigger: triggerOf(fn), handler: fn }] : [];
  }

  /** `socket.onerror = reject` */
  private assigned(use: ts.Expression, fn: FunctionNode, at: ts.Node): readonly Way[] {
    const up = wrapped(use).parent;
    if (!isAssignment(up) || up.right !== wrapped(use) || !ts.isPropertyAccessExpression(up.left)) return [];
    return this.passes(fn, use, false) && this.isOpenAbove(fn) ? [{ at, trigger: up, handler: undefined }] : [];
  }

  /** Is it still open where the function is handed on, and afterwards? */
  private isOpenAbove(fn: FunctionNode): boolean {
    if (fn === this.work.fn) return true;
    const parent = enclosingFunction(fn);
    if (!parent || !isWithin(parent, this.work.fn)) return false;
    const name = nameOf(fn, this.engine);
    const places: readonly ts.Node[] = name ? usesOf(name) : [fn];
    return places.some((place) => {
      const home = enclosingFunction(place);
      return home !== undefined && home !== fn && this.passes(home, place, false) && this.isOpenAbove(home);
    });
  }

  /** Is there a way through the function that comes by the node and by no end, before or after? */
  private passes(fn: FunctionNode, node: ts.Node, mayBeLater: boolean): boolean {
    const ends = new Set<ts.Node>(this.ended.now.get(fn));
    if (mayBeLater) for (const one of this.ended.later.get(fn) ?? []) ends.add(one);
    const { entry } = this.graphOf(fn);
    const seen = new Set<string>();
    const queue: { point: Point; past: boolean }[] = [{ point: entry, past: false }];
    for (let next = queue.pop(); next; next = queue.pop()) {
      const { point } = next;
      const past = next.past || point.node === node;
      const key = `${point.id} ${past}`;
      if (seen.has(key)) continue;
      seen.add(key);
      if (point.node && (ends.has(point.node) || this.guards(point, ends))) continue;
      if (point.exit && past) return true;
      for (const edge of point.edges) if (edge.kind !== 'throw') queue.push({ point: edge.to, past });
    }
    return false;
  }

  /** `if (!child.killed) child.kill()`, `socket?.close()`: where the condition does not hold there is nothing to end. */
  private guards({ isTest, node }: Point, ends: ReadonlySet<ts.Node>): boolean {
    if (!isTest || !node) return false;
    if (!this.holder.references.some((use) => isWithin(use, node))) return false;
    for (let up: ts.Node = node; up.parent && !isFunctionNode(up.parent); up = up.parent) {
      if ([...ends].some((end) => isWithin(end, up))) return true;
      if (ts.isStatement(up)) return false;
    }
    return false;
  }
}

function triggerOf(fn: FunctionNode): ts.Node | undefined {
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return undefined;
  const up = wrapped(fn).parent;
  return ts.isCallExpression(up) || isAssignment(up) ? up : undefined;
}

/** Nothing has ended it by itself there, and no time limit still will. */
function isOpen(
  { trigger, handler }: Way,
  { kind, form }: Acquisition,
  holder: Declaration,
  releases: readonly ts.Node[],
  work: Work,
  engine: Engine,
): boolean {
  if (!trigger || armsRelease(releases, trigger, handler, work, engine)) return false;
  const { scopes } = engine.program;
  if (isAssignment(trigger)) {
    const left = unwrap(trigger.left);
    if (!ts.isPropertyAccessExpression(left) || !isOf(left.expression, holder, engine)) return true;
    return leavesOpen(left.name.text.replace(/^on/, ''), kind);
  }
  if (!ts.isCallExpression(trigger)) return false;
  const callee = unwrap(trigger.expression);
  if (!ts.isPropertyAccessExpression(callee) || !isOf(callee.expression, holder, engine)) return true;
  const event = constantOf(trigger.arguments[0], scopes);
  if (listenMethods.has(callee.name.text)) return typeof event === 'string' && leavesOpen(event, kind);
  // `client.connect((error) => …)`: what could not be opened needs no end.
  const opens = opensIt(callee.name.text) || activatorsOf(form)?.includes(callee.name.text);
  return !(opens && (handler === undefined || isErrorFirst(handler)));
}

/** After the end of it, or of its output, nothing is left; where it is ready, the work only begins. */
function leavesOpen(event: string, { survives }: ResourceKind): boolean {
  if (survives?.includes(event)) return true;
  return !endEvents.has(event) && !openEvents.has(event) && event !== 'error';
}

function isOf(expression: ts.Expression, holder: Declaration, engine: Engine): boolean {
  let base = unwrap(expression);
  // `child.stdout.on('end', …)`, `socket.setTimeout(…).on('error', …)`
  for (;;) {
    if (ts.isPropertyAccessExpression(base)) base = unwrap(base.expression);
    else if (ts.isCallExpression(base)) base = unwrap(base.expression);
    else break;
  }
  return ts.isIdentifier(base) && engine.program.scopes.resolve(base) === holder;
}

function isTimer(callee: ts.Expression): boolean {
  return ts.isIdentifier(callee) && runsLaterOnce(callee.text);
}

/** A time limit that ends it is still armed: this way does not clear it. */
function armsRelease(
  releases: readonly ts.Node[],
  trigger: ts.Node,
  handler: FunctionNode | undefined,
  work: Work,
  engine: Engine,
): boolean {
  const isArmed = releases.some((site) => {
    for (let fn = enclosingFunction(site); fn; fn = enclosingFunction(fn)) {
      if (fn === handler) return false;
      const call = triggerOf(fn);
      if (!call || call === trigger || !ts.isCallExpression(call) || !isTimer(unwrap(call.expression))) continue;
      if (enclosingFunction(call) === work.fn) return true;
    }
    return false;
  });
  if (!isArmed) return false;
  const reached = handler ? [...engine.program.callees.reachedFrom(handler)] : [];
  return !reached.some((fn) => /\bclear(?:Timeout|Immediate)\(|\.clear\(/.test(fn.getText()));
}
