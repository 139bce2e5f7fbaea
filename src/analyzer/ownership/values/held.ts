/**
 * Resources that are values: an id, an observer, a disposable, a handle in a field. Each acquisition creates an
 * obligation; it is met when some release names the same storage, or when someone else takes the value.
 */

import { type Acquisition, activatorsOf } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import { runsToItsEnd } from '../../facts/workers';
import type { Draft } from '../../findings/draft';
import type { TrailStep } from '../../findings/findings';
import { isGivenElsewhere } from '../../flow/givenCalls';
import type { Owner } from '../../program/members';
import { ownerText } from '../../program/ownerText';
import { type Place, textOf } from '../../program/places';
import type { ResourceKind } from '../../resources/model';
import { enclosingFunction, hasModifier, lineOf, rangeOf, ts, wrapped } from '../../syntax/syntax';
import { tellsThatOver } from '../../words/events';
import { listenMethods } from '../../words/listeners';
import { isDoneAgain } from '../../words/renewals';
import { type Assessment, assess, demote, forgottenStep, frequencyStep } from '../assess';
import { placeOfEnd } from '../endPlaces';
import { plainMemory } from '../instances/instanceWords';
import { nameOf } from '../lifetime/frequency/functionNames';
import { withoutLoops } from '../lifetime/frequency/occasions';
import { lifetimeOfStream } from '../lifetime/lifetime';
import { isActivated, lifeOfObserved } from './activation';
import { isEverGiven } from './given';
import { isGivenBackByKey, isRemovedOtherwise } from './givenBack';
import { isBegunApart, isKeptForNext } from './keptForNext';
import { leavesWithEntry } from './leftEntries';
import { isMadeWithItsWhole } from './madeWith';
import { isMeantToLast } from './meantToLast';
import { endsWithPeer } from './peers';
import {
  isInHandlerOfAnother,
  isRegistrar,
  outlivesCaller,
  outlivesSubscriber,
  receiverLevel,
  receiverOutlives,
} from './receivers';
import { isOfModule, isServedToCaller } from './served';
import { type Outcome, settle } from './settled';
import { isStatePlace } from './states';
import { isHeldByOwnerOrModule } from './storage';
import { isUnreferenced } from './unreferenced';
import { isWatchedWhereMade } from './watched';

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
  if (kind.endsAlone && runsToItsEnd(node, engine)) return undefined;
  const activators = activatorsOf(form);
  if (activators && !isActivated(acquisition, activators, engine)) return undefined;
  const owner = ownerOf(outcome.place) ?? engine.program.members.ownerAt(node);
  if (form.form === 'distinctive' && !outlivesCaller(acquisition, owner, engine)) return undefined;
  if (acquisition.assumed && engine.releasesOf(kind).sites.length === 0) return undefined;
  if ((form.form === 'call' || form.form === 'method') && isRemovedOtherwise(acquisition, engine)) return undefined;
  if (acquisition.assumed && isGivenBackByKey(acquisition, engine)) return undefined;
  const nested = form.form === 'stream' && isInHandlerOfAnother(acquisition, engine);
  const source = acquisition.source && lifetimeOfStream(acquisition.source, engine);
  // Whoever ends it by a notifier that never fires says that it should end with its subscriber.
  const isVain = acquisition.source?.neverNotified !== undefined;
  const isMeantToEnd = isVain && (source?.level === 'unknown' || source?.level === 'own');
  if (source && !isMeantToEnd && !outlivesSubscriber(source, nested)) return undefined;
  const assessment = assess(engine, node, kind.severity, kind.heldBy, owner);
  if (kind.onlyForgotten && !(assessment?.teardown && isHeldByOwnerOrModule(outcome.place))) return undefined;
  if (!assessment || (kind.perInstance && assessment.frequency.level === 'once')) return undefined;
  if (!assessment.teardown && outcome.place && isWatchedWhereMade(node, outcome.place, kind, engine)) return undefined;
  if (takesPlace(assessment, kind)) return undefined;
  if (assessment.teardown && endsWithPeer(acquisition, assessment.teardown.node, engine)) return undefined;
  // What goes on by itself is what a `stop` is for.
  const mayBeKept =
    kind.mostlyShared || (kind.family === 'handle' && isBegunApart(node, outcome.place, assessment.teardown));
  if (mayBeKept && isKeptForNext(node, outcome.place, assessment.teardown, engine)) return undefined;
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
  // What goes on from the set-up, or is kept by it, is mostly meant for good.
  const isOfFew =
    (level === 'setup' &&
      !assessment.teardown &&
      (kind.family === 'listener' || isHeldByOwnerOrModule(outcome.place))) ||
    ((level === 'setup' || level === 'call') &&
      !assessment.teardown &&
      mayBeTheOne(acquisition, outcome.place, engine)) ||
    ((kind.family === 'handle' || assessment.teardown) && level !== 'hot' && isOfModule(outcome.place, outcome.node)) ||
    isServedToCaller(outcome.place, engine);
  const isMeant = outcome.place === undefined && isMeantToLast(acquisition, assessment, engine);
  // What watches only its own owner goes with it, unless more are added to the same one.
  const goesAlong = observed === 'short' && level !== 'call' && level !== 'hot';
  const severity =
    isOfFew ||
    isMeant ||
    goesAlong ||
    // Nothing outside knows an emitter of its own.
    (form.form === 'instance' && plainMemory.test(node.expression.getText())) ||
    (level !== 'hot' && isMadeWithItsWhole(acquisition, engine)) ||
    isGivenElsewhere(result, kind) ||
    (isVain && source?.level === 'own') ||
    (kind.idleUntilGiven && !isEverGiven(result, engine))
      ? 'low'
      : observed === 'short' || isUnreferenced(result, outcome.place, engine)
        ? demote(assessment.severity)
        : assessment.severity;
  // Nothing shows that the injected source outlives an instance that has no end and of which there may be one only.
  const isOnInjected = form.form === 'distinctive' && receiverLevel(acquisition, engine) === 'injected';
  const isUnordered =
    (isOnInjected && !assessment.teardown && level === 'instance' && !isOneOfMany) ||
    (acquisition.receiver !== undefined && source?.level !== 'process' && isRegistrar(node, engine));
  const isUncertain =
    acquisition.source?.known === 'name' || ((source?.level === 'injected' || isOnInjected) && !assessment.teardown);
  return {
    kind: (nested ? kind.nestedAs : isHeldByOwnerOrModule(outcome.place) ? kind.keptAs : undefined) ?? kind.id,
    mechanism: acquisition.source?.neverNotified
      ? 'release-never-matches'
      : nested
        ? 'repeated-registration'
        : assessment.mechanism,
    severity: isUncertain && acquisition.source ? demote(severity) : severity,
    confidence: isUnordered
      ? 'low'
      : (isUncertain || (outcome.place && isStatePlace(outcome.place))) && assessment.confidence === 'high'
        ? 'medium'
        : assessment.confidence,
    message: messageOf(acquisition, assessment, outcome.place, nested, owner?.name ?? 'its owner'),
    advice: adviceFor(participleOf(kind), assessment, outcome.place !== undefined),
    node,
    trail: trailOf(acquisition, assessment, outcome),
    open: { acquisition, place: outcome.place, level, teardown: assessment.teardown },
  };
}

function messageOf(
  { kind, form, source }: Acquisition,
  { teardown, frequency }: Assessment,
  place: Place | undefined,
  nested: boolean,
  owner: string,
): string {
  const subject = place ? `The ${kind.noun} in \`${textOf(place)}\`` : `This ${kind.noun}`;
  if (source?.endsLate)
    return `${subject} stays open until the next value after \`${source.endsLate.getText()}\` changes, which may never come.`;
  if (source?.neverNotified)
    return `${subject} never ends: nothing gives \`${source.neverNotified.getText()}\` a value, so it ends no stream.`;
  const dropped = kind.heldBy === 'nothing' ? 'its result' : droppedText(form.form);
  const fault = `${subject} is never ${participleOf(kind)}${place ? '' : `: ${dropped} is dropped`}`;
  if (nested) return `${fault}. Each value of the outer stream adds one more.`;
  return teardown
    ? `${fault}; \`${teardown.name}\` (line ${lineOf(teardown.node)}) tears ${ownerText(owner)} down without it.`
    : `${fault}. It is acquired ${frequency.why}.`;
}

function trailOf(
  { kind, node, source }: Acquisition,
  { teardown, frequency }: Assessment,
  outcome: Extract<Outcome, { kind: 'open' }>,
): readonly TrailStep[] {
  const trail: TrailStep[] = [{ role: 'acquired', message: `The ${kind.noun} is acquired here`, range: rangeOf(node) }];
  if (outcome.place)
    trail.push({ role: 'held', message: `Kept in \`${textOf(outcome.place)}\``, range: rangeOf(outcome.node) });
  const fn = enclosingFunction(node);
  if (fn) trail.push(frequencyStep(frequency, node));
  if (teardown) trail.push(forgottenStep(teardown, participleOf(kind)));
  if (source?.neverNotified)
    trail.push({ role: 'release', message: 'Nothing gives this a value', range: rangeOf(source.neverNotified) });
  if (source?.endsLate)
    trail.push({ role: 'release', message: 'Looked at with the next value only', range: rangeOf(source.endsLate) });
  return trail;
}

function participleOf({ participle }: ResourceKind): string {
  return participle ?? 'released';
}

function droppedText(form: string): string {
  return form === 'call' ? 'its handle' : form === 'new' ? 'the object' : 'its result';
}

function adviceFor(participle: string, assessment: Assessment, isHeld: boolean): string {
  const where = placeOfEnd(assessment, 'when it is no longer needed');
  return isHeld ? `It must be ${participle} ${where}.` : `Keep it and have it ${participle} ${where}.`;
}

/** Opened when the one before has told that it is over. */
function takesPlace({ frequency: { occasion }, teardown }: Assessment, { family }: ResourceKind): boolean {
  const event = withoutLoops(occasion);
  return family === 'handle' && !teardown && event.kind === 'event' && tellsThatOver(event.name);
}

/**
 * Where a call that is not seen to come again is all that tells of more than one: what an object without an end keeps, and others
 * may end there, or what is mostly wanted as long as the page, unless a variable of the call has it for the work of the call.
 */
function mayBeTheOne({ kind, node }: Acquisition, place: Place | undefined, engine: Engine): boolean {
  const fn = enclosingFunction(node);
  if (place?.root.kind === 'owner') {
    if (fn && isDoneAgain(nameOf(fn, engine.program.scopes))) return false;
    return kind.mostlyForLife || isForOthers(place.root.owner, place.path[0] ?? '');
  }
  if (!kind.mostlyForLife) return false;
  return (
    !place ||
    isHeldByOwnerOrModule(place) ||
    !engine.uses.reads(place.key).some((use) => {
      const access = wrapped(use).parent;
      return (
        enclosingFunction(use) === fn &&
        ts.isPropertyAccessExpression(access) &&
        ts.isCallExpression(access.parent) &&
        access.parent.expression === access &&
        !listenMethods.has(access.name.text)
      );
    })
  );
}

/** A field that not only the class itself comes to. */
function isForOthers({ members }: Owner, field: string): boolean {
  const declared = members.get(field)?.type?.parent;
  return !/^[_#]/.test(field) && !(declared && hasModifier(declared, ts.SyntaxKind.PrivateKeyword));
}

function isRepeated({ frequency }: Assessment): boolean {
  return frequency.level === 'mount' || frequency.level === 'hot';
}

function ownerOf(place: Place | undefined): Owner | undefined {
  return place?.root.kind === 'owner' ? place.root.owner : undefined;
}
