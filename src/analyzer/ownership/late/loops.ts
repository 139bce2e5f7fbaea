/**
 * Chains of one-shot resources in an owner that has an end: a method that arms itself again at its end and keeps no
 * handle, and the first link of a chain, which the teardown cannot end because only the later ones are kept.
 */

import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import type { TrailStep } from '../../findings/findings';
import type { Owner } from '../../program/members';
import { ownerText } from '../../program/ownerText';
import type { Declaration } from '../../program/scopes';
import { wrappers } from '../../resources/scopes';
import {
  enclosingFunction,
  type FunctionNode,
  isFunctionNode,
  isLogical,
  isWithin,
  isWithinAny,
  leaves,
  lineOf,
  propertyNameText,
  rangeOf,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../../syntax/syntax';
import { continuations } from '../../words/callbacks';
import { counts } from '../../words/collections';
import { takesOut } from '../../words/releases';
import { endWords } from '../../words/states';
import { endsForGood } from '../../words/teardowns';
import { type Assessment, frequencyStep, wholeTeardownOf } from '../assess';
import { fatesOf } from '../values/fate';
import { isInDisposer, teardownFunctions } from './endOfOwner';
import { releaseSites } from './releaseSites';

/** What ends an owner: its teardown, or the base class to which it gives its parts. */
type End = { readonly teardown: Assessment['teardown']; readonly text: string };

/** The owner around the node, unless it is a plain object, whose timers live as long as the program. */
function ownerAround(node: ts.Node, { program }: Engine): Owner | undefined {
  const owner = program.members.ownerAt(node);
  return owner && (owner.kind !== 'object' || owner.isClassBody) ? owner : undefined;
}

/** The timers of the only one of its class live as long as the program. Other files are asked for it: of few. */
function isOnlyOne(owner: Owner, { frequency }: Engine): boolean {
  return frequency.instancesOf(owner) === 'single';
}

/**
 * `async poll() { await this.load(); setTimeout(() => this.poll(), 60000); }` in an owner that has an end, where neither a
 * handle nor a flag stops the next round.
 */
export function judgeOwnedLoop(acquisition: Acquisition, callback: FunctionNode, engine: Engine): Draft | undefined {
  const { kind, node, result } = acquisition;
  const id = kind.oneShot?.rearm;
  const owner = ownerAround(node, engine);
  if (!id || !result || !owner) return undefined;
  const end = endOf(owner, node);
  const loop = end && loopAround(node);
  if (!end || !loop || !owns(owner, loop) || !startsAgain(callback, loop, engine)) return undefined;
  if (isOnlyOne(owner, engine)) return undefined;
  const reached = teardownFunctions(owner, engine);
  if (reached.has(loop) || !isLost(acquisition, owner, reached, engine)) return undefined;
  if (mayStop([loop, callback], node, owner, engine) || endsByItself(node, callback, loop, engine)) return undefined;
  const name = loop.name ? propertyNameText(loop.name) : undefined;
  const frequency = engine.frequency.ofFunction(loop);
  return {
    kind: id,
    mechanism: 'no-release-on-dispose',
    severity: 'medium',
    confidence: 'medium',
    message: `The ${kind.noun} arms itself again each time it runs, and ${end.text} cannot stop it: ${name === undefined ? 'it' : `\`${name}\``} goes on when ${ownerText(owner.name)} is torn down.`,
    advice:
      'Keep the latest handle and clear it when its owner ends, or test a flag that the end sets before arming it.',
    node,
    open: { acquisition, level: frequency.level, teardown: end.teardown },
    trail: [
      { role: 'acquired', message: `The ${kind.noun} is armed again here`, range: rangeOf(node) },
      frequencyStep(frequency, loop),
      ...forgotten(end),
    ],
  };
}

/** `setTimeout(check)`, where `check` arms the next one in a field that the teardown clears: an end before the first run comes too early. */
export function judgeFirstLink(acquisition: Acquisition, callback: FunctionNode, engine: Engine): Draft | undefined {
  const { kind, node, result } = acquisition;
  const id = kind.oneShot?.field;
  const owner = ownerAround(node, engine);
  if (!id || !result || !owner) return undefined;
  if (!fatesOf(result, engine.program).every((fate) => fate.kind === 'dropped')) return undefined;
  const teardown = wholeTeardownOf(owner, node);
  if (!teardown || !endsForGood(teardown.name) || isOnlyOne(owner, engine)) return undefined;
  const reached = teardownFunctions(owner, engine);
  if (isWithinAny(node, reached)) return undefined;
  const next = nextLink(acquisition, callback, owner, reached, engine);
  if (!next) return undefined;
  const run = [...engine.program.callees.reachedFrom(callback)].filter((fn) => isWithin(next.call, fn));
  if (run.some((fn) => reached.has(fn)) || mayStop(run, next.call, owner, engine)) return undefined;
  return {
    kind: id,
    mechanism: 'no-release-on-dispose',
    severity: 'medium',
    confidence: 'medium',
    message: `The handle of this ${kind.noun} is dropped, and its callback arms the next one (line ${lineOf(next.call)}): when \`${teardown.name}\` (line ${lineOf(teardown.node)}) comes before it fires, the chain starts on what is gone.`,
    advice: `Keep its handle in \`this.${next.field}\` too.`,
    node,
    open: { acquisition, level: engine.frequency.of(node).level, teardown },
    trail: [
      { role: 'acquired', message: `The ${kind.noun} is armed here, and its handle dropped`, range: rangeOf(node) },
      { role: 'repeats', message: 'Its callback arms the next one', range: rangeOf(next.call) },
      { role: 'release', message: 'Only the later ones are ended here', range: rangeOf(next.site) },
    ],
  };
}

function endOf(owner: Owner, node: ts.Node): End | undefined {
  const teardown = wholeTeardownOf(owner, node);
  if (teardown && endsForGood(teardown.name))
    return { teardown, text: `\`${teardown.name}\` (line ${lineOf(teardown.node)})` };
  return owner.base && givesParts(owner)
    ? { teardown: undefined, text: `the end of ${ownerText(owner.name)}` }
    : undefined;
}

function forgotten({ teardown }: End): readonly TrailStep[] {
  return teardown
    ? [
        {
          role: 'forgotten',
          message: `\`${teardown.name}\` ends without it being stopped`,
          range: rangeOf(teardown.node.name ?? teardown.node),
        },
      ]
    : [];
}

/** `this._register(…)`: the base class ends what its subclass gives it. */
function givesParts(owner: Owner): boolean {
  let gives = false;
  walk(owner.node, (inner) => {
    const callee = ts.isCallExpression(inner) ? unwrap(inner.expression) : undefined;
    if (callee && ts.isPropertyAccessExpression(callee) && callee.expression.kind === ts.SyntaxKind.ThisKeyword)
      gives ||= wrappers.includes(callee.name.text) && !owner.members.has(callee.name.text);
    return !gives;
  });
  return gives;
}

/** The function that the call is a part of, out of what only continues it: `.then(() => setTimeout(…))`. */
function loopAround(node: ts.Node): FunctionNode | undefined {
  let fn = enclosingFunction(node);
  while (fn && isContinuation(fn)) fn = enclosingFunction(fn);
  return fn;
}

function isContinuation(fn: FunctionNode): boolean {
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return false;
  const call = wrapped(fn).parent;
  const callee = ts.isCallExpression(call) ? unwrap(call.expression) : undefined;
  return callee !== undefined && ts.isPropertyAccessExpression(callee) && continuations.has(callee.name.text);
}

/** A member of the owner, or a function written in one. */
function owns(owner: Owner, loop: FunctionNode): boolean {
  return [...owner.members.values()].some((member) => member.functions.some((fn) => isWithin(loop, fn)));
}

/** The callback is the function, or does nothing but call it. */
function startsAgain(callback: FunctionNode, loop: FunctionNode, engine: Engine): boolean {
  if (callback === loop) return true;
  if (!callback.body || !isWithin(callback, loop)) return false;
  let calls = false;
  walk(callback.body, (inner) => {
    if (ts.isCallExpression(inner) && engine.program.callees.of(inner).includes(loop)) calls = true;
    return !calls && !isFunctionNode(inner);
  });
  return calls;
}

/** Nobody has the handle, or it lies in a field that nobody ends or looks at. */
function isLost(
  { kind, node, result }: Acquisition,
  owner: Owner,
  teardown: ReadonlySet<FunctionNode>,
  engine: Engine,
): boolean {
  return (
    result !== undefined &&
    fatesOf(result, engine.program).every((fate) => {
      if (fate.kind === 'dropped') return true;
      if (fate.kind === 'used') return kind.fluent?.includes(fate.member) === true;
      if (fate.kind !== 'stored' || fate.place.root.kind !== 'owner' || fate.place.root.owner !== owner) return false;
      const within = (use: ts.Node): boolean => isWithinAny(use, teardown) || isInDisposer(use, node);
      return ![...releaseSites(fate.place, kind, engine), ...engine.uses.reads(fate.place.key)].some(within);
    })
  );
}

/**
 * May something else than the handle stop it? A test of what an end sets, of anything that another function of the owner
 * changes, of a number that runs out; or a way out after the work, which then decides whether there is more to do.
 */
function mayStop(fns: readonly FunctionNode[], arming: ts.Node, owner: Owner, engine: Engine): boolean {
  return fns.some((fn) => {
    if (!fn.body) return false;
    let stops = false;
    let hasWorked = false;
    walk(fn.body, (inner) => {
      if (stops) return false;
      if (ts.isAwaitExpression(inner)) hasWorked = true;
      const condition = conditionOf(inner);
      if (!condition) return undefined;
      if (asksForEnd(condition, fn, owner, engine)) stops = true;
      else if (hasWorked && ts.isIfStatement(inner) && !isWithin(arming, inner) && mayLeave(inner)) stops = true;
      return !stops;
    });
    return stops;
  });
}

/** The next round is given something else than what this one was armed for, or there is an end of the work. */
function endsByItself(arming: ts.Node, callback: FunctionNode, loop: FunctionNode, engine: Engine): boolean {
  if (!loop.body) return false;
  let ends = false;
  walk(loop.body, (inner) => {
    if (!ts.isIfStatement(inner)) return !ends;
    const decides = isWithin(arming, inner) || (inner.pos < arming.pos && mayLeave(inner));
    if (decides && (asksForRest(inner.expression) || asksForTaken(inner.expression, engine))) ends = true;
    if (isWithin(arming, inner) && usesUp(inner, arming, engine)) ends = true;
    if (isWithin(arming, inner) && changesWhatItAsks(inner.expression, callback, loop, engine)) ends = true;
    return !ends;
  });
  return ends;
}

/** `this.queue.length === 0`, `!pending.size` */
function asksForRest(condition: ts.Expression): boolean {
  let asks = false;
  walk(condition, (inner) => {
    if (ts.isPropertyAccessExpression(inner) && counts(inner.name.text)) asks = true;
    return !asks;
  });
  return asks;
}

/** `const next = this.queue.shift(); if (next) setTimeout(…)`: what was taken out of something that becomes empty. */
function asksForTaken(condition: ts.Expression, engine: Engine): boolean {
  let asks = false;
  walk(condition, (inner) => {
    const made = ts.isIdentifier(inner) ? engine.program.scopes.resolve(inner)?.initializer : undefined;
    const call = made && unwrap(made);
    const callee = call && ts.isCallExpression(call) ? unwrap(call.expression) : undefined;
    if (callee && ts.isPropertyAccessExpression(callee)) asks ||= takesOut(callee.name.text);
    return !asks;
  });
  return asks;
}

/** `if (map.has(key)) { map.delete(key); requestAnimationFrame(…) }`: the next round finds what it asks for gone. */
function usesUp({ expression, thenStatement }: ts.IfStatement, arming: ts.Node, engine: Engine): boolean {
  if (!isWithin(arming, thenStatement)) return false;
  const asked: ts.Expression[] = [];
  walk(expression, (inner) => {
    if (ts.isExpression(inner) && engine.program.places.of(inner)) asked.push(inner);
    return undefined;
  });
  let used = false;
  walk(thenStatement, (inner) => {
    const callee = ts.isCallExpression(inner) ? unwrap(inner.expression) : undefined;
    if (callee && ts.isPropertyAccessExpression(callee) && takesOut(callee.name.text))
      used ||= asked.some((one) => engine.program.places.same(one, callee.expression));
    return !used && inner !== arming;
  });
  return used;
}

/** `if (message) setTimeout(() => this.show(undefined), 3000)` in `show(message)` */
function changesWhatItAsks(
  condition: ts.Expression,
  callback: FunctionNode,
  loop: FunctionNode,
  engine: Engine,
): boolean {
  const { scopes, callees } = engine.program;
  const again = callsOf(callback).find((call) => callees.of(call).includes(loop));
  return (
    again !== undefined &&
    loop.parameters.some((parameter, position) => {
      const declaration = ts.isIdentifier(parameter.name) ? scopes.declarationOf(parameter) : undefined;
      if (!declaration || !asksOf(condition, declaration, engine)) return false;
      const given = again.arguments[position];
      return (
        !given || !ts.isIdentifier(unwrap(given)) || scopes.resolve(unwrap(given) as ts.Identifier) !== declaration
      );
    })
  );
}

function callsOf({ body }: FunctionNode): readonly ts.CallExpression[] {
  const found: ts.CallExpression[] = [];
  if (body)
    walk(body, (inner) => {
      if (ts.isCallExpression(inner)) found.push(inner);
      return !isFunctionNode(inner);
    });
  return found;
}

/** Does the expression speak of the parameter, by itself or by a name for what was made of it? */
function asksOf(condition: ts.Expression, parameter: Declaration, engine: Engine, depth = 0): boolean {
  let asks = false;
  walk(condition, (inner) => {
    const declaration = ts.isIdentifier(inner) ? engine.program.scopes.resolve(inner) : undefined;
    if (declaration === parameter) asks = true;
    else if (declaration?.initializer && depth < 2 && declaration.kind === 'const')
      asks ||= asksOf(declaration.initializer, parameter, engine, depth + 1);
    return !asks;
  });
  return asks;
}

function conditionOf(node: ts.Node): ts.Expression | undefined {
  if (ts.isIfStatement(node) || ts.isWhileStatement(node) || ts.isDoStatement(node)) return node.expression;
  if (ts.isConditionalExpression(node)) return node.condition;
  if (ts.isBinaryExpression(node) && isLogical(node.operatorToken.kind)) return node.left;
  return undefined;
}

function asksForEnd(condition: ts.Expression, loop: FunctionNode, owner: Owner, engine: Engine): boolean {
  let asks = false;
  walk(condition, (inner) => {
    if (ts.isIdentifier(inner) || ts.isPrivateIdentifier(inner)) asks ||= endWords.test(inner.text);
    if (ts.isBinaryExpression(inner) && /^[<>]=?$/.test(inner.operatorToken.getText())) asks = true;
    if (ts.isPropertyAccessExpression(inner) && isChangedElsewhere(inner, loop, owner, engine)) asks = true;
    if (ts.isIdentifier(inner)) {
      const declaration = engine.program.scopes.resolve(inner);
      const isVariable = declaration?.kind === 'let' || declaration?.kind === 'var';
      if (isVariable && declaration.writes.some(({ node }) => !isWithin(node, loop))) asks = true;
    }
    return !asks;
  });
  return asks;
}

/** `this.url`, which another method sets to nothing. */
function isChangedElsewhere(
  access: ts.PropertyAccessExpression,
  loop: FunctionNode,
  owner: Owner,
  engine: Engine,
): boolean {
  const place = engine.program.places.of(access);
  const [name] = place?.path ?? [];
  if (place?.root.kind !== 'owner' || place.root.owner !== owner || name === undefined) return false;
  return (
    owner.members
      .get(name)
      ?.values.some(
        ({ node }) =>
          !ts.isPropertyDeclaration(node) && !isWithin(node, loop) && enclosingFunction(node) !== owner.construct,
      ) === true
  );
}

/** `if (…) return;` */
function mayLeave({ thenStatement, elseStatement }: ts.IfStatement): boolean {
  return leaves(thenStatement) || (elseStatement !== undefined && leaves(elseStatement));
}

interface Link {
  readonly call: ts.CallExpression;
  readonly field: string;
  readonly site: ts.Node;
}

/** Where the callback arms another one of its kind, in a field that the teardown ends. */
function nextLink(
  { kind, node }: Acquisition,
  callback: FunctionNode,
  owner: Owner,
  teardown: ReadonlySet<FunctionNode>,
  engine: Engine,
): Link | undefined {
  const { callees, origins } = engine.program;
  let found: Link | undefined;
  for (const fn of callees.reachedFrom(callback)) {
    if (!fn.body) continue;
    walk(fn.body, (inner) => {
      if (found || !ts.isCallExpression(inner) || inner === node) return !found;
      const name = origins.nameOf(unwrap(inner.expression));
      const isSame = kind.acquire.some((form) => form.form === 'call' && engine.types.matches(name, form.callee));
      const stored = isSame ? fatesOf(inner, engine.program).find((fate) => fate.kind === 'stored') : undefined;
      const [field] = stored?.place.path ?? [];
      if (stored?.place.root.kind !== 'owner' || stored.place.root.owner !== owner || field === undefined)
        return undefined;
      const again = inner.arguments[kind.oneShot?.callback ?? 0];
      // A chain: what comes next arms the one after it.
      const goesOn =
        again &&
        callees.functionsOf(again).some((target) => [...callees.reachedFrom(target)].some((one) => one === fn));
      const site = releaseSites(stored.place, kind, engine).find((one) => isWithinAny(one, teardown));
      if (goesOn && site) found = { call: inner, field, site };
      return !found;
    });
  }
  return found;
}
