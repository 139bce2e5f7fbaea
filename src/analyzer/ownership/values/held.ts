/**
 * Resources that are values: an id, an observer, a disposable, a handle in a field. Each acquisition creates an
 * obligation; it is met when some release names the same storage, or when someone else takes the value.
 */

import { type Acquisition, activatorsOf } from '../../acquisitions';
import type { Draft } from '../../draft';
import type { Engine } from '../../engine';
import type { TrailStep } from '../../findings';
import { isSink } from '../../flow/handleUses';
import { accessText } from '../../memberNames';
import type { Owner } from '../../members';
import { visitNodes } from '../../nodeIndex';
import type { Place } from '../../places';
import type { ResourceKind } from '../../resources/model';
import { calls } from '../../selections';
import { endlessSource } from '../../streams';
import {
  type CallLike,
  enclosingFunction,
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
import { type Assessment, assess, demote, forgottenStep, frequencyStep, wholeTeardownOf } from '../assess';
import { isOfUnseenBase, localBaseOf } from '../instances/bases';
import { type Lifetime, lifetimeOf, lifetimeOfStream } from '../lifetime/lifetime';
import { registrarNames } from '../words/listeners';
import { isStrictTeardown, isWholeTeardown } from '../words/teardowns';
import { isReleasedInVain } from './deadReleases';
import { type Fate, fatesOf } from './fate';
import { leavesWithEntry } from './leftEntries';
import { isLent, shownAs } from './lent';
import type { Releases } from './releases';
import { isOfModule, isServedToCaller } from './served';
import { isRendered, isStatePlace, promisedUses } from './states';

type Outcome =
  | { readonly kind: 'released' }
  | { readonly kind: 'escapes' }
  /** Nobody can or does release it; `place` holds it, if anything does. */
  | { readonly kind: 'open'; readonly place: Place | undefined; readonly node: ts.Node };

/** The finding for an acquisition whose result nobody releases; undefined when it is released, handed over, or once by design. */
export function judgeHeld(acquisition: Acquisition, engine: Engine): Draft | undefined {
  const { kind, form, node, result } = acquisition;
  if (!result) return undefined;
  const outcome = settle(result, acquisition, engine, 0);
  if (outcome.kind !== 'open') return undefined;
  // Local handles are judged path by path elsewhere.
  if (
    kind.pathSensitive &&
    !kind.mayLast &&
    !isHeldByOwnerOrModule(outcome.place) &&
    !(outcome.place && isStatePlace(outcome.place))
  )
    return undefined;
  const activators = activatorsOf(form);
  if (activators && !isActivated(acquisition, activators, engine)) return undefined;
  const owner = ownerOf(outcome.place) ?? memberOwner(node, engine);
  if (form.form === 'distinctive' && !outlivesCaller(acquisition, owner, engine)) return undefined;
  if (acquisition.assumed && engine.releasesOf(kind).sites.length === 0) return undefined;
  if ((form.form === 'call' || form.form === 'method') && isRemovedOtherwise(acquisition, engine)) return undefined;
  if (acquisition.assumed && isGivenBackByKey(acquisition, engine)) return undefined;
  const nested = form.form === 'stream' && isInHandlerOfAnother(acquisition, engine);
  const source = acquisition.source && lifetimeOfStream(acquisition.source, engine);
  // Whoever ends it by a notifier that never fires says that it should end with its subscriber.
  const isMeantToEnd = source?.level === 'unknown' && acquisition.source?.neverNotified !== undefined;
  if (source && !isMeantToEnd && !outlivesSubscriber(source, nested)) return undefined;
  const assessment = assess(engine, node, kind.severity, kind.heldBy, owner);
  if (kind.onlyForgotten && !(assessment?.teardown && isHeldByOwnerOrModule(outcome.place))) return undefined;
  if (!assessment || (kind.perInstance && assessment.frequency.level === 'once')) return undefined;
  if (form.form === 'method' && form.outlives && !receiverOutlives(acquisition, assessment, engine)) return undefined;
  // An entry that leaves its table is over as much as what a teardown ends.
  const isOver = (): boolean => outcome.place !== undefined && leavesWithEntry(outcome.node, outcome.place, engine);
  if (kind.needsTeardown && !assessment.teardown && !isRepeated(assessment) && !isOver()) return undefined;
  const isOneOfMany = owner !== undefined && engine.frequency.instancesOf(owner) === 'many';
  const { level } = assessment.frequency;
  if (kind.mostlyShared && !assessment.teardown && (level === 'setup' || (level === 'instance' && !isOneOfMany)))
    return undefined;
  // An observer dies with what it observes: without a teardown or mount that should end it, only a long-lived target proves a leak.
  const observed =
    form.form === 'new' && form.activatedBy ? lifeOfObserved(acquisition, form.activatedBy, engine) : 'long';
  if (observed !== 'long' && !assessment.teardown && assessment.frequency.level !== 'mount') return undefined;
  const isOfFew =
    (kind.family === 'handle' && level !== 'hot' && isOfModule(outcome.place, outcome.node)) ||
    isServedToCaller(outcome.place, engine);
  const severity = isOfFew
    ? 'low'
    : observed === 'short' || isUnreferenced(result, outcome.place, engine)
      ? demote(assessment.severity)
      : assessment.severity;
  const participle = kind.participle ?? 'released';
  const held = outcome.place ? `\`${textOf(outcome.place)}\`` : undefined;
  const trail: TrailStep[] = [{ role: 'acquired', message: `The ${kind.noun} is acquired here`, range: rangeOf(node) }];
  if (held && outcome.place) trail.push({ role: 'held', message: `Kept in ${held}`, range: rangeOf(outcome.node) });
  const fn = enclosingFunction(node);
  if (fn) trail.push(frequencyStep(assessment.frequency, fn.name ?? node));
  if (assessment.teardown) trail.push(forgottenStep(assessment.teardown, participle));
  const subject = held ? `The ${kind.noun} in ${held}` : `This ${kind.noun}`;
  const dropped = held
    ? ''
    : kind.heldBy === 'nothing'
      ? ': its result is dropped'
      : `: ${droppedText(form.form)} is dropped`;
  const unnotified = acquisition.source?.neverNotified;
  if (unnotified) trail.push({ role: 'release', message: 'Nothing gives this a value', range: rangeOf(unnotified) });
  const late = acquisition.source?.endsLate;
  if (late) trail.push({ role: 'release', message: 'Looked at with the next value only', range: rangeOf(late) });
  const message = late
    ? `${subject} stays open until the next value after \`${late.getText()}\` changes, which may never come.`
    : unnotified
      ? `${subject} never ends: nothing gives \`${unnotified.getText()}\` a value, so it ends no stream.`
      : nested
        ? `${subject} is never ${participle}${dropped}. Each value of the outer stream adds one more.`
        : assessment.teardown
          ? `${subject} is never ${participle}${dropped}; \`${assessment.teardown.name}\` (line ${lineOf(assessment.teardown.node)}) tears \`${owner?.name ?? 'its owner'}\` down without it.`
          : `${subject} is never ${participle}${dropped}. It is acquired ${assessment.frequency.why}.`;
  // Nothing shows that the injected source outlives an instance that has no end and of which there may be one only.
  const isOnInjected = form.form === 'distinctive' && receiverLevel(acquisition, engine) === 'injected';
  const isUnordered =
    (isOnInjected && !assessment.teardown && level === 'instance' && !isOneOfMany) ||
    (acquisition.receiver !== undefined && source?.level !== 'process' && isRegistrar(node, engine));
  const isUncertain =
    acquisition.source?.known === 'name' || ((source?.level === 'injected' || isOnInjected) && !assessment.teardown);
  return {
    kind: (nested ? kind.nestedAs : isHeldByOwnerOrModule(outcome.place) ? kind.keptAs : undefined) ?? kind.id,
    mechanism: unnotified ? 'release-never-matches' : nested ? 'repeated-registration' : assessment.mechanism,
    severity: isUncertain && acquisition.source ? demote(severity) : severity,
    confidence: isUnordered
      ? 'low'
      : (isUncertain || (outcome.place && isStatePlace(outcome.place))) && assessment.confidence === 'high'
        ? 'medium'
        : assessment.confidence,
    message,
    advice: adviceFor(participle, assessment.teardown?.name, held),
    node,
    trail,
    open: { acquisition, place: outcome.place, level, teardown: assessment.teardown },
  };
}

/** `this.pool.acquire(path)` here, `this.pool.release(path)` there: what it gave is not what is given back. */
function isGivenBackByKey({ kind, receiver, node }: Acquisition, engine: Engine): boolean {
  const methods = new Set(kind.release.flatMap((form) => (form.form === 'method' ? form.method : [])));
  const from = receiver && unwrap(receiver).getText();
  let found = false;
  if (from !== undefined)
    visitNodes(engine.program.sourceFile, calls, (inner) => {
      const callee = unwrap(inner.expression);
      found ||=
        ts.isPropertyAccessExpression(callee) &&
        methods.has(callee.name.text) &&
        inner !== node &&
        inner.arguments.length > 0 &&
        unwrap(callee.expression).getText() === from;
      return !found;
    });
  return found;
}

/** `addAbortListener(signal, listener)` here, `signal.removeEventListener('abort', listener)` there. */
function isRemovedOtherwise({ kind, node }: Acquisition, engine: Engine): boolean {
  const methods = kind.release.flatMap((form) => (form.form === 'removal' ? form.method : []));
  // A name that both are given; a text, or a function written twice, is none.
  const given = (node.arguments ?? [])
    .map((argument) => unwrap(argument))
    .filter((value) => !ts.isLiteralExpression(value) && !isFunctionNode(value))
    .map((value) => value.getText());
  if (methods.length === 0) return false;
  let found = false;
  visitNodes(engine.program.sourceFile, calls, (inner) => {
    if (ts.isCallExpression(inner)) {
      const callee = unwrap(inner.expression);
      if (ts.isPropertyAccessExpression(callee) && methods.includes(callee.name.text))
        found ||= inner.arguments.some((argument) => given.includes(unwrap(argument).getText()));
    }
    return !found;
  });
  return found;
}

/** `unref()` lets the process exit; it frees nothing, but weighs less. */
export function isUnreferenced(result: ts.Expression, place: Place | undefined, engine: Engine): boolean {
  if (fatesOf(result, engine.program).some((fate) => fate.kind === 'used' && fate.member === 'unref')) return true;
  return (
    place !== undefined &&
    engine.uses
      .reads(place.key)
      .some((use) => ts.isPropertyAccessExpression(use.parent) && use.parent.name.text === 'unref')
  );
}

function droppedText(form: string): string {
  return form === 'call' ? 'its handle' : form === 'new' ? 'the object' : 'its result';
}

function adviceFor(participle: string, teardown: string | undefined, held: string | undefined): string {
  const where = teardown ? `in \`${teardown}\`` : 'when it is no longer needed';
  return held ? `It must be ${participle} ${where}.` : `Keep it and have it ${participle} ${where}.`;
}

/** What becomes of a value: someone releases it, someone else takes it, or it stays open. */
export function settle(value: ts.Expression, acquisition: Acquisition, engine: Engine, depth: number): Outcome {
  const outcomes = fatesOf(value, engine.program).map((fate) => settleFate(fate, value, acquisition, engine, depth));
  return (
    outcomes.find((outcome) => outcome.kind === 'released') ??
    outcomes.find((outcome) => outcome.kind === 'escapes') ??
    outcomes[0] ?? { kind: 'escapes' }
  );
}

function settleFate(
  fate: Fate,
  value: ts.Expression,
  acquisition: Acquisition,
  engine: Engine,
  depth: number,
): Outcome {
  const releases = engine.releasesOf(acquisition.kind);
  if (
    releases.sites.some((site) => isWithin(site, acquisition.node) && isOwnCallbackRelease(site, acquisition, engine))
  )
    return { kind: 'released' };
  switch (fate.kind) {
    case 'dropped':
      return { kind: 'open', place: undefined, node: value };
    case 'passed':
      return passedOn(passedTo(fate, acquisition, engine, depth), value);
    case 'destructured': {
      // A method that is taken alone may be a release; of plain values nothing is left of the resource.
      const methods = acquisition.kind.release.flatMap((form) => (form.form === 'method' ? form.method : []));
      if (fate.members.some((member) => methods.includes(member))) return { kind: 'released' };
      return acquisition.kind.heldBy === 'runtime' && acquisition.form.form === 'call' && acquisition.form.promise
        ? { kind: 'open', place: undefined, node: value }
        : { kind: 'escapes' };
    }
    case 'handed-over':
      return settlePromised(fate.node, acquisition, engine, depth);
    case 'unknown':
      return { kind: 'escapes' };
    case 'used': {
      if (acquisition.kind.release.some((form) => form.form === 'method' && form.method.includes(fate.member)))
        return { kind: 'released' };
      if (fate.member === '()' && acquisition.kind.release.some((form) => form.form === 'invoked'))
        return { kind: 'released' };
      const access = fate.node;
      const call = access.parent;
      if (acquisition.kind.fluent?.includes(fate.member) && ts.isCallExpression(call))
        return settle(call, acquisition, engine, depth + 1);
      const chained = ts.isCallExpression(call) && call.expression === access ? wrapped(call) : undefined;
      return chained && ts.isExpressionStatement(chained.parent)
        ? { kind: 'open', place: undefined, node: value }
        : { kind: 'escapes' };
    }
    case 'collected':
      return settleCollected(fate, releases, engine);
    case 'stored':
      return settleStored(fate.place, fate.node, acquisition, engine, depth);
  }
}

/** `load().then((blob) => open(blob)).then((handle) => …)`: the next step is given what this one gives. */
function settlePromised(node: ts.Node, acquisition: Acquisition, engine: Engine, depth: number): Outcome {
  const uses = depth > 4 ? undefined : promisedUses(node, engine.program);
  const outcomes = (uses ?? [])
    .filter((use) => !isTest(wrapped(use)))
    .map((use) => settle(use, acquisition, engine, depth + 1));
  const kept = outcomes.find((outcome) => outcome.kind === 'open' && outcome.place && isStatePlace(outcome.place));
  return outcomes.find(({ kind }) => kind !== 'open') ?? kept ?? { kind: 'escapes' };
}

/** `new Observer((entries, self) => self.disconnect())`: released through a parameter of the callback given to it. */
function isOwnCallbackRelease(site: ts.Node, acquisition: Acquisition, engine: Engine): boolean {
  const target = ts.isPropertyAccessExpression(site) ? unwrap(site.expression) : undefined;
  if (!target || !ts.isIdentifier(target)) return false;
  const declaration = engine.program.scopes.resolve(target);
  return declaration?.kind === 'parameter' && isWithin(declaration.node, acquisition.node);
}

const insertOnly = new Set(['push', 'add', 'set', 'unshift', 'has', 'size', 'length', 'clear', 'delete']);

function settleCollected(fate: Extract<Fate, { kind: 'collected' }>, releases: Releases, engine: Engine): Outcome {
  const { container } = fate;
  if (!container || releases.byContainer.has(container.key) || releases.byPlace.has(container.key))
    return { kind: 'escapes' };
  // A collection of an unknown class, or inherited, is an owner: it may release what it is given.
  if (!isHeldByOwnerOrModule(container) || !isPlainCollection(container)) return { kind: 'escapes' };
  // Whoever reads the collection may release what is in it.
  const read = engine.uses.reads(container.key).some((use) => {
    const up = wrapped(use).parent;
    return !(ts.isPropertyAccessExpression(up) && insertOnly.has(up.name.text));
  });
  return read && !leavesWithEntry(fate.node, container, engine)
    ? { kind: 'escapes' }
    : { kind: 'open', place: container, node: fate.node };
}

function settleStored(place: Place, node: ts.Node, acquisition: Acquisition, engine: Engine, depth: number): Outcome {
  const releases = engine.releasesOf(acquisition.kind);
  if (isReleasedInVain(place, acquisition.node, releases, engine)) return { kind: 'open', place, node };
  if (keysInBases(place, engine).some((key) => releases.byPlace.has(key))) return { kind: 'released' };
  const last = place.path.at(-1);
  if (last !== undefined && releases.byProperty.has(last)) return { kind: 'released' };
  // `for (const name of Object.keys(this.parts)) this.parts[name].dispose()`
  if (last !== undefined && place.path.length > 1 && releases.byContainer.has(place.key.slice(0, -last.length - 1)))
    return { kind: 'released' };
  const { root } = place;
  const [field] = place.path;
  if (root.kind === 'owner' && field !== undefined && isOfUnseenBase(root.owner, field, engine))
    return { kind: 'escapes' };
  // `image.src = url`: whose property it is does not matter, nobody will release it there.
  if (last !== undefined && acquisition.kind.sinks?.properties?.includes(last)) return { kind: 'open', place, node };
  // `this.listener.value = …`: a box that may end its old content, and is ended itself.
  if (last === 'value' && isBox(place)) return { kind: 'escapes' };
  if (root.kind === 'unknown-this' || root.kind === 'import') return { kind: 'escapes' };
  // exports.server = …: whoever imports it may release it.
  if (root.kind === 'global' && (root.name === 'exports' || root.name === 'module')) return { kind: 'escapes' };
  if (root.kind === 'declaration' && (root.declaration.kind === 'parameter' || root.declaration.kind === 'using'))
    return { kind: 'escapes' };
  if (
    root.kind === 'declaration' &&
    place.path.length === 0 &&
    [...engine.program.scopes.exports.values()].includes(root.declaration)
  )
    return { kind: 'escapes' };
  // A property of a local object goes where the object goes.
  if (root.kind === 'declaration' && place.path.length > 0) {
    for (const use of engine.uses.reads(engine.program.places.ofDeclaration(root.declaration).key)) {
      const fate = fatesOf(use, engine.program)[0];
      if (
        fate &&
        (fate.kind === 'handed-over' || fate.kind === 'passed' || fate.kind === 'collected' || fate.kind === 'stored')
      )
        return { kind: 'escapes' };
    }
  }
  if (depth > 4) return { kind: 'escapes' };
  let elsewhere: Outcome | undefined;
  const inState = isStatePlace(place);
  if (inState && isStateReleased(place, releases, engine)) return { kind: 'escapes' };
  for (const use of engine.uses.reads(place.key)) {
    if (inState && isRendered(use, acquisition.kind)) continue;
    for (const fate of fatesOf(use, engine.program)) {
      const shown = fate.kind === 'handed-over' ? shownAs(use, place, engine) : undefined;
      if (shown) {
        const outcome = settleStored(shown, node, acquisition, engine, depth + 1);
        if (outcome.kind !== 'open') return outcome;
        continue;
      }
      // A method that reads the state of its component gives it to the component.
      if (fate.kind === 'handed-over' && inState && root.kind === 'owner') continue;
      if (fate.kind === 'handed-over') return { kind: 'escapes' };
      if (fate.kind === 'passed') {
        const outcome = isLent(fate.call, place, engine) ? 'reads' : passedTo(fate, acquisition, engine, depth);
        if (outcome !== 'reads') return { kind: outcome };
      }
      if (fate.kind === 'unknown' && !isTest(wrapped(use))) return { kind: 'escapes' };
      if (fate.kind === 'stored' && fate.place.key !== place.key) {
        const outcome = settleStored(fate.place, fate.node, acquisition, engine, depth + 1);
        const isSink = acquisition.kind.sinks?.properties?.includes(fate.place.path.at(-1) ?? '');
        if (outcome.kind !== 'open') return outcome;
        if (!isSink) elsewhere ??= outcome;
        continue;
      }
      if (fate.kind === 'collected') return settleCollected(fate, releases, engine);
    }
  }
  return elsewhere ?? { kind: 'open', place, node };
}

/**
 * The state before a change, or of another instance, is released by its name: `revoke(previous.url)`. Who is given the
 * whole state may do so, too.
 */
function isStateReleased({ root, path }: Place, releases: Releases, engine: Engine): boolean {
  const name = path.at(-1);
  if (root.kind !== 'owner' || name === undefined) return false;
  if (releases.sites.some((site) => mentionsName(site, name))) return true;
  const [field = ''] = path;
  return engine.uses.reads(engine.program.places.ofMember(root.owner, field).key).some((use) => {
    const up = wrapped(use).parent;
    return !(
      ts.isPropertyAccessExpression(up) ||
      (ts.isVariableDeclaration(up) && ts.isObjectBindingPattern(up.name) && !up.name.elements.some(isRest))
    );
  });
}

function mentionsName(node: ts.Node, name: string): boolean {
  let found = false;
  walk(node, (inner) => {
    if (ts.isIdentifier(inner) && inner.text === name) found = true;
    return !found;
  });
  return found;
}

function isRest({ dotDotDotToken }: ts.BindingElement): boolean {
  return dotDotDotToken !== undefined;
}

/** The place itself, and the same field as the base classes of this file know it. */
function keysInBases(place: Place, engine: Engine): readonly string[] {
  const [field, ...rest] = place.path;
  if (place.root.kind !== 'owner' || field === undefined || rest.length > 0) return [place.key];
  const keys: string[] = [];
  const seen = new Set<Owner>();
  for (let at: Owner | undefined = place.root.owner; at && !seen.has(at); at = localBaseOf(at, engine)) {
    seen.add(at);
    keys.push(engine.program.places.ofMember(at, field).key);
  }
  return keys;
}

function passedOn(outcome: 'released' | 'reads' | 'escapes', node: ts.Node): Outcome {
  return outcome === 'reads' ? { kind: 'open', place: undefined, node } : { kind: outcome };
}

/** What becomes of it where it is passed: a sink and a function of this file that only uses it leave it here. */
function passedTo(
  { call, argument }: Extract<Fate, { kind: 'passed' }>,
  acquisition: Acquisition,
  engine: Engine,
  depth: number,
): 'released' | 'reads' | 'escapes' {
  if (isSinkCall(call, acquisition, engine)) return isReadBack(acquisition, engine) ? 'released' : 'reads';
  if (isReader(call, acquisition.kind, engine)) return 'reads';
  const local = engine.program.callees.of(call);
  if (local.length === 0 && acquisition.kind.sinks?.arguments) return 'reads';
  if (local.length === 0 || depth > 3) return 'escapes';
  const outcomes = local.map((fn) => parameterFate(fn.parameters[argument], acquisition, engine, depth + 1));
  return (
    outcomes.find((outcome) => outcome === 'released') ?? outcomes.find((outcome) => outcome === 'escapes') ?? 'reads'
  );
}

function parameterFate(
  parameter: ts.ParameterDeclaration | undefined,
  acquisition: Acquisition,
  engine: Engine,
  depth: number,
): 'released' | 'reads' | 'escapes' {
  const declaration =
    parameter && ts.isIdentifier(parameter.name) && !parameter.dotDotDotToken
      ? engine.program.scopes.declarationOf(parameter)
      : undefined;
  if (!parameter || !declaration || ts.isParameterPropertyDeclaration(parameter, parameter.parent)) return 'escapes';
  const { key } = engine.program.places.ofDeclaration(declaration);
  if (engine.releasesOf(acquisition.kind).byPlace.has(key)) return 'released';
  for (const use of engine.uses.reads(key)) {
    // An inner function may keep it.
    if (enclosingFunction(use) !== parameter.parent) return 'escapes';
    for (const fate of fatesOf(use, engine.program)) {
      if (fate.kind === 'used' || fate.kind === 'dropped') continue;
      if (fate.kind === 'unknown' && isTest(wrapped(use))) continue;
      const outcome = fate.kind === 'passed' ? passedTo(fate, acquisition, engine, depth) : 'escapes';
      if (outcome !== 'reads') return outcome;
    }
  }
  return 'reads';
}

/** `revoke(image.src)`: released where it is shown, by whoever has shown it. */
function isReadBack({ kind }: Acquisition, engine: Engine): boolean {
  const shown = kind.sinks?.properties ?? [];
  return engine.releasesOf(kind).sites.some((site) => {
    const given = ts.isCallExpression(site) && site.arguments[0] ? unwrap(site.arguments[0]) : undefined;
    return given !== undefined && ts.isPropertyAccessExpression(given) && shown.includes(given.name.text);
  });
}

function isSinkCall(call: CallLike, { kind }: Acquisition, engine: Engine): boolean {
  return isSink(call, kind, engine.types, engine.program.origins.nameOf(unwrap(call.expression)));
}

/** A function that works with the resource and leaves it with its caller: `fs.writeSync(fd, …)`. */
function isReader(call: CallLike, { readers }: ResourceKind, engine: Engine): boolean {
  return readers !== undefined && engine.types.matches(engine.program.origins.nameOf(unwrap(call.expression)), readers);
}

function isBox({ root, path }: Place): boolean {
  if (root.kind === 'declaration' && path.length === 1) return isMadeBox(root.declaration.initializer);
  if (root.kind !== 'owner' || path.length !== 2) return false;
  const given = root.owner.members.get(path[0] ?? '')?.values ?? [];
  return given.some(({ value }) => isMadeBox(value));
}

/** `new Slot()`, `store.add(new Slot())`, `this._register(new Slot())` */
function isMadeBox(value: ts.Expression | undefined): boolean {
  const made = value && unwrap(value);
  const given = made && ts.isCallExpression(made) && made.arguments.length === 1 ? made.arguments[0] : made;
  return given !== undefined && ts.isNewExpression(unwrap(given));
}

/** Conditions look at a value without taking it. */
function isTest(node: ts.Expression): boolean {
  const up = node.parent;
  return (
    ts.isIfStatement(up) ||
    ts.isPrefixUnaryExpression(up) ||
    ts.isWhileStatement(up) ||
    ts.isConditionalExpression(up) ||
    ts.isTypeOfExpression(up) ||
    ts.isBinaryExpression(up) ||
    ts.isTemplateSpan(up) ||
    ts.isForStatement(up) ||
    ts.isDoStatement(up)
  );
}

function isActivated(acquisition: Acquisition, methods: readonly string[], engine: Engine): boolean {
  const { result } = acquisition;
  if (!result) return false;
  for (const fate of fatesOf(result, engine.program)) {
    if (fate.kind === 'used' && methods.includes(fate.member)) return true;
    if (fate.kind !== 'stored') continue;
    for (const use of engine.uses.reads(fate.place.key)) {
      const up = wrapped(use).parent;
      if (ts.isPropertyAccessExpression(up) && methods.includes(up.name.text) && givesSomething(up, acquisition))
        return true;
      if (ts.isCallExpression(up) && isActivatedBy(up, wrapped(use), methods, engine)) return true;
    }
  }
  return false;
}

/** `start(observer)`, a function of this file that calls one of the methods on what it is given. */
function isActivatedBy(call: ts.CallExpression, use: ts.Node, methods: readonly string[], engine: Engine): boolean {
  const position = (call.arguments as readonly ts.Node[]).indexOf(use);
  return engine.program.callees.of(call).some((fn) => {
    const parameter = fn.parameters[position];
    const declaration = parameter && engine.program.scopes.declarationOf(parameter);
    return declaration?.references.some((reference) => {
      const up = wrapped(reference).parent;
      return ts.isPropertyAccessExpression(up) && methods.includes(up.name.text);
    });
  });
}

/** A collection of disposables matters by what it is given: the result of a call, not what the owner made for itself. */
function givesSomething(access: ts.PropertyAccessExpression, { kind }: Acquisition): boolean {
  if (kind.heldBy !== 'nothing') return true;
  const call = access.parent;
  return ts.isCallExpression(call) && call.arguments.some((argument) => ts.isCallExpression(unwrap(argument)));
}

/** Created here as an array, a record, a Map or a Set. */
function isPlainCollection(container: Place): boolean {
  const { root, path } = container;
  const given =
    root.kind === 'owner' && path.length === 1
      ? (root.owner.members.get(path[0] ?? '')?.values.map(({ value }) => value) ?? [])
      : root.kind === 'declaration' && path.length === 0
        ? [root.declaration.initializer]
        : [];
  return given.some((value) => {
    const initial = value && unwrap(value);
    if (!initial) return false;
    if (ts.isArrayLiteralExpression(initial) || ts.isObjectLiteralExpression(initial)) return true;
    return (
      ts.isNewExpression(initial) &&
      ts.isIdentifier(initial.expression) &&
      /^(?:Map|Set|Array|WeakMap|WeakSet)$/.test(initial.expression.text)
    );
  });
}

/** What an effect or hook is given outlives the run of the effect. */
function receiverOutlives(acquisition: Acquisition, assessment: Assessment, engine: Engine): boolean {
  const { level } = lifetimeOf(acquisition.receiver, engine);
  if (level === 'process' || level === 'module' || level === 'injected') return true;
  return level === 'caller' && assessment.frequency.level === 'mount';
}

function isRepeated({ frequency }: Assessment): boolean {
  return frequency.level === 'mount' || frequency.level === 'hot';
}

/** A subscription in the handler of another piles up on any source that is not made for it. */
function outlivesSubscriber(source: Lifetime, nested: boolean): boolean {
  if (source.level === 'process' || source.level === 'module' || source.level === 'injected') return true;
  return nested && source.level === 'own';
}

function isInHandlerOfAnother({ kind, form, node }: Acquisition, engine: Engine): boolean {
  if (form.form !== 'stream' || kind.nestedAs === undefined) return false;
  for (let at: ts.Node = node, up = node.parent; up; at = up, up = up.parent) {
    if (!ts.isCallExpression(up) || !up.arguments.some((argument) => argument === at)) continue;
    const callee = unwrap(up.expression);
    if (
      ts.isPropertyAccessExpression(callee) &&
      form.method.includes(callee.name.text) &&
      endlessSource(callee.expression, form.source, engine.program, engine.types, undefined, 'own')
    )
      return true;
  }
  return false;
}

/** Is the receiver of a subscription known to live longer than who subscribes? */
function outlivesCaller(acquisition: Acquisition, owner: Owner | undefined, engine: Engine): boolean {
  const level = receiverLevel(acquisition, engine);
  if (level === 'process' || level === 'module') return true;
  if (isEndedByOwner(acquisition.receiver, engine)) return false;
  if (level !== 'injected' || owner === undefined) return false;
  // The only instance mostly lives as long as what it was given, unless it has an end of its own.
  return (
    engine.frequency.instancesOf(owner) !== 'single' ||
    isStrictTeardown(wholeTeardownOf(owner, acquisition.node)?.name ?? '')
  );
}

/** `this.adapter.dispose()`: who ends the source ends what is registered on it. */
function isEndedByOwner(receiver: ts.Expression | undefined, engine: Engine): boolean {
  const place = receiver && engine.program.places.of(unwrap(receiver));
  return (
    place !== undefined &&
    engine.uses.reads(place.key).some((use) => {
      const up = wrapped(use).parent;
      return ts.isPropertyAccessExpression(up) && ts.isCallExpression(up.parent) && isWholeTeardown(up.name.text);
    })
  );
}

/** `onLogin(fn) { events.subscribe(() => fn()) }`: registers what its caller gives it, and may run once. */
function isRegistrar(node: ts.Node, engine: Engine): boolean {
  const fn = enclosingFunction(node);
  const name = fn?.name ? (propertyNameText(fn.name) ?? '') : '';
  if (!fn || !registrarNames.test(name)) return false;
  const parameters = new Set(fn.parameters.map((parameter) => engine.program.scopes.declarationOf(parameter)));
  let calls = false;
  walk(node, (inner) => {
    if (ts.isIdentifier(inner)) {
      const declaration = engine.program.scopes.resolve(inner);
      if (declaration && parameters.has(declaration)) calls = true;
    }
    return !calls;
  });
  return calls;
}

/** A parameter of a constructor is injected, whether or not it becomes a field. */
function receiverLevel({ receiver }: Acquisition, engine: Engine): Lifetime['level'] {
  const { level } = lifetimeOf(receiver, engine);
  if (level !== 'caller' || !receiver) return level;
  const place = engine.program.places.of(unwrap(receiver));
  const declaration = place?.root.kind === 'declaration' ? place.root.declaration : undefined;
  return declaration && ts.isConstructorDeclaration(declaration.scope.node) ? 'injected' : level;
}

function lifeOfObserved(
  acquisition: Acquisition,
  methods: readonly string[],
  engine: Engine,
): 'long' | 'short' | 'unknown' {
  const observed = (access: ts.Node): ts.Expression | undefined =>
    ts.isCallExpression(access.parent) && access.parent.expression === access ? access.parent.arguments[0] : undefined;
  const targets: (ts.Expression | undefined)[] = [];
  for (const fate of acquisition.result ? fatesOf(acquisition.result, engine.program) : []) {
    if (fate.kind === 'used' && methods.includes(fate.member)) targets.push(observed(fate.node));
    if (fate.kind !== 'stored') continue;
    for (const use of engine.uses.reads(fate.place.key))
      if (ts.isPropertyAccessExpression(use.parent) && methods.includes(use.parent.name.text))
        targets.push(observed(use.parent));
  }
  const isLong = targets.some((target) => {
    if (!target || ts.isObjectLiteralExpression(unwrap(target))) return true;
    const { level } = lifetimeOf(target, engine);
    return level === 'process' || level === 'module';
  });
  return isLong ? 'long' : targets.length > 0 ? 'short' : 'unknown';
}

function isHeldByOwnerOrModule(place: Place | undefined): boolean {
  if (!place) return false;
  if (place.root.kind === 'owner') return place.path.length > 0;
  if (place.root.kind === 'global') return true;
  return place.root.kind === 'declaration' && place.root.declaration.scope.func === undefined;
}

function ownerOf(place: Place | undefined): Owner | undefined {
  return place?.root.kind === 'owner' ? place.root.owner : undefined;
}

/** The owner whose member does the acquiring. */
export function memberOwner(node: ts.Node, engine: Engine): Owner | undefined {
  return engine.program.members.ownerAt(node);
}

/** Source text of a place, as the reader knows it. */
export function textOf(place: Place): string {
  switch (place.root.kind) {
    case 'owner':
    case 'unknown-this':
      return accessText('this', place.path);
    case 'declaration':
      return accessText(place.root.declaration.name, place.path);
    case 'global':
    case 'import':
      return accessText(place.root.name, place.path);
  }
}
