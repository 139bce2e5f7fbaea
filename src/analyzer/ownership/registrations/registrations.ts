/**
 * Resources without a value: a handler registered on a receiver. It leaks only when the receiver outlives the
 * handler's owner; a removal counts when it names the same receiver, event, handler and capture flag.
 */

import { eventOfHandler } from '../../acquiring/receivers';
import type { Acquisition } from '../../acquisitions';
import { constantOf } from '../../constants';
import type { Draft } from '../../draft';
import type { Engine } from '../../engine';
import type { TrailStep } from '../../findings';
import type { Owner } from '../../members';
import { nodesIn } from '../../nodeIndex';
import { calls } from '../../selections';
import {
  type CallLike,
  enclosingFunction,
  isAssignment,
  isFunctionNode,
  isNewPromise,
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
import type { Frequency } from '../lifetime/frequency/frequency';
import { isOfWholeExport } from '../lifetime/frequency/occasions';
import { type Lifetime, lifetimeOf } from '../lifetime/lifetime';
import { neverRuns } from '../vain/deadRemovals';
import { endEvents } from '../words/events';
import { removesByName } from '../words/listeners';
import { isStrictTeardown, isWholeTeardown } from '../words/teardowns';
import { endsHandlers, endsOwner, givenHandlers, holdsInstance, isForgottenBinding, isMounted } from './bindings';
import { isDropped } from './fluent';
import { areDistinctHandlers } from './handlerNames';
import { isOwnElement } from './ownElements';
import { findRemovals, matchesRemoval, type Removal, sameReceiver } from './removals';
import { isEndedByResult, isGivenSignal } from './resultEnds';
import { severityOfVain } from './vainSeverity';

/** The finding for a registration that nothing undoes, or whose removal can never match; undefined when all is well or unsure. */
export function judgeRegistration(
  acquisition: Acquisition,
  all: readonly Acquisition[],
  engine: Engine,
): Draft | undefined {
  const { form, node, kind } = acquisition;
  if (form.form !== 'registration' || !ts.isCallExpression(node)) return undefined;
  // Whoever removes it when the event comes leaves only the work that settles otherwise, which is judged elsewhere.
  const { identity } = form;
  const handler = node.arguments[identity.handler];
  if (!handler || form.givesUp || (form.once && !staysToTheLast(acquisition, handler, engine))) return undefined;
  const options = identity.options === undefined ? undefined : node.arguments[identity.options];
  if (options ? releasesItself(options, engine) : isGivenSignal(node, identity.handler)) return undefined;
  if (isEndedByResult(node, engine)) return undefined;
  if (isParameterOfWrapper(handler, node, engine)) return undefined;
  const life = receiverLife(acquisition, engine);
  if (!life || endsAll(acquisition, engine)) return undefined;
  const written = findRemovals(acquisition, engine);
  const removals = written.filter((removal) => !neverRuns(removal.node, node, engine));
  const isLong = outlives(life);
  const again = all.find((other) => addsAgain(other, acquisition, engine));
  if (all.some((other) => addsAgain(acquisition, other, engine))) return undefined;
  // Who removes a handler, if in vain, states that it should go.
  if (!isLong && !again && !removals.some((removal) => isVain(acquisition, removal, engine))) return undefined;
  if (isLong && acquisition.assumed && !isRegistration(acquisition, life, removals, engine)) return undefined;
  if (removals.some((removal) => matchesRemoval(acquisition, removal, engine) === undefined)) return undefined;
  // A removal of this event that no other registration accounts for may be ours, by a name that is not followed.
  if (removals.some((removal) => mayBe(acquisition, removal, all, engine))) return undefined;
  if (isOneShot(acquisition) && !staysToTheLast(acquisition, handler, engine)) return undefined;
  if (isMarked(acquisition)) return undefined;
  const vain = removals
    .map((removal) => ({ removal, why: matchesRemoval(acquisition, removal, engine) }))
    .filter(
      ({ removal, why }) =>
        why !== undefined &&
        why !== 'other' &&
        !all.some((other) => other !== acquisition && matchesRemoval(other, removal, engine) === undefined),
    );
  // A removal of another event is meant for whoever added a handler of that event.
  const failed: { readonly removal: { readonly node: CallLike }; readonly why: string | undefined } | undefined =
    vain.find(({ removal }) => eventOf(removal, engine) === acquisition.event) ??
    vain.find(({ removal }) => !all.some((other) => other.event === eventOf(removal, engine))) ??
    (again && { removal: again, why: 'it adds the handler once more instead of removing it' });
  const event = acquisition.event === undefined ? '' : ` for \`${acquisition.event}\``;
  const receiver = acquisition.receiver ? acquisition.receiver.getText() : 'window';
  const trail: TrailStep[] = [
    { role: 'acquired', message: `Listener${event} added here`, range: rangeOf(node) },
    {
      role: 'held',
      message: `\`${receiver}\` ${life.why} and keeps the handler and all that it captures`,
      range: rangeOf(acquisition.receiver ?? node),
    },
  ];
  const fn = enclosingFunction(node);
  if (failed?.why) {
    const isAgain = failed.removal.node === again?.node;
    trail.push({
      role: 'release',
      message: isAgain ? 'Added again here' : `This removal cannot match: ${failed.why}`,
      range: rangeOf(failed.removal.node),
    });
    const frequency = engine.frequency.of(node);
    if (frequency.level === 'once') return undefined;
    if (fn) trail.push(frequencyStep(frequency, fn.name ?? node));
    return {
      kind: kind.id,
      mechanism: 'release-never-matches',
      severity:
        // On the page itself one and the same function is one listener, and stays one.
        (isOneListener(acquisition, handler, engine) && (life.level === 'process' || life.level === 'module')) ||
        isOwnElement(acquisition, engine, life)
          ? 'low'
          : severityOfVain(acquisition, life, frequency, kind.severity, engine),
      confidence: isLong ? 'high' : 'medium',
      message: `The listener${event} on \`${receiver}\` is never removed: the ${isAgain ? 'clean-up' : 'removal'} on line ${lineOf(failed.removal.node)} cannot match because ${failed.why}.`,
      advice: 'Keep one reference to the handler and pass the same event, handler and capture flag to both calls.',
      node,
      trail,
      open: {
        acquisition,
        level: frequency.level,
        ...(isAgain || !ts.isCallExpression(failed.removal.node) ? {} : { mistaken: failed.removal.node }),
      },
    };
  }
  if (!isLong) return undefined;
  // Where nobody says what the receiver is, who keeps or hands on what the call gives may end it by that.
  if (acquisition.receiver && engine.types.of(acquisition.receiver).size === 0 && !isDropped(node)) return undefined;
  if (isRemovedByHelper(acquisition, handler, engine)) return undefined;
  if (isOneListener(acquisition, handler, engine)) return undefined;
  const owner = engine.program.members.ownerAt(node);
  // On what nobody described, the one instance of a class may stay as long as its receiver.
  if (acquisition.assumed && owner && engine.frequency.instancesOf(owner) === 'single') return undefined;
  const assessment = assess(engine, node, kind.severity, kind.heldBy, owner);
  if (!assessment || (kind.perInstance && assessment.frequency.level === 'once')) return undefined;
  if (kind.needsTeardown && !assessment.teardown && !isOfMany(assessment.frequency.level, owner, engine))
    return undefined;
  // Its own end ends the owner too.
  const isEnd = life.level === 'injected' && endEvents.has(eventWord(acquisition, identity.event) ?? '');
  if (isEnd && owner && endsOwner(handler, owner, engine)) return undefined;
  if (fn) trail.push(frequencyStep(assessment.frequency, fn.name ?? node));
  if (assessment.teardown) trail.push(forgottenStep(assessment.teardown, 'removed'));
  const isPlugin = isOfWholeExport(assessment.frequency.occasion);
  const isAddedAnew = identity.capture === undefined || !isMember(handler, engine);
  const severity =
    // An event target keeps one and the same function once, however often it is added.
    isPlugin ||
    isOwnElement(acquisition, engine, life) ||
    (!isAddedAnew && owner && engine.frequency.instancesOf(owner) !== 'many' && !assessment.teardown)
      ? 'low'
      : life.level !== 'injected'
        ? // A connection that a handler is given may be one that nobody else uses.
          form.lives && acquisition.assumed && acquisition.receiver && ts.isIdentifier(unwrap(acquisition.receiver))
          ? demote(assessment.severity)
          : assessment.severity
        : endsWithReceiver(acquisition, all, engine)
          ? 'low'
          : // What is given may well end with the one who is given it.
            demote(assessment.severity);
  // Handlers of the process's own life are set up by whoever starts it, once.
  const lifecycle =
    acquisition.event !== undefined &&
    form.lifecycleEvents?.includes(acquisition.event) &&
    assessment.frequency.level !== 'hot' &&
    (assessment.frequency.level !== 'call' || isPlugin) &&
    // What has an end of its own is no program, and the handler keeps it.
    !staysToTheLast(acquisition, handler, engine);
  if (lifecycle) return undefined;
  const isOfTheEnd = acquisition.event !== undefined && form.lastEvents?.includes(acquisition.event) === true;
  const isGiven = life.level === 'injected' || isOfTheEnd || (acquisition.assumed && receiverIsCall(acquisition));
  const confidence = isGiven && assessment.confidence === 'high' ? 'medium' : assessment.confidence;
  const message = assessment.teardown
    ? `The listener${event} on \`${receiver}\` is never removed; \`${assessment.teardown.name}\` (line ${lineOf(assessment.teardown.node)}) tears \`${owner?.name ?? 'its owner'}\` down without it.`
    : `The listener${event} on \`${receiver}\` is never removed. It is added ${assessment.frequency.why}.`;
  const unrun = written.find(
    (one) => !removals.includes(one) && matchesRemoval(acquisition, one, engine) === undefined,
  );
  if (unrun)
    trail.push({ role: 'release', message: 'This never runs: nobody takes the clean-up', range: rangeOf(unrun.node) });
  const advice = isInline(handler, engine)
    ? `Store the handler and remove it ${assessment.teardown ? `in \`${assessment.teardown.name}\`` : 'when its owner ends'}, or pass a signal.`
    : `Remove it ${assessment.teardown ? `in \`${assessment.teardown.name}\`` : 'when its owner ends'}.`;
  return {
    kind: kind.id,
    mechanism: assessment.mechanism,
    severity: isOfTheEnd ? demote(severity) : severity,
    confidence: severity === 'low' && !tellsOfLoss(acquisition, assessment, handler, life, engine) ? 'low' : confidence,
    message,
    advice,
    node,
    trail,
    open: { acquisition, level: assessment.frequency.level, teardown: assessment.teardown },
  };
}

/** May a quiet report be right? Not where it goes with its owner, where an end may be none, or where a host sets it up once. */
function tellsOfLoss(
  acquisition: Acquisition,
  { frequency, teardown, owner }: Assessment,
  handler: ts.Expression,
  life: Lifetime,
  engine: Engine,
): boolean {
  if (isOwnElement(acquisition, engine, life)) return false;
  const { level } = frequency;
  if (isOfWholeExport(frequency.occasion)) return false;
  if (level === 'hot') return true;
  if (teardown)
    return (
      acquisition.assumed ||
      isStrictTeardown(teardown.name) ||
      (owner !== undefined && isAddedAgain(acquisition.node, level, engine) && holdsInstance(handler, owner, engine)) ||
      endsHandlers(teardown.node, engine)
    );
  return level === 'mount' || level === 'instance' || level === 'call';
}

/** By a method that anybody may call, or that is called at more than one place. */
function isAddedAgain(node: ts.Node, level: Frequency['level'], engine: Engine): boolean {
  const fn = enclosingFunction(node);
  return level === 'call' || level === 'unknown' || (fn && engine.program.callees.usesOf(fn).calls.length > 1) === true;
}

/** `removeListenerSafely(window, 'message', this.onMessage)`: by a function that is not seen. */
function isRemovedByHelper({ form }: Acquisition, handler: ts.Expression, engine: Engine): boolean {
  if (form.form !== 'registration' || isInline(handler, engine)) return false;
  return engine
    .once(removingCalls)
    .some((call) => call.arguments.some((one) => engine.program.places.same(one, handler)));
}

/** Calls of unseen functions that remove something by their name. */
function removingCalls({ program }: Engine): readonly ts.CallExpression[] {
  return nodesIn(program.sourceFile, calls).filter((call) => {
    const callee = unwrap(call.expression);
    const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : ts.isIdentifier(callee) ? callee.text : '';
    return removesByName(name) && program.callees.of(call).length === 0;
  });
}

/** `this.onResize`: one function for the life of its instance. */
function isMember(handler: ts.Expression, engine: Engine): boolean {
  const place = engine.program.places.of(handler);
  return place?.root.kind === 'owner' && place.path.length === 1;
}

/** At each mount or event, or for each of many instances. */
function isOfMany(level: string, owner: Owner | undefined, engine: Engine): boolean {
  return (
    level === 'mount' || level === 'hot' || (owner !== undefined && engine.frequency.instancesOf(owner) === 'many')
  );
}

/** `Signal.clearData(this)`, here or in a base class that is not seen: all that the instance has registered is taken off. */
function endsAll({ kind, node }: Acquisition, engine: Engine): boolean {
  const all = kind.release.flatMap((form) => (form.form === 'whole-owner' ? form.callee : []));
  if (all.length === 0) return false;
  if (engine.program.members.ownerAt(node)?.base) return true;
  return nodesIn(engine.program.sourceFile, calls).some((call) =>
    engine.types.matches(engine.program.origins.nameOf(unwrap(call.expression)), all),
  );
}

/** How long the receiver lives; undefined where it is given for good. */
function receiverLife({ form, node, receiver }: Acquisition, engine: Engine): Lifetime | undefined {
  if (form.form !== 'registration' || !form.lives) return lifetimeOf(receiver, engine);
  for (let fn = enclosingFunction(node); fn; fn = enclosingFunction(fn)) {
    const event = eventOfHandler(fn, engine.program);
    if (event !== undefined && form.lives.ownedIn.includes(event)) return undefined;
  }
  return { level: 'process', why: `lives as long as ${form.lives.as}` };
}

function isOneShot({ form, event }: Acquisition): boolean {
  return form.form === 'registration' && event !== undefined && form.oneShotEvents?.includes(event) === true;
}

/** An event that comes when all is over, and a handler that keeps an instance until then, which has an end of its own before. */
function staysToTheLast({ form, node, event, receiver }: Acquisition, handler: ts.Expression, engine: Engine): boolean {
  if (form.form !== 'registration' || event === undefined || !form.lastEvents?.includes(event)) return false;
  if (lifetimeOf(receiver, engine).level !== 'process') return false;
  // A promise that waits for it is that of a program.
  const fn = enclosingFunction(node);
  if (fn && isNewPromise(fn.parent)) return false;
  const owner = engine.program.members.ownerAt(node);
  return owner !== undefined && wholeTeardownOf(owner, node) !== undefined && keepsOneOfMany(handler, owner, engine);
}

function keepsOneOfMany(handler: ts.Expression, owner: Owner, engine: Engine): boolean {
  return holdsInstance(handler, owner, engine) && engine.frequency.instancesOf(owner) !== 'single';
}

/** `Client.get().on(…)` */
function receiverIsCall({ receiver }: Acquisition): boolean {
  return receiver !== undefined && ts.isCallExpression(unwrap(receiver));
}

function outlives({ level }: Lifetime): boolean {
  return level === 'process' || level === 'module' || level === 'injected';
}

/** A removal of this very registration that cannot work. */
function isVain(acquisition: Acquisition, removal: Removal, engine: Engine): boolean {
  const why = matchesRemoval(acquisition, removal, engine);
  return why !== undefined && why !== 'other';
}

/** Is the first a repetition of the second in what should undo it: the same handler, event and receiver in a teardown or clean-up? */
function addsAgain(again: Acquisition, first: Acquisition, engine: Engine): boolean {
  if (again === first || again.kind !== first.kind || first.form.form !== 'registration') return false;
  if (again.event !== first.event || again.event === undefined || !again.receiver || !first.receiver) return false;
  const { handler } = first.form.identity;
  const [a, b] = [again.node.arguments?.[handler], first.node.arguments?.[handler]];
  if (!a || !b || !engine.program.places.same(a, b) || !engine.program.places.same(again.receiver, first.receiver))
    return false;
  return isInTeardown(again.node, first.node, engine);
}

function isInTeardown(node: ts.Node, first: ts.Node, engine: Engine): boolean {
  const fn = enclosingFunction(node);
  if (!fn || isWithin(first, fn)) return false;
  const owner = engine.program.members.ownerAt(node);
  for (const member of owner?.members.values() ?? [])
    if (member.functions.includes(fn)) return isWholeTeardown(member.name);
  // The clean-up that an effect returns.
  const up = ts.isArrowFunction(fn) || ts.isFunctionExpression(fn) ? wrapped(fn).parent : undefined;
  return up !== undefined && ts.isReturnStatement(up) && isWithin(first, up.parent);
}

/** Who also listens for the end of what it is given probably ends with it: a protocol on its connection. */
function endsWithReceiver(acquisition: Acquisition, all: readonly Acquisition[], engine: Engine): boolean {
  const owner = engine.program.members.ownerAt(acquisition.node);
  return all.some(
    ({ event, receiver, node }) =>
      event !== undefined &&
      endEvents.has(event) &&
      engine.program.members.ownerAt(node) === owner &&
      receiver !== undefined &&
      sameReceiver(receiver, acquisition.receiver, engine),
  );
}

function eventOf({ node, identity }: Removal, engine: Engine): string | undefined {
  const event =
    identity.event === undefined ? undefined : constantOf(node.arguments[identity.event], engine.program.scopes);
  return typeof event === 'string' ? event : undefined;
}

/**
 * Once per receiver, which is marked or noted: `if (!socket[seen]) { socket[seen] = true; … }`,
 * `if (!known.has(socket)) { known.add(socket); … }`, `if (emitter.listenerCount(event) === 0) …`.
 */
function isMarked({ node, receiver }: Acquisition): boolean {
  if (!receiver) return false;
  const name = unwrap(receiver).getText();
  const fn = enclosingFunction(node);
  if (!fn?.body) return false;
  const conditions: ts.Expression[] = [];
  walk(fn.body, (inner) => {
    if (ts.isIfStatement(inner) && inner.pos < node.pos) conditions.push(inner.expression);
    return !isFunctionNode(inner);
  });
  const about = conditions.filter((condition) => mentions(condition, name));
  if (about.length === 0) return false;
  if (about.some((condition) => /\blisteners?(?:Count)?\(/.test(condition.getText()))) return true;
  let marked = false;
  walk(fn.body, (inner) => {
    if (isAssignment(inner)) {
      const left = unwrap(inner.left);
      const target =
        ts.isPropertyAccessExpression(left) || ts.isElementAccessExpression(left)
          ? left.expression.getText()
          : undefined;
      if (target === name && about.some((condition) => condition.getText().includes(left.getText()))) marked = true;
    } else if (ts.isCallExpression(inner) && ts.isPropertyAccessExpression(inner.expression)) {
      const method = inner.expression.name.text;
      const container = inner.expression.expression.getText();
      if (
        (method === 'add' || method === 'set') &&
        inner.arguments[0]?.getText() === name &&
        about.some((condition) => condition.getText().includes(`${container}.has(`))
      )
        marked = true;
    }
    return !marked;
  });
  return marked;
}

function mentions(condition: ts.Expression, name: string): boolean {
  let found = false;
  walk(condition, (inner) => {
    if (inner.getText() === name) found = true;
    return !found;
  });
  return found;
}

/** Is a call on a receiver of unknown type a registration that somebody must undo? */
function isRegistration(
  { form, node, receiver }: Acquisition,
  life: Lifetime,
  removals: readonly Removal[],
  engine: Engine,
): boolean {
  if (form.form !== 'registration') return false;
  if (form.lives) return true;
  if (life.level === 'module')
    return isForgottenBinding({ form, node, receiver }, engine) || isMounted(form, node, engine);
  if (life.level !== 'injected') return false;
  return (
    form.untyped === 'name' ||
    form.named !== undefined ||
    removals.some((removal) => removal.receiver !== undefined && sameReceiver(receiver, removal.receiver, engine)) ||
    isForgottenBinding({ form, node, receiver }, engine)
  );
}

/** A `signal` that somebody may abort, or, unless the event may never come, `{ once: true }`. */
export function releasesItself(options: ts.Expression | undefined, engine: Engine, byOnce = true): boolean {
  if (!options) return false;
  let value = unwrap(options);
  if (ts.isIdentifier(value)) {
    const declaration = engine.program.scopes.resolve(value);
    if (!declaration?.initializer || declaration.path?.length !== 0)
      return constantOf(value, engine.program.scopes) === undefined && declaration?.kind !== 'const';
    value = unwrap(declaration.initializer);
  }
  if (!ts.isObjectLiteralExpression(value)) return constantOf(value, engine.program.scopes) === undefined;
  return value.properties.some((property) => {
    if (ts.isSpreadAssignment(property)) return true;
    const name = propertyNameText(property.name);
    if (name === 'once' && byOnce)
      return !ts.isPropertyAssignment(property) || constantOf(property.initializer, engine.program.scopes) !== false;
    if (name !== 'signal') return false;
    const signal = ts.isPropertyAssignment(property)
      ? property.initializer
      : ts.isShorthandPropertyAssignment(property)
        ? property.name
        : undefined;
    return !signal || mayAbort(signal, engine);
  });
}

/** A signal of a controller created here that nobody aborts and that goes nowhere is no release; every other signal may be. */
function mayAbort(signal: ts.Expression, engine: Engine): boolean {
  const value = unwrap(signal);
  const taken = ts.isIdentifier(value) ? engine.program.scopes.resolve(value) : undefined;
  // `const { signal } = new AbortController()`: nobody has the controller.
  if (taken?.path?.length === 1 && taken.initializer && ts.isNewExpression(unwrap(taken.initializer))) return false;
  const place = engine.program.places.of(signal);
  if (place?.path.at(-1) !== 'signal') return true;
  const controllerKey = place.key.slice(0, -'.signal'.length);
  if (place.root.kind !== 'declaration' && place.root.kind !== 'owner') return true;
  if (place.root.kind === 'declaration' && place.root.declaration.kind === 'parameter') return true;
  return engine.uses.reads(controllerKey).some((use) => {
    const up = use.parent;
    return !(ts.isPropertyAccessExpression(up) && up.expression === use && up.name.text === 'signal');
  });
}

/** `on(event, handler) { this.target.on(event, handler) }`: the caller owns the subscription. */
export function isParameterOfWrapper(handler: ts.Expression, node: ts.Node, engine: Engine): boolean {
  const value = unwrap(handler);
  const root = ts.isPropertyAccessExpression(value) ? undefined : value;
  if (!root || !ts.isIdentifier(root)) return false;
  const declaration = engine.program.scopes.resolve(root);
  if (declaration?.kind !== 'parameter') return false;
  const fn = enclosingFunction(declaration.node);
  const owner = engine.program.members.ownerAt(node);
  if (owner && givenHandlers(handler, owner, engine).length > 0) return false;
  // From a mount hook nobody hands a remover back to the caller.
  return fn !== undefined && isWithin(node, fn) && engine.frequency.of(node).level !== 'mount';
}

/** Same receiver and event, a handler held elsewhere, and no other registration that it undoes. */
export function mayBe(
  acquisition: Acquisition,
  removal: Removal,
  all: readonly Acquisition[],
  engine: Engine,
): boolean {
  if (matchesRemoval(acquisition, removal, engine) !== 'other' || removal.identity.handler === -1) return false;
  if (!sameReceiver(acquisition.receiver, removal.receiver, engine)) return false;
  const { form, node } = acquisition;
  if (form.form !== 'registration') return false;
  if (form.identity.event !== undefined && removal.identity.event !== undefined) {
    const left = constantOf(node.arguments?.[form.identity.event], engine.program.scopes);
    const right = constantOf(removal.node.arguments[removal.identity.event], engine.program.scopes);
    if (left !== undefined && right !== undefined && left !== right) return false;
  }
  const handler = removal.node.arguments[removal.identity.handler];
  if (!handler || isInline(handler, engine)) return false;
  const added = node.arguments?.[form.identity.handler];
  if (added && areDistinctHandlers(added, handler, engine)) return false;
  return !all.some((other) => other !== acquisition && matchesRemoval(other, removal, engine) === undefined);
}

/** An event target takes one and the same function once, however often it is added. */
function isOneListener({ form }: Acquisition, handler: ts.Expression, engine: Engine): boolean {
  return form.form === 'registration' && form.identity.capture !== undefined && isModuleFunction(handler, engine);
}

/** A function declared at module level: one identity for the life of the page. */
function isModuleFunction(handler: ts.Expression, engine: Engine): boolean {
  const value = unwrap(handler);
  if (!ts.isIdentifier(value)) return false;
  const declaration = engine.program.scopes.resolve(value);
  if (!declaration) return true;
  return declaration.scope.func === undefined && declaration.kind !== 'let' && declaration.kind !== 'var';
}

function isInline(handler: ts.Expression, engine: Engine): boolean {
  const value = unwrap(handler);
  return engine.program.places.of(value) === undefined;
}

/** The event, or the word that stands for it: `disconnected` of `Browser.Events.Disconnected`. */
export function eventWord({ event, node }: Acquisition, position: number | undefined): string | undefined {
  const argument = position === undefined ? undefined : node.arguments?.[position];
  const named = argument && unwrap(argument);
  return event ?? (named && ts.isPropertyAccessExpression(named) ? named.name.text.toLowerCase() : undefined);
}
