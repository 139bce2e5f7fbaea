/**
 * `this.unResize = addEvent(chart, 'resize', draw); addEvent(chart, 'load', () => this.update());`: what the one call gives is
 * kept, and ended by a teardown of the class; what the other gives is dropped, so that its handler stays on the same object.
 */
import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import type { Owner } from '../../program/members';
import { kindsWith } from '../../resources/kindsWith';
import type { ResourceKind } from '../../resources/model';
import { nodesIn } from '../../syntax/nodeIndex';
import { calls } from '../../syntax/selections';
import {
  calledName,
  enclosingFunction,
  isAssignment,
  isFunctionNode,
  isWithin,
  lineOf,
  propertyNameText,
  rangeOf,
  ts,
  unwrap,
  wrapped,
} from '../../syntax/syntax';
import { endEvents } from '../../words/events';
import { takesBack } from '../../words/opposites';
import { isTeardown } from '../../words/teardowns';
import { frequencyStep } from '../assess';
import { type Weight, weightOfDropped } from '../late/delays';
import { teardownFunctions } from '../late/endOfOwner';
import { lifetimeOf } from '../lifetime/lifetime';
import { endingsAt } from '../values/endings';
import { callsGiven } from './givenCalls';
import { comesOffItself, isEmptiedAtOnce } from './selfEnding';
import { isMadeHere } from './uneven';

/** A registration whose result a field has, with where that is ended. */
interface Kept {
  readonly call: ts.CallExpression;
  readonly end: ts.Node;
}

const endedKinds = kindsWith(({ ended }) => ended);

/** The findings for registrations of a class that are dropped beside such as it keeps and ends. */
export function findDroppedBeside(
  engine: Engine,
  kinds: readonly ResourceKind[],
  acquisitions: readonly Acquisition[],
  known: readonly Draft[],
): readonly Draft[] {
  const [kind] = endedKinds(kinds);
  const timers = new Map(acquisitions.flatMap((one) => (one.kind.oneShot ? [[one.node, one] as const] : [])));
  const told = new Set(known.map(({ node }) => node));
  const drafts: Draft[] = [];
  for (const owner of kind ? engine.program.members.owners : []) {
    if (!kind || (owner.kind === 'object' && !owner.isClassBody)) continue;
    const kept = keptBy(owner, engine, kinds);
    if (kept.length === 0 || engine.frequency.instancesOf(owner) === 'single') continue;
    const names = new Set(kept.map(({ call }) => calledName(call)));
    for (const call of nodesIn(owner.node, calls)) {
      if (!names.has(calledName(call)) || told.has(call) || !ts.isExpressionStatement(wrapped(call).parent)) continue;
      if (!isOf(call, owner, engine) || isOfTheEnd(call)) continue;
      const beside = kept.find((one) => isSibling(call, one.call, engine));
      if (!beside || isOwnSource(call, engine) || isTakenBack(call, engine) || isEndedOtherwise(call, engine)) continue;
      const frequency = engine.frequency.of(call);
      if (frequency.level === 'once') continue;
      const weight = weightAt(call, timers.get(call), engine);
      if (!weight) continue;
      told.add(call);
      const { name, place } = { name: unwrap(call.expression).getText(), place: wrapped(beside.call).parent };
      drafts.push({
        kind: kind.id,
        mechanism: 'no-release-on-dispose',
        ...weight,
        message: `What \`${name}\` gives is dropped here, and kept and ended for another handler (lines ${lineOf(place)} and ${lineOf(beside.end)}): nothing takes this one off.`,
        advice: 'Keep what it gives, and end it there, too.',
        node: call,
        trail: [
          { role: 'acquired', message: `The ${kind.noun} begins here`, range: rangeOf(call) },
          { role: 'release', message: 'This one is ended', range: rangeOf(beside.end) },
          frequencyStep(frequency, call),
        ],
      });
    }
  }
  return drafts;
}

/** A handler stays; of a timer counts what it does when it fires late. */
function weightAt(call: ts.CallExpression, timer: Acquisition | undefined, engine: Engine): Weight | undefined {
  if (!timer) return { severity: 'medium', confidence: 'medium' };
  const callback = timer.kind.oneShot && call.arguments[timer.kind.oneShot.callback];
  const [fn] = callback ? engine.program.callees.functionsOf(callback) : [];
  return fn && weightOfDropped(timer, fn, engine);
}

/** `this.unResize = addEvent(…)`, where a teardown ends `this.unResize`. */
function keptBy(owner: Owner, engine: Engine, kinds: readonly ResourceKind[]): readonly Kept[] {
  return [...owner.members.values()].flatMap(({ name, values }) => {
    const made = values.flatMap(({ value, node }) => {
      const call = value && isAssignment(node) ? unwrap(value) : undefined;
      return call && ts.isCallExpression(call) && handlerOf(call, engine) ? [call] : [];
    });
    if (made.length === 0) return [];
    const { key } = engine.program.places.ofMember(owner, name);
    const end = endingsAt(key, engine, kinds).find(({ site }) => isInTeardown(site, owner, engine));
    return end ? made.map((call) => ({ call, end: end.site })) : [];
  });
}

function isInTeardown(site: ts.Node, owner: Owner, engine: Engine): boolean {
  const fn = enclosingFunction(site);
  const name = fn?.name ? (propertyNameText(fn.name) ?? '') : '';
  return isTeardown(name) || (fn !== undefined && teardownFunctions(owner, engine).has(fn));
}

/** The last function that the call is given. */
function handlerOf(call: ts.CallExpression, engine: Engine): ts.Expression | undefined {
  return call.arguments.findLast(
    (one) => isFunctionNode(unwrap(one)) || engine.program.callees.functionsOf(one).length > 0,
  );
}

/** In code of the owner, with a handler of its own. */
function isOf(call: ts.CallExpression, owner: Owner, engine: Engine): boolean {
  return engine.program.members.ownerAt(call) === owner && handlerOf(call, engine) !== undefined;
}

/** A handler of the end of the object goes with it. */
function isOfTheEnd(call: ts.CallExpression): boolean {
  return call.arguments.some((one) => {
    const value = unwrap(one);
    return ts.isStringLiteralLike(value) && (endEvents.has(value.text) || isTeardown(value.text));
  });
}

/** The same function or method, on the same object; or with the same event and handler, on the object of another time. */
function isSibling(call: ts.CallExpression, kept: ts.CallExpression, engine: Engine): boolean {
  const { places, scopes } = engine.program;
  const [a, b] = [unwrap(call.expression), unwrap(kept.expression)];
  if (calledName(call) !== calledName(kept)) return false;
  if (ts.isIdentifier(a) && ts.isIdentifier(b)) {
    const [on, other] = [call.arguments[0], kept.arguments[0]];
    if (scopes.resolve(a) !== scopes.resolve(b) || !on || !other || handlerOf(call, engine) === on) return false;
    return places.same(on, other);
  }
  if (!ts.isPropertyAccessExpression(a) || !ts.isPropertyAccessExpression(b)) return false;
  if (places.same(a.expression, b.expression)) return true;
  const isAlike =
    call.arguments.length > 1 &&
    call.arguments.length === kept.arguments.length &&
    call.arguments.every((one, at) => one.getText() === kept.arguments[at]?.getText());
  return isAlike && isGiven(a, engine);
}

/** What the instance makes, or ends itself, goes with its handlers. */
function isOwnSource(call: ts.CallExpression, engine: Engine): boolean {
  const callee = unwrap(call.expression);
  const source = ts.isPropertyAccessExpression(callee) ? callee.expression : call.arguments[0];
  const { level } = lifetimeOf(source, engine);
  return source === undefined || level === 'own' || level === 'local' || isMadeHere(source, call, engine);
}

/** By itself, or with all that its source has. */
function isEndedOtherwise(call: ts.CallExpression, engine: Engine): boolean {
  const callee = unwrap(call.expression);
  const source = ts.isPropertyAccessExpression(callee) ? callee.expression : call.arguments[0];
  return comesOffItself(call, engine) || (source !== undefined && isEmptiedAtOnce(source, engine));
}

/** A parameter: somebody else's. */
function isGiven({ expression }: ts.PropertyAccessExpression, engine: Engine): boolean {
  const place = engine.program.places.of(expression);
  return place?.root.kind === 'declaration' && place.root.declaration.kind === 'parameter';
}

/** A removal of the handler, but from an object that is replaced by the one at hand, in the same function. */
function isTakenBack(call: ts.CallExpression, engine: Engine): boolean {
  const handler = handlerOf(call, engine);
  if (!handler || isFunctionNode(unwrap(handler))) return false;
  return callsGiven(handler, engine).some(
    (other) =>
      other !== call &&
      takesBack(calledName(other)) &&
      !isWithin(other, handler) &&
      (enclosingFunction(other) !== enclosingFunction(call) || isOfSame(other, call, engine)),
  );
}

function isOfSame(other: ts.CallExpression, call: ts.CallExpression, engine: Engine): boolean {
  const [a, b] = [unwrap(other.expression), unwrap(call.expression)];
  return (
    !ts.isPropertyAccessExpression(a) ||
    !ts.isPropertyAccessExpression(b) ||
    engine.program.places.same(a.expression, b.expression)
  );
}
