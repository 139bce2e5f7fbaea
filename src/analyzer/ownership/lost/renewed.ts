/**
 * `if (!this.log || this.size > limit) this.log = open(next)`: the author's own condition says that there may be one, and
 * that it makes way for a new one. Judged where nothing on the way looks after the old one.
 */

import { type Acquisition, activatorsOf } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import { type Place, textOf } from '../../program/places';
import type { ResourceKind } from '../../resources/model';
import { shortText } from '../../syntax/shortText';
import {
  enclosingFunction,
  type FunctionNode,
  isAssignment,
  isWithin,
  isWithinAny,
  lineOf,
  rangeOf,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../../syntax/syntax';
import { tellsOfEnd } from '../../words/events';
import { overwrittenKinds } from '../../words/fallbackKinds';
import { frequencyStep } from '../assess';
import { fatesOf } from '../values/fate';

/** Findings for all places of a file that a condition lets be renewed. */
export function findRenewed(
  engine: Engine,
  acquisitions: readonly Acquisition[],
  known: readonly Draft[],
): readonly Draft[] {
  // What is hidden tells nobody.
  const told = new Set(known.filter(({ confidence }) => confidence !== 'low').map(({ node }) => node));
  return acquisitions.flatMap((acquisition) => {
    const draft = told.has(acquisition.node) ? undefined : judge(acquisition, engine);
    return draft ? [draft] : [];
  });
}

function judge(acquisition: Acquisition, engine: Engine): Draft | undefined {
  const { kind, form, node, result } = acquisition;
  if (!result || kind.oneShot || kind.onlyForgotten || kind.heldBy !== 'runtime' || kind.family !== 'handle')
    return undefined;
  if (acquisition.assumed || kind.mayBeDropped || activatorsOf(form)) return undefined;
  if (form.form === 'call' && form.endsByItself) return undefined;
  const stored = fatesOf(result, engine.program).find((fate) => fate.kind === 'stored');
  if (stored?.kind !== 'stored' || !isAssignment(stored.node) || !isKept(stored.place, stored.node)) return undefined;
  const { place } = stored;
  const fn = enclosingFunction(node);
  if (!fn || ts.isConstructorDeclaration(fn)) return undefined;
  const guard = guardOf(stored.node, place.key, engine, 0);
  if (!guard) return undefined;
  if (isLookedAfter(place, guard, stored.node, kind, engine)) return undefined;
  const held = `\`${textOf(place)}\``;
  const frequency = engine.frequency.of(node);
  const participle = kind.participle ?? 'released';
  return {
    kind: kind.overwrittenAs ?? overwrittenKinds.handle,
    mechanism: 'overwritten-before-release',
    severity: 'medium',
    confidence: 'medium',
    message: `The ${kind.noun} in ${held} is replaced without being ${participle}: the condition on line ${lineOf(guard.condition)} lets a new one take the place of an open one when \`${shortText(guard.other)}\`.`,
    advice: `Have the last one ${participle} before ${held} is assigned again.`,
    node,
    trail: [
      { role: 'acquired', message: `The ${kind.noun} is acquired here`, range: rangeOf(node) },
      { role: 'held', message: `Kept in ${held}, over the one before`, range: rangeOf(stored.node) },
      { role: 'exit', message: 'True also while there is one', range: rangeOf(guard.other) },
      frequencyStep(frequency, node),
    ],
  };
}

/** A field, or a variable of the module. */
function isKept({ root, path }: Place, write: ts.Node): boolean {
  if (root.kind === 'owner') return path.length === 1 && enclosingFunction(write) !== root.owner.construct;
  return root.kind === 'declaration' && path.length === 0 && root.declaration.scope.func === undefined;
}

const maxDepth = 5;

interface Guard {
  readonly condition: ts.Expression;
  /** The alternative to "there is none". */
  readonly other: ts.Expression;
  /** What runs when it holds. */
  readonly branch: ts.Node;
}

/** The condition under which the node runs, here or where its function is called, if it names the place so. */
function guardOf(node: ts.Node, key: string, engine: Engine, depth: number): Guard | undefined {
  const fn = enclosingFunction(node);
  for (let at: ts.Node = node; at.parent && at !== fn; at = at.parent) {
    const up = at.parent;
    if (!ts.isIfStatement(up) || up.thenStatement !== at) continue;
    const other = otherThanMissing(up.expression, key, engine);
    if (other) return { condition: up.expression, other, branch: at };
    // Another condition on the place says more about it.
    if (mentions(up.expression, key, engine)) return undefined;
  }
  if (!fn || depth > maxDepth) return undefined;
  const outside = engine.program.callees.usesOf(fn).calls.filter((call) => !isWithin(call, fn));
  const sites: readonly ts.Node[] = isRunHere(fn) ? [...outside, fn] : outside;
  for (const site of sites) {
    const guard = guardOf(site, key, engine, depth + 1);
    if (guard) return guard;
  }
  return undefined;
}

/** Written where it is run: called at once, or the callback of a call. */
function isRunHere(fn: FunctionNode): boolean {
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return false;
  const outer = wrapped(fn);
  return ts.isCallExpression(outer.parent);
}

/** `!this.log || this.size > limit`: the second part, where it says nothing of the state of the first. */
function otherThanMissing(condition: ts.Expression, key: string, engine: Engine): ts.Expression | undefined {
  const value = unwrap(condition);
  if (!ts.isBinaryExpression(value) || value.operatorToken.kind !== ts.SyntaxKind.BarBarToken) return undefined;
  const { left, right } = value;
  if (!isMissing(left, key, engine)) return undefined;
  // `!this.socket || this.socket.destroyed`, `!socket || isDead(socket)`, `!this.socket || this.failed`
  if (mentions(right, key, engine) || speaksOfEnd(right)) return undefined;
  return right;
}

function isMissing(expression: ts.Expression, key: string, engine: Engine): boolean {
  const value = unwrap(expression);
  const isPlace = (one: ts.Expression): boolean => engine.program.places.of(unwrap(one))?.key === key;
  if (ts.isPrefixUnaryExpression(value))
    return value.operator === ts.SyntaxKind.ExclamationToken && isPlace(value.operand);
  if (!ts.isBinaryExpression(value)) return false;
  const { kind } = value.operatorToken;
  const isEqual = kind === ts.SyntaxKind.EqualsEqualsToken || kind === ts.SyntaxKind.EqualsEqualsEqualsToken;
  return isEqual && isPlace(value.left) && /^(?:null|undefined)$/.test(value.right.getText());
}

function mentions(node: ts.Node, key: string, engine: Engine): boolean {
  let found = false;
  walk(node, (inner) => {
    if (
      (ts.isIdentifier(inner) || ts.isPropertyAccessExpression(inner)) &&
      engine.program.places.of(inner)?.key === key
    )
      found = true;
    return !found;
  });
  return found;
}

/** Some name in it says that the old one is over: `this.closed`, `this.state === State.Idle`, `!this.isOpen()`. */
function speaksOfEnd(node: ts.Node): boolean {
  let found = false;
  walk(node, (inner) => {
    if (ts.isIdentifier(inner) && (tellsOfEnd(inner.text) || stateWords.test(inner.text))) found = true;
    if (ts.isStringLiteralLike(inner) && (tellsOfEnd(inner.text) || stateWords.test(inner.text))) found = true;
    return !found;
  });
  return found;
}

const stateWords =
  /stat(?:e|us)|open|ready|connect|alive|active|running|valid|usable|avail|writ(?:e?able)|null|broken|stale|idle|inited|initial|started|loaded|reset/i;

/**
 * Anything before the assignment that ends it, or gives it to somebody; a handler that clears the place; or an end of what
 * a variable keeps of it.
 */
function isLookedAfter(
  place: Place,
  guard: Guard,
  write: ts.BinaryExpression,
  kind: ResourceKind,
  engine: Engine,
): boolean {
  const releases = engine.releasesOf(kind);
  const on = new Set<FunctionNode>();
  for (const at of [guard.branch, write]) {
    const fn = enclosingFunction(at);
    if (fn) for (const one of engine.program.callees.reachedFrom(fn)) on.add(one);
    // Functions around, which may have ended it before.
    for (let up = fn; up; up = enclosingFunction(up)) on.add(up);
  }
  const runs = (site: ts.Node): boolean => isWithinAny(site, on);
  const own = new Set([
    ...(releases.byPlace.get(place.key) ?? []),
    ...(releases.byProperty.get(place.path.at(-1) ?? '') ?? []),
  ]);
  if (releases.sites.some((site) => own.has(site) && runs(site))) return true;
  // Somebody else is given it, or a variable keeps it, on the way.
  const isTaken = engine.uses.reads(place.key).some((use) => {
    if (!runs(use)) return false;
    const up = wrapped(use).parent;
    if (ts.isVariableDeclaration(up) || isAssignment(up)) return true;
    return (ts.isCallExpression(up) || ts.isNewExpression(up)) && up.expression !== wrapped(use) && use.pos < write.pos;
  });
  // `log.on('close', () => { this.log = undefined })`: who sets it back knows when it is over.
  const isCleared = engine.uses
    .writes(place.key)
    .some((other) => other !== write && ts.isBinaryExpression(other) && isNothing(other.right));
  return isTaken || isCleared;
}

function isNothing(expression: ts.Expression): boolean {
  return /^(?:null|undefined|false|void 0)$/.test(unwrap(expression).getText());
}
