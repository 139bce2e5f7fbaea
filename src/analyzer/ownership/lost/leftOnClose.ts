/**
 * What a connection begins and ends by its messages (`socket.on('leave', stop)`), while its end leaves it: the handler of its `close`
 * or `disconnect` does other things, and the timer or subscription of one that just goes away stays for ever.
 */
import type { Acquisition } from '../../acquisitions';
import { constantOf } from '../../constants';
import type { Draft } from '../../draft';
import type { Engine } from '../../engine';
import { nodesIn } from '../../nodeIndex';
import { kindsWith } from '../../resources/kindsWith';
import type { ResourceKind } from '../../resources/model';
import type { Declaration } from '../../scopes';
import { calls } from '../../selections';
import {
  enclosingFunction,
  type FunctionNode,
  isWithin,
  isWithinAny,
  lineOf,
  propertyNameText,
  rangeOf,
  ts,
  unwrap,
  wrapped,
} from '../../syntax';
import { frequencyStep } from '../assess';
import { outlives, receiverLife } from '../registrations/receiverLife';
import { findRemovals, matchesRemoval } from '../registrations/removals';
import { subscriptionAt } from '../registrations/subscriptionCalls';
import { endingsAt } from '../values/endings';
import { fatesOf } from '../values/fate';
import { endEvents } from '../words/events';
import { listenMethods } from '../words/listeners';

/** Something that goes on until it is ended, with what ends it. */
interface Going {
  readonly node: ts.CallExpression | ts.NewExpression;
  readonly kind: ResourceKind;
  readonly ends: readonly ts.Node[];
  /** What holds it, where something does: a handler that looks at it may end it. */
  readonly uses: readonly ts.Node[];
}

/** A handler that a function adds to a connection. */
interface Handler {
  readonly event: string;
  readonly functions: readonly FunctionNode[];
}

const endedKinds = kindsWith(({ ended }) => ended);

/** Findings for what the end of a connection leaves, though its other events end it. */
export function findLeftOnClose(
  engine: Engine,
  kinds: readonly ResourceKind[],
  acquisitions: readonly Acquisition[],
  known: readonly Draft[],
): readonly Draft[] {
  const closes = connectionsClosed(engine);
  if (closes.length === 0) return [];
  const told = new Set(known.map(({ node }) => node));
  const drafts: Draft[] = [];
  for (const { work, connection } of closes) {
    for (const going of goingIn(work, acquisitions, engine, kinds)) {
      if (told.has(going.node) || !isWithin(going.node, work)) continue;
      const left = leftBy(going, work, connection, engine);
      if (!left) continue;
      told.add(going.node);
      drafts.push(draftOf(going, left, engine));
    }
  }
  return drafts;
}

interface Closed {
  /** The function that runs for each connection. */
  readonly work: FunctionNode;
  readonly connection: Declaration;
}

/** The functions that are given a connection, or open one, and handle its end. */
function connectionsClosed(engine: Engine): readonly Closed[] {
  const found = new Map<Declaration, Closed>();
  for (const call of nodesIn(engine.program.sourceFile, calls)) {
    const on = handlerAt(call, engine);
    if (!on || !endEvents.has(on.event)) continue;
    const { connection } = on;
    const work = connection.scope.func;
    if (work && (connection.kind === 'parameter' || connection.kind === 'const') && !found.has(connection))
      found.set(connection, { work, connection });
  }
  return [...found.values()];
}

/** `socket.on('close', …)` on a parameter or local constant. */
function handlerAt(
  call: ts.CallExpression,
  engine: Engine,
): (Handler & { readonly connection: Declaration }) | undefined {
  const callee = unwrap(call.expression);
  const [first, handler] = call.arguments;
  if (!first || !handler || !ts.isPropertyAccessExpression(callee) || !listenMethods.has(callee.name.text))
    return undefined;
  const receiver = unwrap(callee.expression);
  const connection = ts.isIdentifier(receiver) ? engine.program.scopes.resolve(receiver) : undefined;
  const event = constantOf(first, engine.program.scopes);
  if (!connection || typeof event !== 'string') return undefined;
  return { event, functions: engine.program.callees.functionsOf(handler), connection };
}

/** What the function begins for the connection and some code of it ends. */
function goingIn(
  work: FunctionNode,
  acquisitions: readonly Acquisition[],
  engine: Engine,
  kinds: readonly ResourceKind[],
): readonly Going[] {
  const found: Going[] = [];
  for (const acquisition of acquisitions) {
    if (!isWithin(acquisition.node, work)) continue;
    const going = heldIn(acquisition, work, engine, kinds) ?? registeredIn(acquisition, engine);
    if (going) found.push(going);
  }
  const [kind] = endedKinds(kinds);
  for (const call of kind ? nodesIn(work, calls) : []) {
    const going =
      kind && subscriptionAt(call, engine) !== undefined ? keptEnd(call, kind, work, engine, kinds) : undefined;
    if (going) found.push(going);
  }
  return found;
}

/** `timer = setInterval(…)`, in a variable of the function; a handle may well end by itself, or with what it is given to. */
function heldIn(
  { kind, node, result, assumed }: Acquisition,
  work: FunctionNode,
  engine: Engine,
  kinds: readonly ResourceKind[],
): Going | undefined {
  if (!result || assumed || kind.oneShot || kind.family !== 'listener') return undefined;
  const [only, ...others] = fatesOf(result, engine.program);
  if (
    others.length > 0 ||
    only?.kind !== 'stored' ||
    !isVariableOf(only.place.root, work) ||
    only.place.path.length > 0
  )
    return undefined;
  const { key } = only.place;
  const ends = endingsAt(key, engine, kinds).map(({ site }) => site);
  return { node, kind, ends, uses: engine.uses.reads(key) };
}

/** `bus.on('change', tell)` on what outlives the connection. */
function registeredIn(acquisition: Acquisition, engine: Engine): Going | undefined {
  const { form, kind, node, assumed } = acquisition;
  if (form.form !== 'registration' || form.once || form.givesUp || assumed) return undefined;
  const life = receiverLife(acquisition, engine);
  if (!life || !outlives(life) || life.level === 'injected') return undefined;
  const ends = findRemovals(acquisition, engine)
    .filter((removal) => matchesRemoval(acquisition, removal, engine) === undefined)
    .map((removal) => removal.node);
  return { node, kind, ends, uses: [] };
}

/** `stop = watch(id, tell)`, `current = { id, stop: watch(id, tell) }` */
function keptEnd(
  call: ts.CallExpression,
  kind: ResourceKind,
  work: FunctionNode,
  engine: Engine,
  kinds: readonly ResourceKind[],
): Going | undefined {
  const property = wrapped(call).parent;
  const isPart = ts.isPropertyAssignment(property);
  const kept = isPart ? property.parent : call;
  const [only, ...others] = fatesOf(kept, engine.program);
  if (
    others.length > 0 ||
    only?.kind !== 'stored' ||
    !isVariableOf(only.place.root, work) ||
    only.place.path.length > 0
  )
    return undefined;
  const uses = engine.uses.reads(only.place.key);
  const part = isPart ? propertyNameText(property.name) : undefined;
  if (!isPart)
    return { node: call, kind, ends: endingsAt(only.place.key, engine, kinds).map(({ site }) => site), uses };
  // Only what takes the part, or the whole, may end it.
  const ofPart = uses.filter((use) => {
    const up = wrapped(use).parent;
    return !ts.isPropertyAccessExpression(up) || up.name.text === part;
  });
  const ends = ofPart.filter((use) => {
    const up = wrapped(use).parent;
    return ts.isPropertyAccessExpression(up) && ts.isCallExpression(wrapped(up).parent);
  });
  return { node: call, kind, ends, uses: ofPart };
}

function isVariableOf(
  root: { readonly kind: string; readonly declaration?: Declaration },
  work: FunctionNode,
): boolean {
  const { declaration } = root;
  return declaration?.scope.func === work && declaration.kind !== 'parameter';
}

/** The handler of the end that leaves it, and where another event ends it. */
function leftBy(
  { node, ends, uses }: Going,
  work: FunctionNode,
  connection: Declaration,
  engine: Engine,
): { readonly close: FunctionNode; readonly event: string; readonly end: ts.Node } | undefined {
  const handlers = handlersOf(connection, engine);
  const [last] = handlers.filter(({ event }) => endEvents.has(event));
  const [close] = last?.functions ?? [];
  const [end] = ends;
  // What takes itself off, or clears itself, ends without the connection.
  const own = (node.arguments ?? []).flatMap((one) => engine.program.callees.functionsOf(one));
  if (ends.some((one) => own.some((fn) => isWithin(one, fn)))) return undefined;
  if (!last || !close || !end || handlers.some(({ functions }) => functions.length === 0)) return undefined;
  const reachedBy = (of: readonly Handler[]): ReadonlySet<FunctionNode> =>
    new Set(of.flatMap(({ functions }) => functions.flatMap((fn) => [...engine.program.callees.reachedFrom(fn)])));
  const atEnd = reachedBy(handlers.filter(({ event }) => endEvents.has(event)));
  const isLook = (use: ts.Node): boolean => ts.isExpression(use) && isTested(use);
  if (ends.some((one) => isWithinAny(one, atEnd)) || uses.some((use) => isWithinAny(use, atEnd) && !isLook(use)))
    return undefined;
  // All that ends it are other events of the connection: what else there is may come with its end.
  const onEvents = reachedBy(handlers.filter(({ event }) => !endEvents.has(event)));
  if (!ends.every((one) => isWithinAny(one, onEvents) && isWithin(one, work))) return undefined;
  return { close, event: last.event, end };
}

function isTested(use: ts.Expression): boolean {
  const up = wrapped(use).parent;
  return ts.isIfStatement(up) || ts.isPrefixUnaryExpression(up) || ts.isConditionalExpression(up);
}

/** All handlers of the connection; one without functions where it is handled by what is not seen. */
function handlersOf(connection: Declaration, engine: Engine): readonly Handler[] {
  return connection.references.flatMap((reference) => {
    const access = wrapped(reference).parent;
    const call = ts.isPropertyAccessExpression(access) ? wrapped(access).parent : undefined;
    const on = call && ts.isCallExpression(call) ? handlerAt(call, engine) : undefined;
    return on?.connection === connection ? [on] : [];
  });
}

function draftOf(
  { node, kind }: Going,
  { close, event, end }: { readonly close: FunctionNode; readonly event: string; readonly end: ts.Node },
  engine: Engine,
): Draft {
  const participle = kind.participle ?? 'ended';
  const fn = enclosingFunction(node);
  return {
    kind: kind.id,
    mechanism: 'no-release-on-dispose',
    severity: 'medium',
    confidence: 'medium',
    message: `The ${kind.noun} is ${participle} on line ${lineOf(end)}, but not when the connection goes away: the handler of \`${event}\` (line ${lineOf(close)}) leaves it.`,
    advice: `Have it ${participle} in the handler of \`${event}\`, too.`,
    node,
    trail: [
      { role: 'acquired', message: `The ${kind.noun} begins here`, range: rangeOf(node) },
      { role: 'release', message: `It is ${participle} here, on another event`, range: rangeOf(end) },
      { role: 'forgotten', message: `\`${event}\` ends other things`, range: rangeOf(close) },
      ...(fn ? [frequencyStep(engine.frequency.of(node), node)] : []),
    ],
  };
}
