/**
 * Handlers of one piece of work (a drag, a question to a worker) that one of them takes off when the work is over, but
 * not on each way out of it: it returns early when nothing moved, or fails the work before the removal.
 */
import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import type { Place } from '../../program/places';
import { nodesIn } from '../../syntax/nodeIndex';
import { calls, returns } from '../../syntax/selections';
import {
  calledName,
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
} from '../../syntax/syntax';
import { isCallbackName, settlesWork } from '../../words/callbacks';
import { endEvents, endsGesture } from '../../words/events';
import { unlistenMethods } from '../../words/listeners';
import { endWords, tellsOfProgress } from '../../words/states';
import { isTeardown } from '../../words/teardowns';
import { frequencyStep } from '../assess';
import { lifetimeOf } from '../lifetime/lifetime';
import { runsIn, statementsBefore } from '../lost/sequence';
import { releasesItself } from './endingOptions';
import { findRemovals, matchesRemoval, sameReceiver } from './removals';

/** A way out of the handler that ends the work without the removal. */
interface OpenExit {
  readonly at: ts.Node;
  readonly removal: ts.Node;
  readonly how: string;
  /** It may just mean that nothing is in progress. */
  readonly isUnsure?: boolean;
}

/** Findings for handlers that stay on one way out of the work that they belong to. */
export function findOpenExits(
  engine: Engine,
  acquisitions: readonly Acquisition[],
  known: readonly Draft[],
): readonly Draft[] {
  const told = new Set(known.map(({ node }) => node));
  const drafts: Draft[] = [];
  for (const acquisition of acquisitions) {
    const { form, node, kind, receiver, event } = acquisition;
    if (form.form !== 'registration' || !receiver || told.has(node) || !ts.isCallExpression(node)) continue;
    const work = enclosingFunction(node);
    if (!work) continue;
    const removals = findRemovals(acquisition, engine)
      .filter((removal) => matchesRemoval(acquisition, removal, engine) === undefined)
      .map((removal) => removal.node);
    // Who takes it off in the work itself, or after it, has another way to end it.
    if (removals.length === 0 || removals.some((one) => enclosingFunction(one) === work)) continue;
    const open = acquisitions
      .filter((other) => enclosingFunction(other.node) === work)
      .flatMap((other) => openIn(other, acquisition, removals, engine))[0];
    if (!open || !isOfManyWorks(acquisition, work, engine)) continue;
    const text = receiver.getText();
    const named = event === undefined ? '' : ` for \`${event}\``;
    drafts.push({
      kind: kind.id,
      mechanism: 'error-or-early-exit-path',
      severity: open.isUnsure ? 'low' : 'medium',
      confidence: 'medium',
      message: `The listener${named} stays on \`${text}\` when ${open.how} on line ${lineOf(open.at)}: only the other way reaches the removal on line ${lineOf(open.removal)}.`,
      advice: 'Remove it first, before anything may leave the handler.',
      node,
      trail: [
        { role: 'acquired', message: `Listener${named} added here`, range: rangeOf(node) },
        { role: 'exit', message: 'The work is over here, and the listener stays', range: rangeOf(open.at) },
        { role: 'release', message: 'Removed here only', range: rangeOf(open.removal) },
        frequencyStep(engine.frequency.of(node), node),
      ],
    });
  }
  return drafts;
}

/** Added again for each work, to what lives longer than one. */
export function isOfManyWorks({ form, node, receiver }: Acquisition, work: FunctionNode, engine: Engine): boolean {
  if (form.form !== 'registration' || form.givesUp) return false;
  const options = form.identity.options === undefined ? undefined : node.arguments?.[form.identity.options];
  if (form.once || releasesItself(options, engine)) return false;
  const { level } = engine.frequency.of(node);
  if (level !== 'call' && level !== 'hot' && level !== 'unknown') return false;
  if (ts.isConstructorDeclaration(work)) return false;
  return lifetimeOf(receiver, engine).level !== 'local' || isOfOuter(receiver, work, engine);
}

/** A variable of a function around: each call of the work adds to the same one. */
function isOfOuter(receiver: ts.Expression | undefined, work: FunctionNode, { program }: Engine): boolean {
  const root = receiver && program.places.of(receiver)?.root;
  const home = root?.kind === 'declaration' ? root.declaration.scope.func : undefined;
  return home !== undefined && home !== work && isWithin(work, home);
}

/** Where a handler that takes the acquisition off at one place leaves without it at another. */
function openIn(
  by: Acquisition,
  acquisition: Acquisition,
  removals: readonly ts.Node[],
  engine: Engine,
): readonly OpenExit[] {
  const { form, node, event } = by;
  if (form.form !== 'registration') return [];
  const handler = node.arguments?.[form.identity.handler];
  const found: OpenExit[] = [];
  for (const fn of handler ? engine.program.callees.functionsOf(handler) : []) {
    if (!fn.body || !ts.isBlock(fn.body)) continue;
    const [removal] = removals.filter((one) => isReached(fn, one, engine));
    if (!removal) continue;
    const isEnd = event !== undefined && endsGesture(event);
    const isLast = event !== undefined && (form.terminalEvents?.includes(event) || endEvents.has(event));
    const exits = isEnd ? abandoned(fn, by, removals, engine) : isLast ? [] : failed(fn, acquisition, removals, engine);
    found.push(...exits.map((exit) => ({ ...exit, removal })));
  }
  return found;
}

/** Does the function itself reach the removal, directly or through what it calls? */
function isReached(fn: FunctionNode, removal: ts.Node, engine: Engine): boolean {
  return fn.body !== undefined && runsNow(fn.body, [removal], engine);
}

/** Does the node itself run one of the sites, or a function of this file that it calls by name? */
function runsNow(node: ts.Node, sites: readonly ts.Node[], engine: Engine, depth = 0): boolean {
  const fn = isFunctionNode(node.parent) ? node.parent : runsIn(node);
  if (sites.some((site) => isWithin(site, node) && runsIn(site) === fn)) return true;
  return (
    depth < 3 &&
    nodesIn(node, calls).some(
      (call) =>
        runsIn(call) === fn &&
        engine.program.callees.of(call).some(({ body }) => body && runsNow(body, sites, engine, depth + 1)),
    )
  );
}

/** Early returns of the handler of an event that ends a gesture, by a condition that is not about the event itself. */
function abandoned(
  fn: FunctionNode,
  by: Acquisition,
  removals: readonly ts.Node[],
  engine: Engine,
): readonly Omit<OpenExit, 'removal'>[] {
  const parameters = new Set(
    fn.parameters.flatMap((one) => engine.program.scopes.declarationOf(one)?.references ?? []),
  );
  return nodesIn(fn, returns).flatMap((exit) => {
    if (enclosingFunction(exit) !== fn) return [];
    const conditions: ts.Expression[] = [];
    for (let at: ts.Node = exit; at !== fn && at.parent; at = at.parent)
      if (ts.isIfStatement(at.parent) && at !== at.parent.expression) conditions.push(at.parent.expression);
    const isOwn = conditions.length > 0 && conditions.every((one) => asksForProgress(one, parameters));
    if (
      !isOwn ||
      conditions.some((one) => isSetWithRemoval(one, by, removals, engine)) ||
      statementsBefore(exit, fn).some((one) => runsNow(one, removals, engine))
    )
      return [];
    const rest = restAfter(exit, fn);
    if (!rest.some((one) => runsNow(one, removals, engine))) return [];
    const isUnsure = !conditions.some((one) => isSetBefore(one, fn, engine));
    return [{ at: exit, how: 'the handler returns', isUnsure }];
  });
}

/** `!moved`, `this.started === false`: about the work, not about the event, its sender or the end of all. */
function asksForProgress(condition: ts.Expression, parameters: ReadonlySet<ts.Node>): boolean {
  let own = true;
  walk(condition, (inner) => {
    if (parameters.has(inner) || ts.isCallExpression(inner) || comparesAmounts(inner)) own = false;
    if (ts.isIdentifier(inner) && endWords.test(inner.text) && !tellsOfProgress(inner.text)) own = false;
    return own;
  });
  return own;
}

/** `touches.length > ended`: so many are left, and the work goes on. */
function comparesAmounts(node: ts.Node): boolean {
  return (
    ts.isBinaryExpression(node) &&
    /^[<>]=?$/.test(node.operatorToken.getText()) &&
    ![node.left, node.right].some((side) => ts.isNumericLiteral(unwrap(side)))
  );
}

/**
 * `if (!this.dragging) return;`, where whoever says that the drag is over takes the handlers off with it: the condition holds
 * only when nothing is there.
 */
function isSetWithRemoval(
  condition: ts.Expression,
  { node }: Acquisition,
  removals: readonly ts.Node[],
  engine: Engine,
): boolean {
  const work = enclosingFunction(node);
  // What it calls to begin
  const begun = new Set(work ? nodesIn(work, calls).flatMap((call) => engine.program.callees.of(call)) : []);
  let isSet = false;
  walk(condition, (inner) => {
    const place = ts.isExpression(inner) ? engine.program.places.of(inner) : undefined;
    if (!place) return true;
    const others = writesOf(place).filter((write) => {
      const fn = enclosingFunction(write);
      return fn !== undefined && fn !== work && !begun.has(fn) && !ts.isConstructorDeclaration(fn);
    });
    isSet ||=
      others.length > 0 &&
      others.every((write) => {
        const fn = enclosingFunction(write);
        return fn?.body !== undefined && runsNow(fn.body, removals, engine);
      });
    return false;
  });
  return isSet;
}

/** `reset(); onUp();`, where `reset` says that nothing is in progress: the handler then leaves what it should end. */
function isSetBefore(condition: ts.Expression, handler: FunctionNode, engine: Engine): boolean {
  const places: Place[] = [];
  walk(condition, (inner) => {
    const place = ts.isExpression(inner) ? engine.program.places.of(inner) : undefined;
    if (place) places.push(place);
    return !place;
  });
  const writes = places.flatMap(writesOf).filter((write) => !isWithin(write, handler));
  return engine.program.callees.usesOf(handler).calls.some((call) => {
    const caller = enclosingFunction(call);
    return caller !== undefined && statementsBefore(call, caller).some((one) => runsNow(one, writes, engine));
  });
}

/** Where a variable, or a field of an instance, is given another value. */
function writesOf({ root, path }: Place): readonly ts.Node[] {
  if (root.kind === 'declaration' && path.length === 0) return root.declaration.writes.map((write) => write.node);
  const [field] = path;
  if (root.kind !== 'owner' || field === undefined || path.length > 1) return [];
  return (root.owner.members.get(field)?.values ?? []).map((value) => value.node);
}

/** Calls that fail or fulfil the work, on a way that has no removal, while another such way has one. */
function failed(
  fn: FunctionNode,
  acquisition: Acquisition,
  removals: readonly ts.Node[],
  engine: Engine,
): readonly Omit<OpenExit, 'removal'>[] {
  const settling = nodesIn(fn, calls).filter((call) => enclosingFunction(call) === fn && settles(call, engine));
  const isCovered = (call: ts.Node): boolean =>
    [...statementsBefore(call, fn), ...onTheWay(call, fn)].some(
      (one) => runsNow(one, removals, engine) || endsReceiver(one, acquisition, engine),
    );
  if (!settling.some((call) => isCovered(call))) return [];
  return settling
    .filter((call) => isFinal(call) && !isCovered(call))
    .map((call) => ({ at: call, how: 'the work is settled' }));
}

/** `job.reject(error)`, `done()`, `callback(error)`. */
function settles(call: ts.CallExpression, engine: Engine): boolean {
  return settlesWork(calledName(call)) || isOfPromise(call, engine);
}

/** A parameter of the executor of a promise, whatever it is called. */
function isOfPromise(call: ts.CallExpression, engine: Engine): boolean {
  const callee = unwrap(call.expression);
  const declaration = ts.isIdentifier(callee) ? engine.program.scopes.resolve(callee) : undefined;
  const executor = declaration?.kind === 'parameter' ? declaration.scope.func : undefined;
  return executor !== undefined && isNewPromise(executor.parent);
}

/** A call that settles once: a promise's, or a callback that is told of an error. */
function isFinal(call: ts.CallExpression): boolean {
  const name = calledName(call);
  if (!isCallbackName(name)) return true;
  const [first] = call.arguments;
  const value = first && unwrap(first);
  return value !== undefined && (ts.isNewExpression(value) || /err/i.test(value.getText()));
}

/** The statement around a node and those after it, until control leaves the function. */
function onTheWay(node: ts.Node, fn: FunctionNode): readonly ts.Statement[] {
  const found: ts.Statement[] = [];
  for (let at: ts.Node = node; at !== fn && at.parent; at = at.parent) {
    const up = at.parent;
    if (ts.isTryStatement(up) && up.finallyBlock && at !== up.finallyBlock) found.push(up.finallyBlock);
    if (!ts.isBlock(up) && !ts.isCaseOrDefaultClause(up)) continue;
    const rest = up.statements.slice(up.statements.indexOf(at as ts.Statement));
    const end = rest.findIndex((one) => ts.isReturnStatement(one) || ts.isThrowStatement(one));
    const [first] = rest;
    // Of the statement itself only what is certain to run: a condition's other branch is another way.
    found.push(...(end < 0 ? rest : rest.slice(0, end + 1)).filter((one) => one !== first || isPlain(one)));
    if (end >= 0) return found;
  }
  return found;
}

function isPlain(statement: ts.Statement): boolean {
  return ts.isExpressionStatement(statement) || ts.isReturnStatement(statement) || ts.isVariableStatement(statement);
}

/** Statements of the function that come after a node in its blocks. */
function restAfter(node: ts.Node, fn: FunctionNode): readonly ts.Statement[] {
  const found: ts.Statement[] = [];
  for (let at: ts.Node = node; at !== fn && at.parent; at = at.parent)
    if (ts.isBlock(at.parent))
      found.push(...at.parent.statements.slice(at.parent.statements.indexOf(at as ts.Statement) + 1));
  return found;
}

/** `worker.terminate()`: what it is on goes, too. */
function endsReceiver(statement: ts.Statement, { receiver }: Acquisition, engine: Engine): boolean {
  let ends = false;
  walk(statement, (inner) => {
    const callee = ts.isCallExpression(inner) ? unwrap(inner.expression) : undefined;
    // A function of this file that is given it may end it.
    if (ts.isCallExpression(inner) && engine.program.callees.of(inner).length > 0)
      ends ||= inner.arguments.some((one) => receiver !== undefined && engine.program.places.same(one, receiver));
    if (callee && ts.isPropertyAccessExpression(callee) && isTeardown(callee.name.text))
      ends ||= !unlistenMethods.has(callee.name.text) && sameReceiver(receiver, callee.expression, engine);
    return !ends && !isFunctionNode(inner);
  });
  return ends;
}
