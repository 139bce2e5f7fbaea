/**
 * `this.unResize = addEvent(chart, 'resize', draw); addEvent(chart, 'load', () => this.update());`: what the one call gives is
 * kept, and ended by a teardown of the class; what the other gives is dropped, so that its handler stays on the same object.
 */
import type { Acquisition } from '../../acquisitions';
import type { Draft } from '../../draft';
import type { Engine } from '../../engine';
import type { Owner } from '../../members';
import { nodesIn } from '../../nodeIndex';
import type { Place } from '../../places';
import { kindsWith } from '../../resources/kindsWith';
import type { ResourceKind } from '../../resources/model';
import { calls } from '../../selections';
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
  walk,
  wrapped,
} from '../../syntax';
import { frequencyStep } from '../assess';
import { type Weight, weightOfDropped } from '../late/delays';
import { teardownFunctions } from '../late/endOfOwner';
import { beginningsOf } from '../late/late';
import { lifetimeOf } from '../lifetime/lifetime';
import { endingsAt, endingsOf } from '../values/endings';
import { fatesOf } from '../values/fate';
import { addUnder } from '../values/nodesByKey';
import { containerOf } from '../values/releases';
import { endEvents } from '../words/events';
import { takesBack } from '../words/opposites';
import { isTeardown } from '../words/teardowns';
import { callsGiven } from './givenCalls';
import { comesOffItself, isEmptiedAtOnce } from './selfEnding';
import { isMadeHere } from './uneven';

/** A registration whose result a field or a list has, with where that is ended. */
interface Kept {
  readonly call: ts.CallExpression;
  readonly end: ts.Node;
  /** What a list has may be of other occasions. */
  readonly isInList?: boolean;
}

/** Code that keeps what ends some of its registrations. */
interface Holder {
  readonly node: ts.Node;
  readonly kept: readonly Kept[];
  readonly has: (call: ts.CallExpression) => boolean;
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
  for (const { node, kept, has } of kind ? holdersOf(engine, kinds) : []) {
    if (!kind) continue;
    const names = new Set(kept.map(({ call }) => calledName(call)));
    for (const call of nodesIn(node, calls)) {
      if (!names.has(calledName(call)) || told.has(call) || !ts.isExpressionStatement(wrapped(call).parent)) continue;
      if (!has(call) || !handlerOf(call, engine) || isOfTheEnd(call)) continue;
      const beside = kept.find(
        (one) =>
          isSibling(call, one.call, engine) &&
          isAboutAlike(call, one.call, engine) &&
          (!one.isInList || enclosingFunction(one.call) === enclosingFunction(call)),
      );
      if (
        !beside ||
        !holdsCaller(call, engine) ||
        isOwnSource(call, engine) ||
        isTakenBack(call, engine) ||
        isEndedOtherwise(call, engine)
      )
        continue;
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

/** Instances that keep and end registrations, and functions that hand back a clean-up which ends those of a list. */
function holdersOf(engine: Engine, kinds: readonly ResourceKind[]): readonly Holder[] {
  const { members } = engine.program;
  const holders: Holder[] = [];
  for (const owner of members.owners) {
    if (owner.kind === 'object' && !owner.isClassBody) continue;
    const inTeardown = (site: ts.Node): boolean => isInTeardown(site, owner, engine);
    const isOwn = ({ root }: Place): boolean => root.kind === 'owner' && root.owner === owner;
    const kept = [...keptBy(owner, engine, kinds), ...keptInLists(owner.node, isOwn, inTeardown, engine, kinds)];
    if (kept.length > 0 && engine.frequency.instancesOf(owner) !== 'single')
      holders.push({ node: owner.node, kept, has: (call) => members.ownerAt(call) === owner });
  }
  for (const { fn, ends } of beginningsOf(engine)) {
    const inEnd = (site: ts.Node): boolean => ends.some((end) => isWithin(site, end));
    const isOwn = ({ root }: Place): boolean => root.kind === 'declaration' && root.declaration.scope.func === fn;
    const kept = keptInLists(fn, isOwn, inEnd, engine, kinds);
    if (kept.length > 0) holders.push({ node: fn, kept, has: (call) => enclosingFunction(call) === fn });
  }
  return holders;
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

/** `this.stops.push(listen(…))`, where the end goes through `this.stops`. */
function keptInLists(
  within: ts.Node,
  isOwn: (list: Place) => boolean,
  isEnd: (site: ts.Node) => boolean,
  engine: Engine,
  kinds: readonly ResourceKind[],
): readonly Kept[] {
  const kept = engine.once(slot);
  kept.listed ??= listedCalls(engine, kinds);
  return kept.listed.flatMap(({ call, list, ends }) => {
    const end = isWithin(call, within) && isOwn(list) ? ends.find(isEnd) : undefined;
    return end ? [{ call, end, isInList: true }] : [];
  });
}

/** A registration whose result a list has, and what ends all that the list has. */
interface Listed {
  readonly call: ts.CallExpression;
  readonly list: Place;
  readonly ends: readonly ts.Node[];
}

const slot = (): { listed?: readonly Listed[] } => ({});

function listedCalls(engine: Engine, kinds: readonly ResourceKind[]): readonly Listed[] {
  const ends = endsOfElements(engine, kinds);
  if (ends.size === 0) return [];
  return nodesIn(engine.program.sourceFile, calls).flatMap((call) => {
    // What is dropped is in no list, and a call without arguments is given no handler.
    if (call.arguments.length === 0 || ts.isExpressionStatement(wrapped(call).parent) || !handlerOf(call, engine))
      return [];
    return fatesOf(call, engine.program).flatMap((fate): readonly Listed[] => {
      const list = fate.kind === 'collected' ? fate.container : undefined;
      const own = list && ends.get(list.key);
      return list && own ? [{ call, list, ends: own }] : [];
    });
  });
}

/** What ends each element of a collection, by its key: `for (const stop of stops) stop();`. */
function endsOfElements(engine: Engine, kinds: readonly ResourceKind[]): ReadonlyMap<string, readonly ts.Node[]> {
  const found = new Map<string, ts.Node[]>();
  const add = (target: ts.Expression, site: ts.Node): void => {
    const key = containerOf(target, engine.program);
    if (key !== undefined) addUnder(found, key, site);
  };
  for (const { target, site } of endingsOf(engine, kinds)) add(target, site);
  for (const call of nodesIn(engine.program.sourceFile, calls)) {
    const callee = unwrap(call.expression);
    if (call.arguments.length === 0 && !ts.isPropertyAccessExpression(callee)) add(callee, call);
  }
  return found;
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

/** A function that is written here and names nothing of its caller may be no handler, and keeps nothing. */
function holdsCaller(call: ts.CallExpression, engine: Engine): boolean {
  const handler = handlerOf(call, engine);
  const fn = handler && unwrap(handler);
  if (!fn || !isFunctionNode(fn)) return true;
  let holds = false;
  walk(fn, (inner) => {
    const declaration = ts.isIdentifier(inner) ? engine.program.scopes.resolve(inner) : undefined;
    holds ||=
      inner.kind === ts.SyntaxKind.ThisKeyword ||
      (declaration?.scope.func !== undefined && !isWithin(declaration.node, fn));
    return !holds;
  });
  return holds;
}

/** A handler of the end of the object goes with it. */
function isOfTheEnd(call: ts.CallExpression): boolean {
  return call.arguments.some((one) => {
    const value = unwrap(one);
    return ts.isStringLiteralLike(value) && (endEvents.has(value.text) || isTeardown(value.text));
  });
}

/** `renderer.listen('window', 'blur', …)`: of what is named besides, an element of the instance goes with it, and the page does not. */
function isAboutAlike(call: ts.CallExpression, kept: ts.CallExpression, engine: Engine): boolean {
  const [on, event] = call.arguments;
  const [other] = kept.arguments;
  const handler = handlerOf(call, engine);
  if (!on || !other || !event || handler === on || handler === event) return true;
  if (ts.isStringLiteralLike(unwrap(on)) || engine.program.places.same(on, other)) return true;
  const { level } = lifetimeOf(on, engine);
  return level === 'process' || level === 'module';
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
