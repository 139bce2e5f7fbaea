/**
 * Work that settles by callbacks: the executor of a promise, a function that calls back. It opens something of its own, and
 * its handlers end that where they settle the work. A way of settling that ends nothing leaves it open, for nobody else
 * has it: the time limit that resolves with the default, the error that rejects, the answer beside the failure.
 */
import { type Acquisition, activatorsOf } from '../acquiring/acquisitions';
import type { Engine } from '../engine';
import { fileRoleOf } from '../files/fileRole';
import type { Draft } from '../findings/draft';
import { frequencyStep } from '../ownership/assess';
import { constantOf } from '../program/constants';
import type { Declaration } from '../program/scopes';
import {
  type CallLike,
  enclosingFunction,
  type FunctionNode,
  isAssignment,
  isFunctionNode,
  isWithin,
  lineOf,
  rangeOf,
  ts,
  unwrap,
  wrapped,
} from '../syntax/syntax';
import { runsLaterOnce } from '../words/callbacks';
import { openEvents } from '../words/events';
import { type Work, workAfter, workOf } from './callbackWork';
import { buildGraph, type Graph } from './graph';
import { Leaving, triggerOf, type Way } from './leaving';
import { isOf, isOpen } from './openOutcomes';
import { isIndependent, nameOf, type Reaching, reaching, usesOf } from './reaching';
import { handsOn, holderOf } from './roles';
import { createThrowing } from './throwing';
import { releasesOf } from './workReleases';

/** Findings for local handles that one of several outcomes leaves open. */
export function findUnendedOutcomes(
  engine: Engine,
  acquisitions: readonly Acquisition[],
  known: readonly Draft[],
): readonly Draft[] {
  if (fileRoleOf(engine.program.path, engine.program.text) !== 'production') return [];
  const told = new Set(known.filter(({ confidence }) => confidence !== 'low').map(({ node }) => node));
  const graphs = new Map<FunctionNode, Graph>();
  const throwing = createThrowing(engine);
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
  if (kind.givenForGood || kind.heldBy !== 'runtime' || kind.oneShot || kind.endsByItself) return undefined;
  // Of what is no handle, what runs on for ever: an interval.
  if (kind.family !== 'handle' && !kind.replaceable) return undefined;
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
  const ended = withoutRounds(reaching([...releases, ...handed], work, engine), acquisition, work, engine);
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
  if (isEndedByRounds(releases, settles, way.at, acquisition, engine)) return undefined;
  const participle = kind.participle ?? 'released';
  return {
    kind: kind.id,
    mechanism: 'error-or-early-exit-path',
    // What goes wrong once in a while matters where it is done all the time.
    severity: frequency.level === 'hot' ? 'medium' : 'low',
    confidence: 'medium',
    message: `The ${kind.noun} \`${holder.name}\` stays open when the work is settled on line ${lineOf(way.at)}; on another outcome line ${lineOf(proof)} has it ${participle}.`,
    advice: `Have it ${participle} on every outcome.`,
    node,
    trail: [
      { role: 'acquired', message: `The ${kind.noun} is opened here`, range: rangeOf(node) },
      { role: 'exit', message: 'Settled here, and left open', range: rangeOf(way.at) },
      { role: 'release', message: 'Another outcome comes here', range: rangeOf(proof) },
      frequencyStep(frequency, node),
    ],
  };
}

/** `const timer = setInterval(look, 100); look();`: a round more ends it only if there is something to see by then. */
function withoutRounds(ended: Reaching, { node }: Acquisition, work: Work, { program }: Engine): Reaching {
  const rounds = roundsOf(node, program);
  const isRound = (at: ts.Node): boolean =>
    ts.isCallExpression(at) && program.callees.of(at).some((fn) => rounds.has(fn));
  const own = [...(ended.now.get(work.fn) ?? [])].filter((at) => !isRound(at));
  return { ...ended, now: new Map([...ended.now, [work.fn, new Set(own)]]) };
}

/** The functions that an interval is given to run. */
function roundsOf(node: CallLike, { callees }: Engine['program']): ReadonlySet<FunctionNode> {
  return new Set((node.arguments ?? []).flatMap((given) => callees.functionsOf(given)));
}

/** `if (expired) { clearInterval(timer); return; }`: a round ends it without settling, or after an earlier round has settled. */
function isEndedByRounds(
  releases: readonly ts.Node[],
  settles: readonly ts.Node[],
  at: ts.Node,
  { node, kind }: Acquisition,
  { program }: Engine,
): boolean {
  if (kind.family === 'handle') return false;
  const rounds = [...roundsOf(node, program)];
  const own = releases.filter((site) => rounds.some((round) => isWithin(site, round)));
  if (own.length > 0 && rounds.some((round) => isWithin(at, round))) return true;
  return own.some((site) => {
    let around = site;
    while (!ts.isBlock(around) && !isFunctionNode(around) && around.parent) around = around.parent;
    return !settles.some((settle) => isWithin(settle, around));
  });
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
