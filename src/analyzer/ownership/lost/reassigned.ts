/**
 * Fields, variables and boxes (`ref.current`) that are given something new while the last thing may still be open. The
 * author's own release in the teardown states that it has to end; each one before the last is lost. Judged only where the
 * code that assigns is seen to run again, and no way to it looks at the place.
 */

import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import { type Place, textOf } from '../../program/places';
import type { ResourceKind } from '../../resources/model';
import {
  type CallLike,
  calledName,
  enclosingFunction,
  type FunctionNode,
  isWithin,
  lineOf,
  propertyNameText,
  rangeOf,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../../syntax/syntax';
import { isBeginning, tellsOfEnd } from '../../words/events';
import { overwrittenKinds } from '../../words/fallbackKinds';
import { rerunsEffect, unmountHooks } from '../../words/hooks';
import { unlistenMethods } from '../../words/listeners';
import { replaces, showsOne } from '../../words/renewals';
import { endsForGood, stopsWhole } from '../../words/teardowns';
import { frequencyStep } from '../assess';
import { effectAround } from '../lifetime/effects';
import { type Frequency, runs } from '../lifetime/frequency/frequency';
import { nameIn } from '../lifetime/frequency/occasions';
import { type Ending, endingsAt } from '../values/endings';
import { isAboutAnEnd } from './letGo';
import { mayLeave, ownPlaceKey, runsIn, statementsBefore, touches, touchesNow, waits } from './sequence';

/** An assignment of something that is made there. */
interface Assignment {
  readonly write: ts.BinaryExpression;
  readonly place: Place;
  readonly made: CallLike;
  readonly kind: ResourceKind | undefined;
}

/** Findings for all places of a file that are given a new thing over an open one. */
export function findReassigned(
  engine: Engine,
  kinds: readonly ResourceKind[],
  acquisitions: readonly Acquisition[],
  known: readonly Draft[],
): readonly Draft[] {
  const told = new Set(known.map(({ node }) => node));
  const drafts: Draft[] = [];
  for (const acquisition of acquisitions) {
    const assignment = told.has(acquisition.node) ? undefined : assignmentOf(acquisition, engine);
    const own = assignment ? endingsAt(assignment.place.key, engine, kinds) : [];
    if (!assignment || own.length === 0) continue;
    const draft = overlapping(assignment, own, engine) ?? piledUp(assignment, own, engine);
    if (draft) drafts.push(draft);
  }
  return drafts;
}

function assignmentOf({ kind, node, result }: Acquisition, engine: Engine): Assignment | undefined {
  if (!result || kind.oneShot || kind.onlyForgotten) return undefined;
  let value = wrapped(result);
  if (ts.isAwaitExpression(value.parent)) value = wrapped(value.parent);
  const write = value.parent;
  if (
    !ts.isBinaryExpression(write) ||
    write.right !== value ||
    write.operatorToken.kind !== ts.SyntaxKind.EqualsToken ||
    !ts.isExpressionStatement(write.parent)
  )
    return undefined;
  const place = engine.program.places.of(unwrap(write.left));
  return place && isKept(place, write, engine) ? { write, place, made: node, kind } : undefined;
}

/** A field, a variable of an outer function or of the module, or the content of a box. */
function isKept({ root, path }: Place, write: ts.Node, engine: Engine): boolean {
  if (root.kind === 'owner') return path.length === 1 && enclosingFunction(write) !== root.owner.construct;
  if (root.kind !== 'declaration') return false;
  const [member] = path;
  if (path.length === 1) return (member === 'current' || member === 'value') && root.declaration.kind === 'const';
  return path.length === 0 && root.declaration.scope.func !== runsIn(write) && engine.program.scopes.isModule;
}

/** Assigned again by code that repeats, and only the last one is ended. */
function piledUp({ write, place, made, kind }: Assignment, ends: readonly Ending[], engine: Engine): Draft | undefined {
  const fn = enclosingFunction(write);
  const frequency = fn && repeats(write, fn, kind, engine);
  if (!fn || !frequency) return undefined;
  const isApart = (site: ts.Node): boolean =>
    (isAtTheEnd(site) && !(comesOnceEach(frequency) && isRunHere(site, engine))) ||
    isInWayOut(site, place.key, engine) ||
    isInStop(site, frequency, write, kind, engine);
  if (!ends.every(({ site }) => isApart(site)) && !putsUp(fn, made, kind)) return undefined;
  if (isLookedAt(write, place.key, fn, engine) || isRunByItsEnd(fn, engine)) return undefined;
  return draftOf({ write, place, made, kind }, ends, frequency, {
    mechanism: 'overwritten-before-release',
    how: `it is given a new one ${frequency.why}, and only the last one is ended on line ${lineOf(ends[0]?.site ?? write)}`,
    advice: 'End the old one before the assignment.',
  });
}

/** Ended before an `await`, assigned after it: of two calls that overlap, the second one's assignment loses the first one's. */
function overlapping(
  { write, place, made, kind }: Assignment,
  ends: readonly Ending[],
  engine: Engine,
): Draft | undefined {
  const fn = enclosingFunction(write);
  if (!fn || ts.isConstructorDeclaration(fn)) return undefined;
  const before = statementsBefore(write.parent, fn);
  const at = before.findIndex((statement) => waits(statement));
  const awaited = before[at];
  const ended = ends.find(
    ({ site, target }) =>
      awaited !== undefined &&
      ownPlaceKey(target, engine) !== undefined &&
      (isWithin(site, fn) && runsIn(site) === fn
        ? site.end <= awaited.pos
        : // `stopAll();` first of all
          before.slice(at + 1).some((one) => ts.isExpressionStatement(one) && touchesNow(one, [site], engine))),
  );
  if (!ended || !awaited) return undefined;
  const between = before.slice(0, at + 1);
  const reads = engine.uses.reads(place.key);
  // Whoever looks again after waiting sees that another call was faster.
  if (between.some((statement) => touches(statement, reads, engine))) return undefined;
  if (!between.every((statement) => asksOnlyForResult(statement, between, engine))) return undefined;
  if (isAskedAfterWait(write, awaited, between, engine)) return undefined;
  const frequency = engine.frequency.of(write);
  if (frequency.level !== 'hot' && !isStartedTwice(fn, engine)) return undefined;
  // `this.busy = true` and the like: one call at a time.
  if (before.some((statement) => setsFlag(statement))) return undefined;
  return draftOf({ write, place, made, kind }, [ended], frequency, {
    mechanism: 'race-or-after-await',
    how: `line ${lineOf(ended.site)} ends the old one before the \`await\` on line ${lineOf(awaited)}: two calls that overlap both assign, and the first one's is lost`,
    advice: 'End the old one right before the assignment, after the `await`.',
  });
}

/** Run from more than one place, one of them a callback. */
function isStartedTwice(fn: FunctionNode, engine: Engine): boolean {
  const { calls, values } = engine.program.callees.usesOf(fn);
  return (
    calls.length + values.length > 1 &&
    calls.some((call) => {
      const caller = enclosingFunction(call);
      return caller !== undefined && ts.isCallExpression(wrapped(caller as ts.Expression).parent);
    })
  );
}

/** An early way out after the wait may be about anything but whether this call is still the latest. */
function asksOnlyForResult(statement: ts.Statement, between: readonly ts.Statement[], engine: Engine): boolean {
  if (!ts.isIfStatement(statement)) return !ts.isTryStatement(statement) && !ts.isIterationStatement(statement, false);
  return !mayLeave(statement) || isAboutResult(statement.expression, between, engine);
}

/** `if (mine === this.seq) this.timer = …`: only the latest call assigns. */
function isAskedAfterWait(write: ts.Node, awaited: ts.Node, between: readonly ts.Statement[], engine: Engine): boolean {
  for (let at = write.parent; at && at.pos >= awaited.end; at = at.parent)
    if (ts.isIfStatement(at) && !isAboutResult(at.expression, between, engine)) return true;
  return false;
}

/** Does a condition ask for nothing but what was found out since the wait? */
function isAboutResult(condition: ts.Expression, between: readonly ts.Statement[], engine: Engine): boolean {
  let own = true;
  walk(condition, (node) => {
    if (node.kind === ts.SyntaxKind.ThisKeyword || ts.isCallExpression(node)) own = false;
    if (ts.isIdentifier(node)) {
      const declaration = engine.program.scopes.resolve(node);
      if (declaration && !between.some((one) => isWithin(declaration.node, one))) own = false;
    }
    return own;
  });
  return own;
}

function setsFlag(statement: ts.Statement): boolean {
  const value = ts.isExpressionStatement(statement) ? unwrap(statement.expression) : undefined;
  return (
    value !== undefined &&
    ts.isBinaryExpression(value) &&
    (value.right.kind === ts.SyntaxKind.TrueKeyword || ts.isPrefixUnaryExpression(value.right))
  );
}

/** How the code that assigns is seen to run again; undefined where it is not. */
function repeats(
  write: ts.Node,
  fn: FunctionNode,
  kind: ResourceKind | undefined,
  engine: Engine,
): Frequency | undefined {
  const frequency = engine.frequency.of(write);
  if (frequency.level === 'hot') return frequency;
  const name = fn.name ? (propertyNameText(fn.name) ?? '') : '';
  if (frequency.level === 'call' && kind?.heldBy === 'runtime' && replaces(name)) return frequency;
  if (frequency.level === 'call' && putsUp(fn, write, kind)) return frequency;
  const effect = rerunsOf(fn);
  return effect === undefined ? undefined : runs('hot', { kind: 'effect', name: effect });
}

/** The hook that runs the function again when what it depends on changes; undefined where it runs once. */
export function rerunsOf(fn: FunctionNode): string | undefined {
  const effect = effectAround(fn);
  if (!effect || !rerunsEffect(calledName(effect))) return undefined;
  const [, dependencies] = effect.arguments;
  // With an empty list never.
  const isOnce = dependencies && (!ts.isArrayLiteralExpression(dependencies) || dependencies.elements.length === 0);
  return isOnce ? undefined : calledName(effect);
}

/**
 * `showWarning(text) { item = create(); item.text = text; … }`: each call puts up another text, and the one before need not
 * have been taken away.
 */
function putsUp(fn: FunctionNode, made: ts.Node, kind: ResourceKind | undefined): boolean {
  const name = fn.name ? (propertyNameText(fn.name) ?? '') : '';
  if (!kind || kind.heldBy === 'nothing' || !showsOne(name)) return false;
  const [content] = fn.parameters;
  if (!content || !ts.isIdentifier(content.name) || content.questionToken || content.initializer) return false;
  const { text } = content.name;
  let used = false;
  if (fn.body)
    walk(fn.body, (node) => {
      if (ts.isIdentifier(node) && node.text === text && node.pos > made.end) used = true;
      return !used;
    });
  return used;
}

/** In what ends the whole: a teardown, an unmount hook, the clean-up that an effect returns. */
function isAtTheEnd(site: ts.Node): boolean {
  for (let fn = enclosingFunction(site); fn; fn = enclosingFunction(fn)) {
    const name = fn.name ? propertyNameText(fn.name) : undefined;
    if (name !== undefined && endsForGood(name)) return true;
    if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) continue;
    const up = wrapped(fn).parent;
    if (ts.isCallExpression(up) && unmountHooks.has(calledName(up))) return true;
    const around = enclosingFunction(fn);
    if (around && (ts.isReturnStatement(up) || up === around) && effectAround(around)) return true;
  }
  return false;
}

/**
 * `if (!target) { observer?.disconnect(); return; }`: who goes on past it has ended nothing. The condition is about what the
 * function is given or finds out, not about a state that tells whether there is one.
 */
function isInWayOut(site: ts.Node, key: string, engine: Engine): boolean {
  const fn = enclosingFunction(site);
  for (let at: ts.Node = site; fn && at !== fn && at.parent; at = at.parent) {
    const up = at.parent;
    if (!ts.isIfStatement(up) || up.thenStatement !== at || up.elseStatement) continue;
    const last = ts.isBlock(at) ? at.statements.at(-1) : at;
    if (!last || !ts.isReturnStatement(last)) return false;
    let isGiven = true;
    walk(up.expression, (inner) => {
      if (inner.kind === ts.SyntaxKind.ThisKeyword) isGiven = false;
      const declaration = ts.isIdentifier(inner) ? engine.program.scopes.resolve(inner) : undefined;
      if (declaration?.kind === 'let' || declaration?.kind === 'var') isGiven = false;
      if (declaration?.initializer && engine.program.places.of(declaration.initializer)?.key === key) isGiven = false;
      return isGiven;
    });
    return isGiven;
  }
  return false;
}

/**
 * In a `stop` or `disconnect` that only others call, while an event assigns again and again. An event that comes once for
 * each connection does so where connecting repeats.
 */
function isInStop(
  site: ts.Node,
  frequency: Frequency,
  write: ts.Node,
  kind: ResourceKind | undefined,
  engine: Engine,
): boolean {
  // A connection that is made again when the one before has ended.
  if (kind?.family !== 'listener' && tellsOfEnd(/^(?:on)?(\w+)$/.exec(nameIn(frequency.occasion))?.[1] ?? ''))
    return false;
  const end = enclosingFunction(site);
  const name = end?.name ? propertyNameText(end.name) : undefined;
  if (!end || name === undefined || !stopsWhole(name) || frequency.level !== 'hot') return false;
  const { calls, values } = engine.program.callees.usesOf(end);
  if (values.length > 0 || calls.some((call) => !isAtTheEnd(call))) return false;
  return !comesOnceEach(frequency) || isConnectedAgain(write, engine);
}

/** Is the named function around it called or handed on in this file? `onClose` ends what `onOpen` began. */
function isRunHere(site: ts.Node, engine: Engine): boolean {
  const fn = enclosingFunction(site);
  const uses = fn?.name && engine.program.callees.usesOf(fn);
  return uses !== undefined && uses.calls.length + uses.values.length > 0;
}

/** An event, or a function by that name, of which there is one for each connection or loading. */
function comesOnceEach({ occasion }: Frequency): boolean {
  return isBeginning(nameIn(occasion));
}

/** Does the function that adds the handler around the node run again by itself? */
function isConnectedAgain(node: ts.Node, engine: Engine): boolean {
  const seen = new Set<FunctionNode>();
  const queue: ts.Node[] = [node];
  for (let next = queue.pop(); next && seen.size < 8; next = queue.pop()) {
    const fn = enclosingFunction(next);
    if (!fn || seen.has(fn)) continue;
    seen.add(fn);
    const { calls, values } = engine.program.callees.usesOf(fn);
    const written = ts.isArrowFunction(fn) || ts.isFunctionExpression(fn) ? [fn] : [];
    for (const value of [...values, ...written]) {
      const adder = enclosingFunction(value);
      if (!adder) continue;
      if (engine.frequency.ofFunction(adder).level === 'hot') return true;
      // By a handler or timer of its own.
      const again = engine.program.callees.usesOf(adder).calls;
      if (again.some((call) => isWithin(call, adder) && enclosingFunction(call) !== adder)) return true;
    }
    queue.push(...calls);
  }
  return false;
}

/** Is the place looked at on the way to the assignment: before it, in what runs before it, or by who calls the function? */
function isLookedAt(write: ts.BinaryExpression, key: string, fn: FunctionNode, engine: Engine): boolean {
  const reads = engine.uses.reads(key);
  const others = engine.uses.writes(key).filter((other) => other !== write);
  const { callees } = engine.program;
  const seen = new Set<FunctionNode>();
  const before = (node: ts.Node, around: FunctionNode, depth: number): boolean => {
    if (seen.has(around) || depth > 3) return false;
    seen.add(around);
    const isEarlier = (one: ts.Node): boolean =>
      one.pos < node.pos &&
      (runsIn(one) === around || enclosingFunction(one) === around) &&
      !isInWayOut(one, key, engine);
    if (reads.some(isEarlier) || others.some(isEarlier)) return true;
    const near = reads.filter((read) => !isInWayOut(read, key, engine));
    if (statementsBefore(node, around).some((statement) => touchesNow(statement, near, engine))) return true;
    // Who runs it, and the function around it.
    const { calls, values } = callees.usesOf(around);
    return [...calls, ...values.filter((value) => !isTakenOff(value)), around].some((use) => {
      const up = enclosingFunction(use);
      return up !== undefined && before(use, up, depth + 1);
    });
  };
  if (before(write, fn, 0)) return true;
  // Its own later part may end it, or tell when it ended: `socket.onclose = () => { this.socket = undefined }`.
  return [...reads, ...others].some((one) => isWithin(one, fn) && enclosingFunction(one) !== fn);
}

/** `socket.onclose = () => setTimeout(connect)`, in `connect` itself: the one before is over. */
function isRunByItsEnd(fn: FunctionNode, engine: Engine): boolean {
  const { calls, values } = engine.program.callees.usesOf(fn);
  return [...calls, ...values].some((use) => isWithin(use, fn) && isAboutAnEnd(use));
}

/** `target.off('change', around)`: who takes a handler off does not run it. */
function isTakenOff(value: ts.Expression): boolean {
  const call = wrapped(value).parent;
  return ts.isCallExpression(call) && call.expression !== wrapped(value) && unlistenMethods.has(calledName(call));
}

function draftOf(
  { write, place, made, kind }: Assignment,
  ends: readonly Ending[],
  frequency: Frequency,
  text: { readonly mechanism: Draft['mechanism']; readonly how: string; readonly advice: string },
): Draft {
  const held = `\`${textOf(place)}\``;
  const [end] = ends;
  return {
    kind: kind?.overwrittenAs ?? kind?.id ?? overwrittenKinds[end?.family === 'handle' ? 'handle' : 'listener'],
    mechanism: text.mechanism,
    // Whether it is ever given a new one while the old one is open, hardly anything shows.
    severity: 'low',
    confidence: 'medium',
    message: `The ${kind?.noun ?? 'object'} in ${held} may be lost while it is open: ${text.how}.`,
    advice: text.advice,
    node: made,
    trail: [
      { role: 'acquired', message: 'Made here', range: rangeOf(made) },
      { role: 'held', message: `Kept in ${held}, over the one before`, range: rangeOf(write) },
      frequencyStep(frequency, write),
      ...(end ? [{ role: 'release' as const, message: 'Ended here', range: rangeOf(end.site) }] : []),
    ],
  };
}
