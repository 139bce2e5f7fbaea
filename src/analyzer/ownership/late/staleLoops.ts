/**
 * Loops of one-shot resources that their end misses. `async tick() { await load(); this.timer = setTimeout(() => this.tick()) }`:
 * when `stop` runs during the wait, the timer that it clears has fired long ago, and the next one is armed afterwards. And
 * `function draw() { requestAnimationFrame(draw); … }`, where only the handle of the first one is kept and cancelled.
 */

import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import { type Place, textOf } from '../../program/places';
import { visitNodes } from '../../syntax/nodeIndex';
import { binaries } from '../../syntax/selections';
import {
  enclosingFunction,
  type FunctionNode,
  hasModifier,
  isAssignment,
  isFunctionNode,
  isLogical,
  isWithin,
  lineOf,
  propertyNameText,
  rangeOf,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../../syntax/syntax';
import { givesUp } from '../../words/states';
import { isTeardown } from '../../words/teardowns';
import { fatesOf } from '../values/fate';
import { continuedFrom } from './promiseSteps';
import { releaseSites } from './releaseSites';

/** What ends the loop, as its author thinks. */
interface End {
  readonly fn: FunctionNode;
  readonly name: string;
  readonly site: ts.Node;
}

/** The finding for a loop that goes on after its end; undefined when something else stops it, or unsure. */
export function judgeStaleLoop(acquisition: Acquisition, callback: FunctionNode, engine: Engine): Draft | undefined {
  const { kind, result } = acquisition;
  if (!kind.oneShot?.rearm || !result) return undefined;
  const fates = fatesOf(result, engine.program);
  const place = fates.find((fate) => fate.kind === 'stored')?.place;
  if (place) return afterWait(acquisition, callback, place, engine);
  return fates.every((fate) => fate.kind === 'dropped') ? firstOnly(acquisition, callback, engine) : undefined;
}

function afterWait(acquisition: Acquisition, callback: FunctionNode, place: Place, engine: Engine): Draft | undefined {
  const { kind, node } = acquisition;
  const end = asks(callback) ? undefined : endOf(place, acquisition, engine);
  if (!end || !isOfMany(place, engine)) return undefined;
  const arming = stepAround(node);
  const { callees } = engine.program;
  for (const step of callees.reachedFrom(callback)) {
    if (isContinuation(step) || callees.reachedFrom(end.fn).has(step)) continue;
    // The arming itself, or a call of the function that does it.
    const sites =
      step === arming
        ? [node]
        : callees.usesOf(arming ?? step).calls.filter((call) => arming && stepAround(call) === step);
    for (const site of sites) {
      const wait = waitBefore(site, step);
      if (!wait || asks(step, site) || (arming && arming !== step && asks(arming, node))) continue;
      if (isToldBy(end.fn, [step, arming], place, engine)) continue;
      return draftOf(acquisition, end, {
        how: `it is armed again after a wait (line ${lineOf(wait)}), and nothing asks whether \`${end.name}\` (line ${lineOf(end.fn)}) has run meanwhile: that clears one that has fired, and the loop goes on for ever`,
        advice: `Set a flag in \`${end.name}\`, and test it after the wait.`,
        mechanism: 'race-or-after-await',
        at: wait,
        label: `The ${kind.noun}`,
      });
    }
  }
  return undefined;
}

function firstOnly(acquisition: Acquisition, callback: FunctionNode, engine: Engine): Draft | undefined {
  const { node, kind } = acquisition;
  const loop = stepAround(node);
  if (loop !== callback || asks(loop, node)) return undefined;
  const callee = unwrap(node.expression as ts.Expression).getText();
  for (const value of engine.program.callees.usesOf(loop).values) {
    const first = wrapped(value).parent;
    if (!ts.isCallExpression(first) || isWithin(first, loop) || unwrap(first.expression).getText() !== callee) continue;
    const kept = fatesOf(first, engine.program).find((fate) => fate.kind === 'stored');
    if (kept?.kind !== 'stored') continue;
    const end = endOf(kept.place, acquisition, engine);
    if (!end || engine.uses.writes(kept.place.key).some((write) => isWithin(write, loop))) continue;
    if (isToldBy(end.fn, [loop], kept.place, engine) || !isOfMany(kept.place, engine)) continue;
    return draftOf(acquisition, end, {
      how: `its handle is dropped, and \`${end.name}\` (line ${lineOf(end.fn)}) ends the first one only, which has run long ago: the loop goes on for ever`,
      advice: `Keep each handle in \`${textOf(kept.place)}\`.`,
      mechanism: 'release-never-matches',
      at: first,
      label: `The ${kind.noun}`,
    });
  }
  return undefined;
}

function draftOf(
  { kind, node }: Acquisition,
  end: End,
  text: {
    readonly how: string;
    readonly advice: string;
    readonly mechanism: Draft['mechanism'];
    readonly at: ts.Node;
    readonly label: string;
  },
): Draft {
  return {
    kind: kind.oneShot?.rearm ?? kind.id,
    mechanism: text.mechanism,
    severity: 'medium',
    confidence: 'medium',
    message: `${text.label} may not be stopped: ${text.how}.`,
    advice: text.advice,
    node,
    trail: [
      { role: 'acquired', message: `The ${kind.noun} is armed again here`, range: rangeOf(node) },
      { role: 'repeats', message: 'The loop comes from here', range: rangeOf(text.at) },
      { role: 'release', message: 'Ends what is no longer armed', range: rangeOf(end.site) },
    ],
  };
}

/** A field of a class of which there may be many, or a variable of a function that is called more than once. */
function isOfMany({ root, path }: Place, engine: Engine): boolean {
  if (root.kind === 'owner')
    return path.length === 1 && root.owner.kind !== 'object' && engine.frequency.instancesOf(root.owner) !== 'single';
  if (root.kind !== 'declaration' || path.length > 0 || root.declaration.scope.func === undefined) return false;
  const { level } = engine.frequency.ofFunction(root.declaration.scope.func);
  return level !== 'once' && level !== 'setup';
}

/** A release in a function that ends things by its name; whoever waits for the work, or gives it up, has thought of it. */
function endOf(place: Place, { kind, node }: Acquisition, engine: Engine): End | undefined {
  for (const site of releaseSites(place, kind, engine)) {
    const fn = enclosingFunction(site);
    const name = fn && nameOf(fn);
    if (!fn || !name || !isTeardown(name) || isWithin(node, fn)) continue;
    // What is handed to somebody to be ended may be ended with the work.
    if (ts.isObjectLiteralExpression(fn.parent) || ts.isPropertyAssignment(wrapped(fn as ts.Expression).parent)) {
      const literal = ts.isObjectLiteralExpression(fn.parent) ? fn.parent : wrapped(fn as ts.Expression).parent.parent;
      if (ts.isCallExpression(wrapped(literal as ts.Expression).parent)) continue;
    }
    let thinks = hasModifier(fn, ts.SyntaxKind.AsyncKeyword);
    for (const inner of engine.program.callees.reachedFrom(fn))
      walk(inner, (one) => {
        if (ts.isIdentifier(one) && givesUp(one.text)) thinks = true;
        return !thinks;
      });
    if (!thinks) return { fn, name, site };
  }
  return undefined;
}

function nameOf(fn: FunctionNode): string | undefined {
  if (fn.name) return propertyNameText(fn.name);
  const up = wrapped(fn as ts.Expression).parent;
  return ts.isVariableDeclaration(up) || ts.isPropertyAssignment(up) || ts.isPropertyDeclaration(up)
    ? propertyNameText(up.name)
    : undefined;
}

/** The function that a node is a step of, out of what continues a promise. */
function stepAround(node: ts.Node): FunctionNode | undefined {
  let fn = enclosingFunction(node);
  while (fn && isContinuation(fn)) fn = enclosingFunction(fn);
  return fn;
}

function isContinuation(fn: FunctionNode): boolean {
  return continuedFrom(fn) !== undefined;
}

/** What the step waits for before it comes to the site. */
function waitBefore(site: ts.Node, step: FunctionNode): ts.Node | undefined {
  for (let fn = enclosingFunction(site); fn && fn !== step; fn = enclosingFunction(fn)) {
    const continued = continuedFrom(fn);
    if (continued) return continued;
  }
  let found: ts.Node | undefined;
  if (step.body)
    walk(step.body, (inner) => {
      if (found || isFunctionNode(inner) || inner.pos > site.pos) return false;
      if (ts.isIfStatement(inner) && !isWithin(site, inner)) return false;
      if (ts.isAwaitExpression(inner)) found = inner;
      return !found;
    });
  return found;
}

/** May the function decide not to come to the site? A condition around it, or a way out before it; one of a failure does not count. */
function asks(fn: FunctionNode, site?: ts.Node): boolean {
  if (!fn.body) return true;
  for (let at: ts.Node | undefined = site; at && at !== fn; at = at.parent)
    if (
      ts.isIfStatement(at) ||
      ts.isConditionalExpression(at) ||
      ts.isSwitchStatement(at) ||
      ts.isCatchClause(at) ||
      ts.isIterationStatement(at, false) ||
      (ts.isBinaryExpression(at) && isLogical(at.operatorToken.kind))
    )
      return true;
  let decides = false;
  walk(fn.body, (inner) => {
    if (decides || (site && inner.pos > site.pos) || ts.isCatchClause(inner)) return false;
    if (isFunctionNode(inner) && !(site && isWithin(site, inner))) return false;
    if (ts.isReturnStatement(inner) || ts.isThrowStatement(inner)) decides = !(site && isWithin(site, inner));
    if (!site && (ts.isIfStatement(inner) || ts.isConditionalExpression(inner) || ts.isBinaryExpression(inner)))
      decides = true;
    if (ts.isIdentifier(inner) && /signal|abort/i.test(inner.text)) decides = true;
    return !decides;
  });
  return decides;
}

/** Does the end set something that the loop looks at? */
function isToldBy(
  end: FunctionNode,
  loop: readonly (FunctionNode | undefined)[],
  { key }: Place,
  engine: Engine,
): boolean {
  let told = false;
  for (const fn of engine.program.callees.reachedFrom(end))
    visitNodes(fn, binaries, (inner) => {
      const set = isAssignment(inner) ? engine.program.places.of(inner.left)?.key : undefined;
      if (set === undefined || set === key) return undefined;
      told ||= engine.uses.reads(set).some((use) => loop.some((one) => one && isWithin(use, one)));
      return !told;
    });
  return told;
}
