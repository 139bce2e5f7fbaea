/**
 * What belongs to a connection and is ended by other events of it only, by its messages (`socket.on('leave', stop)`) or by its
 * failure (`socket.on('error', stop)`), while its ordinary end leaves it: the handler of its `close` or `disconnect` does other
 * things, and the timer or subscription of one that just goes away stays for ever.
 */
import type { Acquisition } from '../../acquisitions';
import { callsNamed } from '../../callNames';
import { constantOf } from '../../constants';
import type { Draft } from '../../draft';
import type { Engine } from '../../engine';
import { nodesIn } from '../../nodeIndex';
import type { Place } from '../../places';
import { kindsWith } from '../../resources/kindsWith';
import type { ResourceKind } from '../../resources/model';
import { calls, propertyAccesses } from '../../selections';
import {
  enclosingFunction,
  type FunctionNode,
  isWithin,
  isWithinAny,
  lineOf,
  propertyNameText,
  rangeOf,
  ts,
  wrapped,
} from '../../syntax';
import { frequencyStep } from '../assess';
import { outlives, receiverLife } from '../registrations/receiverLife';
import { findRemovals, matchesRemoval } from '../registrations/removals';
import { subscriptionAt } from '../registrations/subscriptionCalls';
import { endingsAt } from '../values/endings';
import { fatesOf } from '../values/fate';
import { endEvents, tellsOfFailure } from '../words/events';
import { listenMethods } from '../words/listeners';
import { type Handling, handlingsOn, occasionsOf } from './handlings';

/** Something that goes on until it is ended, with what ends it. */
interface Going {
  readonly node: ts.CallExpression | ts.NewExpression;
  readonly kind: ResourceKind;
  readonly ends: readonly ts.Node[];
  /** What holds it, where something does: a handler that looks at it may end it. */
  readonly uses: readonly ts.Node[];
  /** Of a variable of the function that is given the connection; of anything else only a failure tells. */
  readonly isLocal: boolean;
  /** What it is registered on, where it is. */
  readonly receiver?: ts.Expression | undefined;
}

const endedKinds = kindsWith(({ ended }) => ended);

/** Findings for what the end of a connection leaves, though its other events end it. */
export function findLeftOnClose(
  engine: Engine,
  kinds: readonly ResourceKind[],
  acquisitions: readonly Acquisition[],
  known: readonly Draft[],
): readonly Draft[] {
  const told = new Set(known.filter(({ confidence }) => confidence !== 'low').map(({ node }) => node));
  const drafts: Draft[] = [];
  for (const going of goingIn(acquisitions, engine, kinds)) {
    const left = told.has(going.node) ? undefined : leftBy(going, engine);
    if (!left) continue;
    told.add(going.node);
    drafts.push(draftOf(going, left, engine));
  }
  return drafts;
}

/** What is begun, and ended by some code of the file. */
function goingIn(
  acquisitions: readonly Acquisition[],
  engine: Engine,
  kinds: readonly ResourceKind[],
): readonly Going[] {
  if (!listensToEnd(engine)) return [];
  const found = acquisitions.flatMap(
    (acquisition) => heldIn(acquisition, engine, kinds) ?? registeredIn(acquisition, engine) ?? [],
  );
  const [kind] = endedKinds(kinds);
  if (!kind) return found;
  for (const call of nodesIn(engine.program.sourceFile, calls)) {
    if (!isGivenAway(call)) continue;
    const going = subscriptionAt(call, engine) === undefined ? undefined : keptEnd(call, kind, engine, kinds);
    if (going) found.push(going);
  }
  return found;
}

/** With a handler, and into a variable or a part of something: most calls of a file are not. */
function isGivenAway(call: ts.CallExpression): boolean {
  const up = wrapped(call).parent;
  return (
    call.arguments.length > 0 &&
    (ts.isVariableDeclaration(up) || ts.isBinaryExpression(up) || ts.isPropertyAssignment(up))
  );
}

/** Is the end of anything listened to in the file? */
function listensToEnd({ program }: Engine): boolean {
  const isListened = callsNamed(program, listenMethods).some((call) => {
    const event = constantOf(call.arguments[0], program.scopes);
    return typeof event === 'string' && endEvents.has(event);
  });
  return (
    isListened ||
    // `socket.onclose = …`
    nodesIn(program.sourceFile, propertyAccesses).some(
      ({ name: { text } }) => text.startsWith('on') && endEvents.has(text.slice(2)),
    )
  );
}

/** `timer = setInterval(…)`, in a variable or a field. */
function heldIn(
  { kind, node, result, assumed }: Acquisition,
  engine: Engine,
  kinds: readonly ResourceKind[],
): Going | undefined {
  if (!result || kind.oneShot || kind.endsByItself || kind.heldBy === 'nothing') return undefined;
  const [only, ...others] = fatesOf(result, engine.program);
  if (only?.kind !== 'stored' || others.length > 0) return undefined;
  const { key } = only.place;
  const sites = [
    ...(engine.releasesOf(kind).byPlace.get(key) ?? []),
    ...endingsAt(key, engine, kinds).map(({ site }) => site),
  ];
  // A handle may well end by itself, or with what it is given to.
  const isLocal = kind.family === 'listener' && !assumed && isVariable(only.place);
  return { node, kind, ends: [...new Set(sites)], uses: engine.uses.reads(key), isLocal };
}

/** `bus.on('change', tell)` on what outlives the connection. */
function registeredIn(acquisition: Acquisition, engine: Engine): Going | undefined {
  const { form, kind, node, assumed, receiver } = acquisition;
  if (form.form !== 'registration' || form.once || form.givesUp || kind.oneShot) return undefined;
  const removals = findRemovals(acquisition, engine);
  const life = removals.length > 0 ? receiverLife(acquisition, engine) : undefined;
  if (!life || !outlives(life)) return undefined;
  const ends = removals
    .filter((removal) => matchesRemoval(acquisition, removal, engine) === undefined)
    .map((removal) => removal.node);
  return { node, kind, ends, uses: [], isLocal: life.level !== 'injected' && !assumed, receiver };
}

/** `stop = watch(id, tell)`, `current = { id, stop: watch(id, tell) }` */
function keptEnd(
  call: ts.CallExpression,
  kind: ResourceKind,
  engine: Engine,
  kinds: readonly ResourceKind[],
): Going | undefined {
  const property = wrapped(call).parent;
  const isPart = ts.isPropertyAssignment(property);
  const kept = isPart ? property.parent : call;
  const [only, ...others] = fatesOf(kept, engine.program);
  if (others.length > 0 || only?.kind !== 'stored' || !isVariable(only.place)) return undefined;
  const uses = engine.uses.reads(only.place.key);
  const part = isPart ? propertyNameText(property.name) : undefined;
  if (!isPart)
    return {
      node: call,
      kind,
      ends: endingsAt(only.place.key, engine, kinds).map(({ site }) => site),
      uses,
      isLocal: true,
    };
  // Only what takes the part, or the whole, may end it.
  const ofPart = uses.filter((use) => {
    const up = wrapped(use).parent;
    return !ts.isPropertyAccessExpression(up) || up.name.text === part;
  });
  const ends = ofPart.filter((use) => {
    const up = wrapped(use).parent;
    return ts.isPropertyAccessExpression(up) && ts.isCallExpression(wrapped(up).parent);
  });
  return { node: call, kind, ends, uses: ofPart, isLocal: true };
}

/** A variable of a function. */
function isVariable({ root, path }: Place): boolean {
  return (
    root.kind === 'declaration' &&
    path.length === 0 &&
    root.declaration.scope.func !== undefined &&
    root.declaration.kind !== 'parameter'
  );
}

interface Left {
  /** The handler of the end that leaves it. */
  readonly close: Handling;
  /** Where and on which event it is ended. */
  readonly end: ts.Node;
  readonly by: string;
  readonly isFailure: boolean;
}

/** The handler of the end that leaves it, where all that ends it are other events of the connection. */
function leftBy({ node, ends, uses, isLocal, receiver }: Going, engine: Engine): Left | undefined {
  const { places, callees } = engine.program;
  const [end] = ends;
  if (!end) return undefined;
  const { level } = engine.frequency.of(node);
  if (level === 'once' || level === 'setup') return undefined;
  const occasions = ends.map((one) => occasionsOf(one, engine));
  const handled = occasions.flatMap((one) => one ?? []);
  const [other] = handled;
  if (!other || occasions.includes(undefined)) return undefined;
  const { on } = other;
  const isFailure = handled.every(({ event }) => tellsOfFailure(event));
  if (!handled.every((one) => one.on.key === on.key && !endEvents.has(one.event))) return undefined;
  if (!isFailure && !(isLocal && isGivenFor(on, node))) return undefined;
  // What is registered on the connection itself goes with it.
  if (receiver && places.of(receiver)?.key === on.key) return undefined;
  const handlings = handlingsOn(on, engine);
  const atEnds = handlings?.filter(({ event }) => endEvents.has(event)) ?? [];
  const [close] = atEnds;
  if (!handlings || !close) return undefined;
  const atEnd = new Set(atEnds.flatMap(({ handler }) => [...callees.reachedFrom(handler)]));
  // What takes itself off, or clears itself, ends without the connection.
  const own = (node.arguments ?? [])
    .flatMap((one) => callees.functionsOf(one))
    .flatMap((fn) => [...callees.reachedFrom(fn)]);
  if (isWithinAny(node, atEnd) || ends.some((one) => own.some((fn) => isWithin(one, fn)))) return undefined;
  // Whoever else is given it may end it.
  if (!uses.every((use) => ends.some((one) => isWithin(use, one)) || isSeenOnly(use))) return undefined;
  if (uses.some((use) => isWithinAny(use, atEnd) && !(ts.isExpression(use) && isTested(use)))) return undefined;
  // `Object.values(actions).forEach(…)`, `peer.emit('leave')`: it may come to what ends it by what holds that, or by its event.
  const events = new Set(handled.map(({ event }) => event));
  if (ends.some((one) => heldAround(one, engine).some((use) => isWithinAny(use, atEnd)))) return undefined;
  return namesOther(on, atEnd, events, engine) ? undefined : { close, end, by: other.event, isFailure };
}

/** A parameter or constant of a function in which it is begun. */
function isGivenFor({ root, path }: Place, node: ts.Node): boolean {
  if (root.kind !== 'declaration' || path.length > 0) return false;
  const { kind, scope } = root.declaration;
  return (kind === 'parameter' || kind === 'const') && scope.func !== undefined && isWithin(node, scope.func);
}

/** References of the variables that hold the code around the node. */
function heldAround(node: ts.Node, { program: { scopes } }: Engine): readonly ts.Node[] {
  const found: ts.Node[] = [];
  for (let at: ts.Node = node; at.parent; at = at.parent)
    if (ts.isVariableDeclaration(at)) found.push(...(scopes.declarationOf(at)?.references ?? []));
  return found;
}

/** `peer.emit('error', …)` in one of the functions: it brings about another event itself. */
function namesOther(
  { key }: Place,
  fns: ReadonlySet<FunctionNode>,
  events: ReadonlySet<string>,
  { program, uses }: Engine,
): boolean {
  return uses.reads(key).some((use) => {
    if (!isWithinAny(use, fns)) return false;
    const access = wrapped(use).parent;
    const call = ts.isPropertyAccessExpression(access) ? wrapped(access).parent : undefined;
    const named = call && ts.isCallExpression(call) ? constantOf(call.arguments[0], program.scopes) : undefined;
    return typeof named === 'string' && events.has(named);
  });
}

/** `if (timer)`, `timer = undefined`, `current.id`, `current?.stop()`: given to nobody. */
function isSeenOnly(use: ts.Node): boolean {
  if (!ts.isExpression(use)) return false;
  const up = wrapped(use).parent;
  return isTested(use) || ts.isBinaryExpression(up) || ts.isPropertyAccessExpression(up);
}

function isTested(use: ts.Expression): boolean {
  const up = wrapped(use).parent;
  return ts.isIfStatement(up) || ts.isPrefixUnaryExpression(up) || ts.isConditionalExpression(up);
}

function draftOf({ node, kind }: Going, { close, end, by, isFailure }: Left, engine: Engine): Draft {
  const participle = kind.participle ?? 'ended';
  const { event, handler } = close;
  const fn = enclosingFunction(node);
  return {
    kind: kind.id,
    mechanism: isFailure ? 'error-or-early-exit-path' : 'no-release-on-dispose',
    severity: kind.severity === 'low' ? 'low' : 'medium',
    confidence: 'medium',
    message: isFailure
      ? `This ${kind.noun} is ${participle} only when \`${by}\` comes (line ${lineOf(end)}); the handler of \`${event}\` (line ${lineOf(handler)}) leaves it, and each one that ends without a failure leaves one more.`
      : `The ${kind.noun} is ${participle} on line ${lineOf(end)}, but not when the connection goes away: the handler of \`${event}\` (line ${lineOf(handler)}) leaves it.`,
    advice: `Have it ${participle} in the handler of \`${event}\`, too.`,
    node,
    trail: [
      { role: 'acquired', message: `The ${kind.noun} begins here`, range: rangeOf(node) },
      { role: 'release', message: `It is ${participle} here, on another event`, range: rangeOf(end) },
      { role: 'forgotten', message: `\`${event}\` ends other things`, range: rangeOf(handler) },
      ...(fn ? [frequencyStep(engine.frequency.of(node), node)] : []),
    ],
  };
}
