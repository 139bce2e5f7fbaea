/**
 * A place that is filled again over what it holds: `this.stream = this.open(day)` in what each change, tick or event runs, or
 * in a method of an object whose constructor has filled it. The way there is followed from what starts it, and neither looks
 * at the place nor ends anything in it; only the end of the whole does.
 */

import { type Acquisition, activatorsOf } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import { fileRoleOf } from '../../files/fileRole';
import type { Draft } from '../../findings/draft';
import { constantOf } from '../../program/constants';
import { type Place, textOf } from '../../program/places';
import type { ResourceKind } from '../../resources/model';
import {
  calledName,
  enclosingFunction,
  type FunctionNode,
  isAssignment,
  isNewPromise,
  isWithin,
  lineOf,
  propertyNameText,
  rangeOf,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../../syntax/syntax';
import { runsAgain, synchronousCallbacks, timerCalls } from '../../words/callbacks';
import { stateField } from '../../words/components';
import { isEventMethod, isRareEvent, isReadyEvent, oneShotEvents, openEvents, tellsOfEnd } from '../../words/events';
import { overwrittenKinds } from '../../words/fallbackKinds';
import { renderHooks, unmountHooks } from '../../words/hooks';
import { handlerCalls, listenMethods } from '../../words/listeners';
import { isSetup, opens } from '../../words/starts';
import { ends as endsByName, isOpening, isTeardown, isWholeTeardown } from '../../words/teardowns';
import { type Ending, endingsAt } from '../values/endings';
import { fatesOf } from '../values/fate';
import { neededFor } from './guards';
import { isAboutAnEnd } from './letGo';
import { runsIn, statementsBefore, touches, touchesNow } from './sequence';

interface Filling {
  readonly write: ts.Expression;
  readonly place: Place;
  readonly fn: FunctionNode;
}

interface Again {
  readonly at: ts.Node;
  readonly why: string;
}

const maxDepth = 5;

/** Findings for places that are seen to be filled a second time. */
export function findFilledAgain(
  engine: Engine,
  kinds: readonly ResourceKind[],
  acquisitions: readonly Acquisition[],
  known: readonly Draft[],
): readonly Draft[] {
  if (fileRoleOf(engine.program.path, engine.program.text) !== 'production') return [];
  const told = new Set(known.filter(({ confidence }) => confidence !== 'low').map(({ node }) => node));
  return acquisitions.flatMap((acquisition) => {
    const filling = told.has(acquisition.node) ? undefined : fillingOf(acquisition, engine);
    const draft = filling && judge(acquisition, filling, kinds, engine);
    return draft ? [draft] : [];
  });
}

function fillingOf(acquisition: Acquisition, engine: Engine): Filling | undefined {
  const { kind, form, node, result, receiver } = acquisition;
  if (!result || kind.oneShot || kind.onlyForgotten || kind.endsAlone || kind.heldBy === 'nothing') return undefined;
  if (acquisition.shared || activatorsOf(form) || (form.form === 'call' && form.endsByItself)) return undefined;
  // It ends with what it was made of.
  const whole = receiver && unwrap(receiver);
  if (whole && ts.isIdentifier(whole) && engine.program.scopes.resolve(whole)?.scope.func === enclosingFunction(node))
    if (!isAliasOfField(whole, engine)) return undefined;
  if (node.arguments?.some((argument) => /\bsignal\b/.test(argument.getText()) && !ts.isArrowFunction(argument)))
    return undefined;
  for (const fate of fatesOf(result, engine.program)) {
    if (fate.kind !== 'stored') continue;
    const found = isKept(fate.place, fate.node) ? { place: fate.place, write: fate.node } : keptLater(fate, engine);
    const fn = found && enclosingFunction(found.write);
    if (found && fn && !ts.isConstructorDeclaration(fn)) return { ...found, fn, write: found.write as ts.Expression };
  }
  return undefined;
}

/** `const { gl } = this` */
function isAliasOfField(name: ts.Identifier, engine: Engine): boolean {
  return engine.program.places.of(name)?.root.kind === 'owner';
}

/** `const socket = open(); …; this.socket = socket;`, if nobody else is given it. */
function keptLater({ place }: { readonly place: Place }, engine: Engine): { place: Place; write: ts.Node } | undefined {
  const { root, path } = place;
  if (root.kind !== 'declaration' || path.length > 0 || root.declaration.kind !== 'const') return undefined;
  let kept: { place: Place; write: ts.Node } | undefined;
  for (const use of root.declaration.references) {
    const outer = wrapped(use);
    const up = outer.parent;
    if (isAssignment(up) && up.right === outer) {
      const to = engine.program.places.of(unwrap(up.left));
      if (kept || !to || !isKept(to, up)) return undefined;
      kept = { place: to, write: up };
    } else if (!ts.isPropertyAccessExpression(up) && (use as ts.Node) !== root.declaration.node) return undefined;
  }
  return kept;
}

/** A field, one of the state of a component, or a variable of the module or of a function around. */
function isKept({ root, path }: Place, write: ts.Node): boolean {
  if (ts.isPropertyDeclaration(write) || ts.isVariableDeclaration(write)) return false;
  if (root.kind === 'owner')
    return path.length === 1 || (path.length === 2 && path[0] === stateField && !isAssignment(write));
  if (root.kind !== 'declaration' || !isAssignment(write)) return false;
  if (path.length === 1) return path[0] === 'current' && root.declaration.kind === 'const';
  return path.length === 0 && root.declaration.kind !== 'parameter' && root.declaration.scope.func !== runsIn(write);
}

function judge(
  { kind, node }: Acquisition,
  filling: Filling,
  kinds: readonly ResourceKind[],
  engine: Engine,
): Draft | undefined {
  const { place, write, fn } = filling;
  const { level } = engine.frequency.of(node);
  if (level !== 'hot' && level !== 'call') return undefined;
  // `out.write(…)` ends a thing of another kind.
  const own = new Set(kind.release.flatMap((form) => (form.form === 'method' ? form.method : [])));
  const isEnd = ({ by, name }: Ending): boolean => by !== 'method' || own.has(name) || isWholeTeardown(name);
  const ends: readonly ts.Node[] = [
    ...endingsAt(place.key, engine, kinds)
      .filter(isEnd)
      .map(({ site }) => site),
    ...(engine.releasesOf(kind).byPlace.get(place.key) ?? []),
  ];
  const [end] = ends;
  const apart = engine.releasesOf(kind).byProperty.get(place.path.at(-1) ?? '') ?? [];
  if (!end || apart.length > 0 || !ends.every((site) => isOfTheEnd(site, engine, new Set()))) return undefined;
  const looks: readonly ts.Node[] = [
    ...engine.uses.reads(place.key).filter((use) => !isPlainUse(use, node)),
    ...engine.uses.writes(place.key).filter((one) => one !== write),
    ...ends,
  ];
  // What it leaves behind may tell when it is over.
  if (looks.some((look) => isWithin(look, fn) && runsIn(look) !== runsIn(write) && !isAboutAnEnd(look)))
    return undefined;
  if (engine.uses.writes(place.key).some((one) => isWithin(one, fn) && runsIn(one) !== runsIn(write))) return undefined;
  if (engine.uses.reads(place.key).some((use) => isTakenOver(use) && !isInTeardown(use))) return undefined;
  const again = new Ways(filling, looks, engine).to(write, fn, 0, new Set());
  if (!again) return undefined;
  const held = `\`${textOf(place)}\``;
  const participle = kind.participle ?? 'released';
  return {
    kind: kind.overwrittenAs ?? (kind.family === 'handle' ? kind.id : overwrittenKinds.listener),
    mechanism: 'overwritten-before-release',
    severity: 'low',
    confidence: 'medium',
    message: `The ${kind.noun} in ${held} is replaced without being ${participle}: ${again.why}, and line ${lineOf(end)} ends only the last one.`,
    advice: `Have the last one ${participle} before ${held} is given another.`,
    node,
    trail: [
      { role: 'acquired', message: `The ${kind.noun} is acquired here`, range: rangeOf(node) },
      { role: 'held', message: `Kept in ${held}, over the one before`, range: rangeOf(write) },
      { role: 'repeats', message: 'Run again here', range: rangeOf(again.at) },
      { role: 'release', message: 'Only the last one is ended here', range: rangeOf(end) },
    ],
  };
}

function isInTeardown(use: ts.Node): boolean {
  const fn = runsIn(use);
  return fn !== undefined && isTeardown(nameOf(fn));
}

/** `const acquired = permit`, `return this.child`: whoever has it may end it. */
function isTakenOver(use: ts.Expression): boolean {
  const outer = wrapped(use);
  const up = outer.parent;
  if (ts.isVariableDeclaration(up)) return up.initializer === outer && ts.isIdentifier(up.name);
  if (isAssignment(up)) return up.right === outer;
  return ts.isReturnStatement(up);
}

/** `this.socket.on(…);`, `this.tree?.edit(…);`: it is worked with, and not asked about; nor where the new one is made of it. */
function isPlainUse(use: ts.Expression, made: ts.Node): boolean {
  if (isWithin(use, made)) return true;
  const access = wrapped(use).parent;
  if (!ts.isPropertyAccessExpression(access) || endsByName(access.name.text) || tellsOfEnd(access.name.text))
    return false;
  const call = wrapped(access).parent;
  if (isAssignment(call) && call.left === wrapped(access)) return true;
  return (
    ts.isCallExpression(call) && call.expression === wrapped(access) && ts.isExpressionStatement(wrapped(call).parent)
  );
}

/** Does it run only in what ends the whole, or when it is over by itself? */
function isOfTheEnd(site: ts.Node, engine: Engine, seen: Set<FunctionNode>): boolean {
  if (isAboutAnEnd(site)) return true;
  const fn = enclosingFunction(site);
  if (!fn || seen.size > 20) return false;
  if (seen.has(fn)) return true;
  seen.add(fn);
  const name = nameOf(fn);
  if (name !== '' && (isWholeTeardown(name) || isTeardown(name))) return true;
  const { calls, values } = engine.program.callees.usesOf(fn);
  if (calls.length + values.length === 0) return false;
  return (
    calls.every((call) => isOfTheEnd(call, engine, seen)) &&
    values.every((value) => {
      const up = wrapped(value).parent;
      if (isNewPromise(up)) return isOfTheEnd(up, engine, seen);
      if (!ts.isCallExpression(up)) return false;
      const called = calledName(up);
      const event = constantOf(up.arguments[0], engine.program.scopes);
      if (unmountHooks.has(called) || (typeof event === 'string' && tellsOfEnd(event))) return true;
      return synchronousCallbacks.has(called) && isOfTheEnd(up, engine, seen);
    })
  );
}

/** `if (this.on && !before.on) start(); else if (…) stop();`: what was before decides, and the other change ends it. */
function comesOnChange(node: ts.Node, fn: FunctionNode, looks: readonly ts.Node[], engine: Engine): boolean {
  for (let at: ts.Node = node; at !== fn && at.parent; at = at.parent) {
    const up = at.parent;
    if (!ts.isIfStatement(up) || up.thenStatement !== at || !up.elseStatement) continue;
    if (!touches(up.elseStatement, looks, engine)) continue;
    let asks = false;
    walk(up.expression, (inner) => {
      const declaration = ts.isIdentifier(inner) ? engine.program.scopes.resolve(inner) : undefined;
      asks ||= declaration?.kind === 'parameter' && declaration.scope.func === fn;
      return !asks;
    });
    if (asks) return true;
  }
  return false;
}

/** The ways on which a node is come to, seen from what starts them. */
class Ways {
  constructor(
    private readonly filling: Filling,
    private readonly looks: readonly ts.Node[],
    private readonly engine: Engine,
  ) {}

  to(node: ts.Node, fn: FunctionNode, depth: number, seen: Set<FunctionNode>): Again | undefined {
    if (depth > maxDepth || seen.has(fn) || ts.isConstructorDeclaration(fn)) return undefined;
    seen.add(fn);
    const { looks, engine } = this;
    const name = nameOf(fn);
    if (tellsOfEnd(name) || isTeardown(name) || /^_*(?:re(?:try|connect|open|start))/i.test(name)) return undefined;
    if (looks.some((look) => look.pos < node.pos && isWithin(look, fn) && runsIn(look) === runsIn(node)))
      return undefined;
    if (statementsBefore(node, fn).some((one) => touchesNow(one, looks, engine))) return undefined;
    if (neededFor(node, fn).some(({ condition }) => this.asksForState(condition))) return undefined;
    for (let at: ts.Node = node; at !== fn && at.parent; at = at.parent) if (ts.isCatchClause(at)) return undefined;
    if (comesOnChange(node, fn, looks, engine)) return undefined;
    if (ts.isSetAccessor(fn)) return { at: fn.name, why: `each assignment of \`${name}\` gives it a new one` };
    if (renderHooks.has(name) && name !== 'render')
      return { at: fn.name ?? fn, why: `each \`${name}\` gives it a new one` };
    const { calls, values } = engine.program.callees.usesOf(fn);
    for (const value of values) {
      const found = this.startedBy(value, depth, seen);
      if (found) return found;
    }
    for (const call of calls) {
      const caller = enclosingFunction(call);
      const found = caller && this.to(call, caller, depth + 1, seen);
      if (found) return found;
    }
    return this.afterConstructor(name, fn);
  }

  /** What runs the function that is given here? */
  private startedBy(value: ts.Expression, depth: number, seen: Set<FunctionNode>): Again | undefined {
    const outer = wrapped(value);
    const up = outer.parent;
    const onward = (): Again | undefined => {
      const around = enclosingFunction(up);
      return around && this.to(up, around, depth + 1, seen);
    };
    if (isAssignment(up)) {
      const event = ts.isPropertyAccessExpression(up.left) ? up.left.name.text.toLowerCase().replace(/^on/, '') : '';
      if (tellsOfEnd(event) || !/\.on[a-z]+$/.test(up.left.getText())) return undefined;
      return oneShotEvents.has(event) || openEvents.has(event)
        ? onward()
        : { at: up, why: `each \`${event}\` gives it a new one` };
    }
    if (ts.isJsxExpression(up)) {
      const attribute = ts.isJsxAttribute(up.parent) ? up.parent.name.getText() : '';
      return /^on(?:Change|Input|Select|Drop|Pick|Update)/.test(attribute)
        ? { at: up, why: `each \`${attribute}\` gives it a new one` }
        : undefined;
    }
    if (!ts.isCallExpression(up) || up.expression === outer) return undefined;
    const called = calledName(up);
    if (runsAgain(called)) return { at: up, why: 'each tick of the interval gives it a new one' };
    if (timerCalls.has(called) || synchronousCallbacks.has(called) || called === 'then') return onward();
    if (listenMethods.has(called) || handlerCalls.has(called) || isEventMethod(called)) {
      const given = up.arguments[0] === outer ? undefined : constantOf(up.arguments[0], this.engine.program.scopes);
      const event = typeof given === 'string' ? given : called;
      if (tellsOfEnd(event) || isRareEvent(event)) return undefined;
      if (called === 'once' || isReadyEvent(event) || oneShotEvents.has(event) || openEvents.has(event))
        return onward();
      // On what is made here: it has only begun.
      return { at: up, why: `each \`${event}\` gives it a new one` };
    }
    return undefined;
  }

  /** The constructor has filled it, and this method is no counterpart of an end. */
  private afterConstructor(name: string, fn: FunctionNode): Again | undefined {
    const { place, fn: filling, write } = this.filling;
    const construct = place.root.kind === 'owner' ? place.root.owner.construct : undefined;
    if (place.root.kind !== 'owner' || !construct || fn === construct || name === '') return undefined;
    if (isSetup(name) || opens(name) || isOpening(name) || isTeardown(name)) return undefined;
    const isCertain = (at: ts.Node): boolean =>
      enclosingFunction(at) === construct && neededFor(at, construct).length === 0 && !isInBranch(at, construct);
    const { engine } = this;
    const isFilled =
      engine.uses.writes(place.key).some((one) => isCertain(one) && isMade(one.right)) ||
      engine.program.callees.usesOf(filling).calls.some(isCertain);
    if (!isFilled || isInBranch(write, filling)) return undefined;
    return {
      at: fn.name ?? fn,
      why: `the constructor has made one, and \`${name}\` (line ${lineOf(fn.name ?? fn)}) makes the next`,
    };
  }

  /** `if (!this.open)`, `if (this.state === 'idle')`, `if (!this.isRunning())`: it says in which state the place is. */
  private asksForState(condition: ts.Expression): boolean {
    const value = unwrap(condition);
    const { scopes } = this.engine.program;
    const isOwn = (one: ts.Expression): boolean => {
      const at = unwrap(one);
      if (ts.isPropertyAccessExpression(at)) return at.expression.kind === ts.SyntaxKind.ThisKeyword;
      const found = ts.isIdentifier(at) ? scopes.resolve(at) : undefined;
      return found !== undefined && (found.kind === 'let' || found.kind === 'var') && found.writes.length > 0;
    };
    if (isOwn(value) || (ts.isCallExpression(value) && isOwn(value.expression))) return true;
    let state = false;
    walk(value, (inner) => {
      if ((ts.isIdentifier(inner) || ts.isStringLiteralLike(inner)) && stateWords.test(inner.text)) state = true;
      if (ts.isBinaryExpression(inner) && isOwn(inner.left) && isFixed(inner.right)) state = true;
      return !state;
    });
    return state;
  }
}

const stateWords =
  /clos|^ended|disconnect|connected|abort|destroy|dispos|opened|isOpen|running|started|alive|writable|usable|attached|mounted|^state$|readyState|init|idle|paused|pending|busy|loading/i;

function isFixed(expression: ts.Expression): boolean {
  const value = unwrap(expression);
  return ts.isLiteralExpression(value) || /^(?:null|undefined|true|false)$/.test(value.getText());
}

function isMade(expression: ts.Expression): boolean {
  const value = unwrap(expression);
  return ts.isCallExpression(value) || ts.isNewExpression(value) || ts.isAwaitExpression(value);
}

function isInBranch(node: ts.Node, fn: FunctionNode): boolean {
  for (let at: ts.Node = node; at !== fn && at.parent; at = at.parent)
    if (
      ts.isConditionalExpression(at.parent) ||
      ts.isSwitchStatement(at.parent) ||
      ts.isIterationStatement(at.parent, false)
    )
      return true;
  return false;
}

function nameOf(fn: FunctionNode): string {
  if (fn.name) return propertyNameText(fn.name) ?? '';
  const up = wrapped(fn as ts.Expression).parent;
  return ts.isVariableDeclaration(up) || ts.isPropertyDeclaration(up) || ts.isPropertyAssignment(up)
    ? up.name.getText()
    : '';
}
