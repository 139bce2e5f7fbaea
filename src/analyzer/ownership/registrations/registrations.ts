/**
 * Resources without a value: a handler registered on a receiver. It leaks only when the receiver outlives the
 * handler's owner; a removal counts when it names the same receiver, event, handler and capture flag.
 */

import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import type { TrailStep } from '../../findings/findings';
import { constantOf } from '../../program/constants';
import type { Owner } from '../../program/members';
import { ownerText } from '../../program/ownerText';
import { nodesIn } from '../../syntax/nodeIndex';
import { calls } from '../../syntax/selections';
import { type CallLike, enclosingFunction, type FunctionNode, lineOf, rangeOf, ts, unwrap } from '../../syntax/syntax';
import { endEvents } from '../../words/events';
import { endsForGood, isStrictTeardown, isWholeTeardown, selfRemoval } from '../../words/teardowns';
import { type Assessment, assess, demote, forgottenStep, frequencyStep } from '../assess';
import { placeOfEnd } from '../endPlaces';
import type { Frequency } from '../lifetime/frequency/frequency';
import { isOfWholeExport } from '../lifetime/frequency/occasions';
import type { Lifetime } from '../lifetime/lifetime';
import { neverRuns } from '../vain/deadRemovals';
import { addsAgain } from './addedInTeardown';
import { followsOnce } from './afterOnce';
import { endsHandlers, endsOwner, holdsInstance, isEmpty, isForgottenBinding, isMounted } from './bindings';
import { releasesItself } from './endingOptions';
import { eventWord } from './eventNames';
import { isDropped } from './fluent';
import { isInline, isMember, isOneListener } from './handlerIdentity';
import { holdsOfCall } from './heldOfCall';
import { staysToTheLast } from './lastEvents';
import { isMarked } from './markedReceivers';
import { isGivenElement, isOwnElement } from './ownElements';
import { isRemovedByHelper, isUndoneByOtherMethod, mayBe } from './possibleRemovals';
import { endsAll, outlives, receiverLife } from './receiverLife';
import { findRemovals, matchesRemoval, type Removal, sameReceiver } from './removals';
import { isRenderedByItself } from './renderedElements';
import { isEndedByResult, isGivenSignal } from './resultEnds';
import { severityOfVain } from './vainSeverity';
import { isParameterOfWrapper } from './wrapperParameters';

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
  if (isLong && acquisition.assumed) {
    if (isInline(handler, engine) && isEmpty(handler, engine)) return undefined;
    if (!isRegistration(acquisition, life, removals, engine)) return undefined;
  }
  if (removals.some((removal) => matchesRemoval(acquisition, removal, engine) === undefined)) return undefined;
  // A removal of this event that no other registration accounts for may be ours, by a name that is not followed.
  if (removals.some((removal) => mayBe(acquisition, removal, all, engine))) return undefined;
  if (isOneShot(acquisition) && !staysToTheLast(acquisition, handler, engine)) return undefined;
  if (isMarked(acquisition) || followsOnce(acquisition, engine)) return undefined;
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
    if (fn) trail.push(frequencyStep(frequency, node));
    return {
      kind: kind.id,
      mechanism: 'release-never-matches',
      severity:
        // On the page itself one and the same function is one listener, and stays one.
        (isOneListener(acquisition, handler, engine) && (life.level === 'process' || life.level === 'module')) ||
        isOwnElement(acquisition, engine, life) ||
        isGivenElement(acquisition, life, engine) ||
        isRenderedByItself(acquisition.receiver, node, engine)
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
  if (isRemovedByHelper(acquisition, handler, engine) || isUndoneByOtherMethod(acquisition, engine)) return undefined;
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
  if (assessment.teardown && endsSource(acquisition, assessment.teardown.node, engine)) return undefined;
  if (fn) trail.push(frequencyStep(assessment.frequency, node));
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
    ? `The listener${event} on \`${receiver}\` is never removed; \`${assessment.teardown.name}\` (line ${lineOf(assessment.teardown.node)}) tears ${owner ? ownerText(owner.name) : 'its owner'} down without it.`
    : `The listener${event} on \`${receiver}\` is never removed. It is added ${assessment.frequency.why}.`;
  const unrun = written.find(
    (one) => !removals.includes(one) && matchesRemoval(acquisition, one, engine) === undefined,
  );
  if (unrun)
    trail.push({ role: 'release', message: 'This never runs: nobody takes the clean-up', range: rangeOf(unrun.node) });
  const where = placeOfEnd(assessment, 'when its owner ends');
  // Only those who know a capture flag take a signal as well.
  const orSignal = identity.capture === undefined ? '' : ', or pass a signal';
  const advice = addsItself(handler, node, engine)
    ? 'The handler adds itself where it runs: probably its removal was meant.'
    : isInline(handler, engine)
      ? `Store the handler and remove it ${where}${orSignal}.`
      : `Remove it ${where}.`;
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

/** `Store.instance.on(…)`, and in the teardown `Store.destroy()`: who ends the class ends what it shows. */
function endsSource({ receiver }: Acquisition, teardown: FunctionNode, { program }: Engine): boolean {
  const shown = receiver && unwrap(receiver);
  const source = shown && ts.isPropertyAccessExpression(shown) ? program.places.of(shown.expression)?.key : undefined;
  if (source === undefined) return false;
  return [...program.callees.reachedFrom(teardown)].some((fn) =>
    nodesIn(fn, calls).some(({ expression }) => {
      const callee = unwrap(expression);
      return (
        ts.isPropertyAccessExpression(callee) &&
        isStrictTeardown(callee.name.text) &&
        program.places.of(callee.expression)?.key === source
      );
    }),
  );
}

/** `function onEnd() { target.addEventListener('up', onEnd) }` */
function addsItself(handler: ts.Expression | undefined, node: ts.Node, { program }: Engine): boolean {
  return handler !== undefined && program.callees.functionsOf(handler).some((fn) => enclosingFunction(node) === fn);
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
      teardown.name === selfRemoval ||
      (life.level !== 'injected' &&
        endsForGood(teardown.name) &&
        keepsWhatEnds(handler, teardown.node, owner, engine)) ||
      (owner !== undefined && isAddedAgain(acquisition.node, level, engine) && holdsInstance(handler, owner, engine)) ||
      endsHandlers(teardown.node, engine)
    );
  if (level === 'mount') return true;
  // What is imported and there once of a process, as `ipcMain`, is mostly listened to for good, unless each holds a window of its own.
  const isHub =
    life.level === 'process' &&
    acquisition.receiver !== undefined &&
    engine.program.places.of(acquisition.receiver)?.root.kind === 'import' &&
    !holdsOfCall(handler, acquisition.node, owner, engine);
  return (level === 'instance' || level === 'call') && !isHub;
}

/** The handler holds an instance whose `close` ends all else. */
function keepsWhatEnds(
  handler: ts.Expression,
  teardown: FunctionNode,
  owner: Owner | undefined,
  engine: Engine,
): boolean {
  return owner !== undefined && holdsInstance(handler, owner, engine) && closesParts(teardown, engine);
}

/** `this.browser.close()`: more than its own lists are emptied. */
function closesParts(teardown: FunctionNode, engine: Engine): boolean {
  return [...engine.program.callees.reachedFrom(teardown)].some((fn) =>
    nodesIn(fn, calls).some(({ expression }) => {
      const callee = unwrap(expression);
      return (
        ts.isPropertyAccessExpression(callee) &&
        isWholeTeardown(callee.name.text) &&
        callee.expression.kind !== ts.SyntaxKind.ThisKeyword &&
        callee.expression.kind !== ts.SyntaxKind.SuperKeyword
      );
    }),
  );
}

/** By a method that anybody may call, or that is called at more than one place. */
function isAddedAgain(node: ts.Node, level: Frequency['level'], engine: Engine): boolean {
  const fn = enclosingFunction(node);
  return level === 'call' || level === 'unknown' || (fn && engine.program.callees.usesOf(fn).calls.length > 1) === true;
}

/** At each mount or event, or for each of many instances. */
function isOfMany(level: string, owner: Owner | undefined, engine: Engine): boolean {
  return (
    level === 'mount' || level === 'hot' || (owner !== undefined && engine.frequency.instancesOf(owner) === 'many')
  );
}

function isOneShot({ form, event }: Acquisition): boolean {
  return form.form === 'registration' && event !== undefined && form.oneShotEvents?.includes(event) === true;
}

/** `Client.get().on(…)` */
function receiverIsCall({ receiver }: Acquisition): boolean {
  return receiver !== undefined && ts.isCallExpression(unwrap(receiver));
}

/** A removal of this very registration that cannot work. */
function isVain(acquisition: Acquisition, removal: Removal, engine: Engine): boolean {
  const why = matchesRemoval(acquisition, removal, engine);
  return why !== undefined && why !== 'other';
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
    isForgottenBinding({ form, node, receiver }, engine) ||
    isMounted(form, node, engine)
  );
}
