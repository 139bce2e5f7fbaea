/**
 * Handlers of which one clean-up takes some away and leaves one: what the author removes there shows that the receivers
 * outlive it, whatever their types are. Judged where the forgotten one is added beside those that are removed.
 */

import type { Acquisition } from '../../acquiring/acquisitions';
import { acquisitionsIn } from '../../acquiring/acquisitionsIn';
import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import type { Place } from '../../program/places';
import type { RegistrationForm } from '../../resources/acquireForms';
import { nodesIn } from '../../syntax/nodeIndex';
import { calls } from '../../syntax/selections';
import {
  enclosingFunction,
  type FunctionNode,
  isFunctionNode,
  isWithin,
  isWithinAny,
  lineOf,
  propertyNameText,
  rangeOf,
  ts,
  unwrap,
  wrapped,
} from '../../syntax/syntax';
import { timerCalls } from '../../words/callbacks';
import { endEvents } from '../../words/events';
import { registersEnd } from '../../words/hooks';
import { unlistenMethods } from '../../words/listeners';
import { areOpposite } from '../../words/opposites';
import { givesShared } from '../../words/owners';
import { clearsTimer, endsWork } from '../../words/releases';
import { isAnswer, isRequest } from '../../words/requests';
import { isMaking as isMakingByName } from '../../words/starts';
import { ends, isTeardown } from '../../words/teardowns';
import { assess, frequencyStep, wholeTeardownOf } from '../assess';
import { teardownFunctions } from '../late/endOfOwner';
import { isEmpty } from './bindings';
import { releasesItself } from './endingOptions';
import { eventWord } from './eventNames';
import { fluentRoot, isDropped } from './fluent';
import { isOfFreshContent } from './freshContent';
import { isMember } from './handlerIdentity';
import { type CleanUp, inTeardown } from './leftInTeardown';
import { isOwnElement } from './ownElements';
import { mayBe } from './possibleRemovals';
import { findRemovals, matchesRemoval, type Removal } from './removals';
import { isTakenBack } from './takenBack';
import { isParameterOfWrapper } from './wrapperParameters';

/**
 * The finding for a handler that a clean-up leaves while it removes others; undefined when nothing tells that it has to go.
 * @param ofWorkOnly not where a teardown ends something on another receiver
 */
export function judgeUneven(
  acquisition: Acquisition,
  all: readonly Acquisition[],
  engine: Engine,
  ofWorkOnly = false,
): Draft | undefined {
  const { form, node, kind, receiver } = acquisition;
  if (form.form !== 'registration' || !ts.isCallExpression(node) || !receiver) return undefined;
  if (form.identity.event === undefined || !isDropped(node)) return undefined;
  const handler = node.arguments[form.identity.handler];
  if (!handler || isEmpty(handler, engine) || isParameterOfWrapper(handler, node, engine)) return undefined;
  const { options } = form.identity;
  const given = options === undefined ? undefined : node.arguments[options];
  if (releasesItself(given, engine, false)) return undefined;
  // What goes with its event, or is told of its own end, only a work leaves that is over before.
  const waits = form.once === true || releasesItself(given, engine);
  const isOver =
    form.givesUp === true ||
    (acquisition.event !== undefined && form.oneShotEvents?.includes(acquisition.event) === true) ||
    endEvents.has((eventWord(acquisition, form.identity.event) ?? '').toLowerCase());
  const goes = waits || isOver;
  // What is made here goes with whoever made it.
  if (isMadeByOwner(receiver, engine)) return undefined;
  const removals = findRemovals(acquisition, engine);
  if (
    removals.some(
      (removal) => matchesRemoval(acquisition, removal, engine) !== 'other' || mayBe(acquisition, removal, all, engine),
    )
  )
    return undefined;
  const target = engine.program.places.of(fluentRoot(receiver));
  const owner = engine.program.members.ownerAt(node);
  const isTaken = isTakenBack(node, handler, target?.key, form, engine);
  // A method that waits for an event which may not come before the end.
  const mayBeLeft = waits && !isOver && !isTaken && isMember(handler, engine);
  const cleanUp =
    goes || isTaken
      ? (ofItsCleanUp(acquisition, handler, target?.key, form, engine) ??
        (mayBeLeft && owner && !ofWorkOnly ? inTeardown(acquisition, handler, owner, engine) : undefined))
      : (besides(acquisition, target?.key, removals, all, engine) ??
        ofTheWork(acquisition, handler, target?.key, removals, all, engine) ??
        (owner && !ofWorkOnly ? inTeardown(acquisition, handler, owner, engine) : undefined) ??
        paired(acquisition, handler, target?.key, removals, all, engine) ??
        ofItsCleanUp(acquisition, handler, target?.key, form, engine));
  if (!cleanUp) return undefined;
  const assessment = assess(engine, node, kind.severity, kind.heldBy, owner);
  if (!assessment) return undefined;
  const event = acquisition.event === undefined ? '' : ` for \`${acquisition.event}\``;
  const text = receiver.getText();
  const fn = enclosingFunction(node);
  return {
    kind: kind.id,
    mechanism: 'no-release-on-dispose',
    // What waits for one event is at most one, until that comes.
    severity:
      isOwnElement(acquisition, engine) || mayBeLeft
        ? 'low'
        : assessment.severity === 'high'
          ? 'medium'
          : assessment.severity,
    confidence: 'medium',
    message: `The listener${event} on \`${text}\` is never removed: ${cleanUp.name} (line ${lineOf(cleanUp.node)}) ends another (line ${lineOf(cleanUp.other)}) and leaves this one.`,
    advice: 'Remove it there too, with the same function.',
    node,
    trail: [
      { role: 'acquired', message: `Listener${event} added here`, range: rangeOf(node) },
      { role: 'release', message: 'This is ended instead', range: rangeOf(cleanUp.other) },
      ...(fn ? [frequencyStep(assessment.frequency, node)] : []),
    ],
  };
}

/** `const editor = (this.editor = createEditor(element));` */
function isMadeByOwner(receiver: ts.Expression, engine: Engine): boolean {
  const value = unwrap(receiver);
  const declaration = ts.isIdentifier(value) ? engine.program.scopes.resolve(value) : undefined;
  const given = declaration?.initializer && unwrap(declaration.initializer);
  if (!given || !ts.isBinaryExpression(given) || given.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return false;
  const made = unwrap(given.right);
  return (
    (ts.isCallExpression(made) || ts.isNewExpression(made)) &&
    engine.program.places.of(given.left)?.root.kind === 'owner'
  );
}

/** A clean-up that removes a handler which was added to the same receiver, by the same function. */
function besides(
  acquisition: Acquisition,
  key: string | undefined,
  removals: readonly Removal[],
  all: readonly Acquisition[],
  engine: Engine,
): CleanUp | undefined {
  const { receiver, node } = acquisition;
  if (!receiver || key === undefined || isMadeHere(receiver, node, engine)) return undefined;
  const setUp = enclosingFunction(node);
  if (!setUp) return undefined;
  for (const removal of removals) {
    if (removal.identity.handler === -1) continue;
    const sibling = all.find(
      (other) =>
        other !== acquisition &&
        other.form.form === 'registration' &&
        !other.form.once &&
        other.receiver !== undefined &&
        engine.program.places.of(fluentRoot(other.receiver))?.key === key &&
        enclosingFunction(other.node) === setUp &&
        matchesRemoval(other, removal, engine) === undefined,
    );
    const found = sibling && cleanUpAround(removal, node, setUp, engine);
    if (found) return found;
  }
  return undefined;
}

/**
 * A function of the work itself, `const cleanUp = () => { … }`, that removes its other handlers from the same receiver.
 * Only a handler that has a name there, as the removed ones have, belongs to the work; others are meant to stay.
 */
function ofTheWork(
  { node, receiver }: Acquisition,
  handler: ts.Expression,
  key: string | undefined,
  removals: readonly Removal[],
  all: readonly Acquisition[],
  engine: Engine,
): CleanUp | undefined {
  const setUp = enclosingFunction(node);
  if (!receiver || !setUp || key === undefined || !isOfWork(handler, setUp, engine)) return undefined;
  if (mayEndWithWork(receiver, node, engine)) return undefined;
  const { level } = engine.frequency.of(node);
  if (level !== 'call' && level !== 'hot') return undefined;
  for (const removal of removals) {
    if (removal.identity.handler === -1) continue;
    const fn = enclosingFunction(removal.node);
    const name = fn && localName(fn);
    if (!fn || fn === setUp || name === undefined || !isTeardown(name)) continue;
    const home = enclosingFunction(fn);
    if (!home || !isWithin(setUp, home)) continue;
    const taken = removals.filter(
      (one) =>
        isWithin(one.node, fn) &&
        all.some(
          (other) =>
            other.receiver !== undefined &&
            engine.program.places.of(fluentRoot(other.receiver))?.key === key &&
            enclosingFunction(other.node) === setUp &&
            matchesRemoval(other, one, engine) === undefined,
        ),
    );
    if (taken.length > 1) return { name: `\`${name}\``, node: fn, other: removal.node };
  }
  return undefined;
}

/**
 * `attach() { el.on('a', f); el.on('b', g); el.on('c', h); }` and `detach() { el.off('a', f); el.off('b', g); }`: whatever the
 * two are called, one undoes what the other does, but for this one.
 */
function paired(
  acquisition: Acquisition,
  handler: ts.Expression,
  key: string | undefined,
  removals: readonly Removal[],
  all: readonly Acquisition[],
  engine: Engine,
): CleanUp | undefined {
  const { node, receiver } = acquisition;
  const setUp = enclosingFunction(node);
  if (!receiver || !setUp || key === undefined || mayEndWithWork(receiver, node, engine)) return undefined;
  // A function that has no name where the others have one is meant to stay.
  const form = engine.program.places.of(handler)?.root.kind;
  if (form === undefined) return undefined;
  const siblings = acquisitionsIn(setUp, all, engine).filter(
    (other) =>
      other !== acquisition &&
      other.form.form === 'registration' &&
      other.receiver !== undefined &&
      engine.program.places.of(fluentRoot(other.receiver))?.key === key,
  );
  const handlers = new Set(siblings.flatMap((one) => handlersOf(one, engine)));
  const taken = new Map<FunctionNode, Set<Acquisition>>();
  for (const removal of removals) {
    const fn = enclosingFunction(removal.node);
    if (!fn || removal.identity.handler === -1 || handlers.has(fn) || isWithin(fn, node)) continue;
    // In the function itself only what runs in any case.
    if (fn === setUp && !isInFinally(removal.node)) continue;
    for (const one of siblings)
      if (isNamedSo(one, form, engine) && matchesRemoval(one, removal, engine) === undefined)
        taken.set(fn, (taken.get(fn) ?? new Set<Acquisition>()).add(one));
    const gone = taken.get(fn);
    const undoes = areOpposite(plainName(setUp), plainName(fn));
    if (gone && (gone.size > 1 || undoes || (gone.size === siblings.length && fn === setUp)))
      return { name: nameOf(fn), node: fn, other: removal.node };
  }
  return undefined;
}

function isNamedSo({ form, node }: Acquisition, root: Place['root']['kind'], engine: Engine): boolean {
  const handler = form.form === 'registration' ? node.arguments?.[form.identity.handler] : undefined;
  return handler !== undefined && engine.program.places.of(handler)?.root.kind === root;
}

function handlersOf({ form, node }: Acquisition, engine: Engine): readonly FunctionNode[] {
  const handler = form.form === 'registration' ? node.arguments?.[form.identity.handler] : undefined;
  return handler ? engine.program.callees.functionsOf(handler) : [];
}

function isInFinally(node: ts.Node): boolean {
  for (let at = node; at.parent && !isFunctionNode(at); at = at.parent)
    if (ts.isTryStatement(at.parent) && at.parent.finallyBlock === at) return true;
  return false;
}

function plainName(fn: FunctionNode): string {
  return (fn.name && propertyNameText(fn.name)) ?? localName(fn) ?? '';
}

function nameOf(fn: FunctionNode): string {
  const name = (fn.name && propertyNameText(fn.name)) ?? localName(fn);
  return name === undefined ? 'another function' : `\`${name}\``;
}

/**
 * `const cleanUp = () => { clearTimeout(timer); socket.off('reply', onReply); }`, which is there to end all that its work has
 * begun: a function of the same work that calls it, or that stands beside those that it removes, is to go too.
 */
function ofItsCleanUp(
  { node, receiver }: Acquisition,
  handler: ts.Expression,
  key: string | undefined,
  form: RegistrationForm,
  engine: Engine,
): CleanUp | undefined {
  const setUp = enclosingFunction(node);
  if (!receiver || !ts.isCallExpression(node) || !setUp || !isOfWork(handler, setUp, engine)) return undefined;
  // A part of the instance outlives each of its works.
  const root = engine.program.places.of(fluentRoot(receiver));
  const isOfInstance = root?.root.kind === 'owner' && root.path.length > 0 && root.root.owner.kind === 'class';
  if (!isOfInstance && (mayEndWithWork(receiver, node, engine) || isFound(root, engine))) return undefined;
  const { level } = engine.frequency.of(node);
  if (level !== 'call' && level !== 'hot' && level !== 'unknown') return undefined;
  const own = engine.program.scopes.resolve(unwrap(handler) as ts.Identifier);
  // What ends the receiver later ends no work.
  if (own?.scope.func && isTakenBack(node, handler, key, form, engine, own.scope.func)) return undefined;
  for (const { name, node: declared, scope, initializer } of engine.program.scopes.declarations) {
    if (scope.func === undefined || scope.func !== own?.scope.func || !endsWork(name)) continue;
    const fn = initializer ? unwrap(initializer) : declared;
    if (!isFunctionNode(fn) || isWithin(node, fn)) continue;
    const run = engine.program.callees.functionsOf(handler);
    if (run.includes(fn)) continue;
    const reaches = run.some((one) => engine.program.callees.reachedFrom(one).has(fn));
    const other = endsOfWork(fn, scope.func, engine).find(({ isHandler }) => reaches || isHandler);
    if (other) return { name: `\`${name}\``, node: fn, other: other.node };
  }
  return undefined;
}

function isTimer(argument: ts.Expression, engine: Engine): boolean {
  const value = unwrap(argument);
  const declaration = ts.isIdentifier(value) ? engine.program.scopes.resolve(value) : undefined;
  return [declaration?.initializer, ...(declaration?.writes ?? []).map((write) => write.value)].some((given) => {
    const made = given && unwrap(given);
    return (
      made !== undefined && ts.isCallExpression(made) && timerCalls.has(made.expression.getText().replace(/^.*\./, ''))
    );
  });
}

/** A variable that is given the result of a call, such as an element that is looked up. */
function isFound(place: Place | undefined, engine: Engine): boolean {
  const declaration = place?.root.kind === 'declaration' ? place.root.declaration : undefined;
  const value = declaration?.initializer && unwrap(declaration.initializer);
  if (!value || declaration.path?.length !== 0 || !ts.isCallExpression(value)) return false;
  const callee = unwrap(value.expression);
  return engine.types.of(value).size > 0 || !ts.isPropertyAccessExpression(callee) || !givesShared(callee.name.text);
}

/** What the function ends of the work: its timers, and handlers that are functions of it. */
function endsOfWork(
  fn: FunctionNode,
  work: FunctionNode,
  engine: Engine,
): readonly { readonly node: ts.Node; readonly isHandler: boolean }[] {
  const isOwn = (argument: ts.Expression | undefined): boolean => {
    const value = argument && unwrap(argument);
    return value !== undefined && ts.isIdentifier(value) && engine.program.scopes.resolve(value)?.scope.func === work;
  };
  return nodesIn(fn, calls).flatMap((call): readonly { readonly node: ts.Node; readonly isHandler: boolean }[] => {
    const callee = unwrap(call.expression);
    const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
    if (unlistenMethods.has(name) && isOwn(call.arguments[1])) return [{ node: call, isHandler: true }];
    // Whatever is given a timer, here or in a helper, is there to clear it.
    const clears = clearsTimer(name) || engine.program.callees.of(call).length > 0;
    return clears && call.arguments.some((one) => isOwn(one) && isTimer(one, engine))
      ? [{ node: call, isHandler: false }]
      : [];
  });
}

/** A function with a name, declared in the work. */
function isOfWork(handler: ts.Expression, setUp: FunctionNode, engine: Engine): boolean {
  const value = unwrap(handler);
  const declaration = ts.isIdentifier(value) ? engine.program.scopes.resolve(value) : undefined;
  const home = declaration?.scope.func;
  return declaration !== undefined && home !== undefined && declaration.kind !== 'parameter' && isWithin(setUp, home);
}

/** What the work makes, and what is of one request, ends with it. */
function mayEndWithWork(receiver: ts.Expression, node: ts.Node, engine: Engine): boolean {
  const place = engine.program.places.of(fluentRoot(receiver));
  if (!place) return true;
  const { root } = place;
  const names = [...(root.kind === 'declaration' ? [root.declaration.name] : []), ...place.path];
  if (names.some((name) => isRequest(name) || isAnswer(name))) return true;
  return root.kind === 'owner' && place.path.length === 0 ? false : isMadeHere(receiver, node, engine);
}

function localName(fn: FunctionNode): string | undefined {
  if (ts.isFunctionDeclaration(fn)) return fn.name?.text;
  const up = ts.isArrowFunction(fn) || ts.isFunctionExpression(fn) ? wrapped(fn).parent : undefined;
  if (up && ts.isVariableDeclaration(up) && ts.isIdentifier(up.name)) return up.name.text;
  return up && ts.isBinaryExpression(up) && ts.isIdentifier(up.left) ? up.left.text : undefined;
}

/** The teardown of the instance or the function that the set-up gives as its clean-up, in which a removal stands. */
function cleanUpAround(removal: Removal, node: ts.Node, setUp: FunctionNode, engine: Engine): CleanUp | undefined {
  const owner = engine.program.members.ownerAt(node);
  const teardown = owner && wholeTeardownOf(owner, node);
  if (owner && teardown && isWithinAny(removal.node, teardownFunctions(owner, engine)))
    return { name: `\`${teardown.name}\``, node: teardown.node, other: removal.node };
  for (let fn = enclosingFunction(removal.node); fn && fn !== setUp; fn = enclosingFunction(fn))
    if (isWithin(fn, setUp) && isHandedOut(fn, setUp, engine))
      return { name: 'the clean-up', node: fn, other: removal.node };
  return undefined;
}

/** Given back by the function, or registered to run at the end of what is around. */
function isHandedOut(fn: FunctionNode, setUp: FunctionNode, engine: Engine): boolean {
  const isGiven = (value: ts.Node): boolean => {
    const up = value.parent;
    if (ts.isReturnStatement(up)) return enclosingFunction(up) === setUp;
    if (ts.isCallExpression(up) && up.arguments.some((argument) => argument === value)) {
      const callee = unwrap(up.expression);
      const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
      return registersEnd(name) && enclosingFunction(up) === setUp;
    }
    // `return { dispose() { … } }`
    return (
      ts.isPropertyAssignment(up) &&
      ends(propertyNameText(up.name) ?? '') &&
      ts.isObjectLiteralExpression(up.parent) &&
      ts.isReturnStatement(up.parent.parent)
    );
  };
  if (ts.isMethodDeclaration(fn))
    return ends(propertyNameText(fn.name) ?? '') && ts.isReturnStatement(fn.parent.parent);
  if (ts.isArrowFunction(fn) || ts.isFunctionExpression(fn)) {
    if (isGiven(wrapped(fn))) return true;
  }
  return engine.program.callees.usesOf(fn).values.some((value) => isGiven(wrapped(value)));
}

/** Made by the same function, or by the instance itself: it goes when they go. */
export function isMadeHere(receiver: ts.Expression, node: ts.Node, engine: Engine): boolean {
  const place = engine.program.places.of(fluentRoot(receiver));
  if (!place || isOfFreshContent(fluentRoot(receiver), engine)) return true;
  if (place.root.kind === 'declaration') {
    const { declaration } = place.root;
    const values = [declaration.initializer, ...declaration.writes.map(({ value }) => value)];
    return (
      declaration.scope.func !== undefined &&
      declaration.kind !== 'parameter' &&
      isWithin(node, declaration.scope.func) &&
      values.some((value) => value && isMaking(value))
    );
  }
  if (place.root.kind !== 'owner') return false;
  const [field] = place.path;
  // The instance itself, which ends with its handlers.
  if (field === undefined) return true;
  const member = place.root.owner.members.get(field);
  return member?.values.some(({ value }) => value && isMaking(value)) === true;
}

function isMaking(expression: ts.Expression): boolean {
  const value = unwrap(expression);
  if (ts.isAwaitExpression(value)) return isMaking(value.expression);
  if (ts.isNewExpression(value)) return true;
  if (ts.isCallExpression(value)) {
    const callee = unwrap(value.expression);
    const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
    return isMakingByName(name) || isMakingIn(callee);
  }
  if (ts.isConditionalExpression(value)) return isMaking(value.whenTrue) || isMaking(value.whenFalse);
  return ts.isBinaryExpression(value) && (isMaking(value.left) || isMaking(value.right));
}

/** `document.body.appendChild(el)`, `new Map().set(…)` give what was made a moment ago. */
function isMakingIn(callee: ts.Expression): boolean {
  return ts.isPropertyAccessExpression(callee) && /^(?:append\w*|insert\w*|clone\w*|add)$/.test(callee.name.text);
}
