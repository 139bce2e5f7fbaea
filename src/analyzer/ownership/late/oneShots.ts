/**
 * Resources that end by themselves after one run: a timeout, an animation frame. They leak where the run comes too late
 * (the owner is gone and the callback holds it), never comes to an end (the callback arms itself again), or where the
 * result that it waited for has long been settled (the loser of a race).
 */

import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import { runsAlways } from '../../flow/runsAlways';
import { constantOf } from '../../program/constants';
import type { Owner } from '../../program/members';
import { ownerText } from '../../program/ownerText';
import { textOf } from '../../program/places';
import type { OneShot } from '../../resources/model';
import {
  enclosingFunction,
  type FunctionNode,
  hasModifier,
  isClassNode,
  isFunctionNode,
  isWithin,
  isWithinAny,
  lineOf,
  propertyNameText,
  rangeOf,
  ts,
  unwrap,
  walk,
} from '../../syntax/syntax';
import { endsByForce } from '../../words/releases';
import { endWords } from '../../words/states';
import { endsForGood, isPartOfWork } from '../../words/teardowns';
import { frequencyStep, wholeTeardownOf } from '../assess';
import { isOfUnseenBase } from '../instances/bases';
import { dispatches } from '../instances/dispatch';
import type { Frequency } from '../lifetime/frequency/frequency';
import { fatesOf } from '../values/fate';
import { isUnreferenced } from '../values/unreferenced';
import { judgeCleanUpTimer } from './cleanUpTimers';
import { judgeComponentTimer } from './componentTimers';
import { endsSoon, weightOf } from './delays';
import { isInDisposer, teardownFunctions } from './endOfOwner';
import { judgeGiveUp } from './giveUps';
import { judgeFirstLink, judgeOwnedLoop } from './loops';
import { judgeRace } from './raceTimers';
import { judgeRefTimer, judgeStateTimer } from './refTimers';
import { isReleasedSomewhere, releaseSites } from './releaseSites';
import { judgeRevival } from './revived';
import { judgeStaleLoop } from './staleLoops';

/** The finding for a one-shot resource; undefined when it ends in time, is released, or nothing is certain. */
export function judgeOneShot(acquisition: Acquisition, engine: Engine): Draft | undefined {
  const { kind, result } = acquisition;
  if (!kind.oneShot || !result) return undefined;
  const { oneShot } = kind;
  const callback = callbackOf(acquisition, oneShot, engine);
  const rearm =
    judgeRearm(acquisition, oneShot, callback, engine) ??
    (callback &&
      (judgeOwnedLoop(acquisition, callback, engine) ??
        judgeFirstLink(acquisition, callback, engine) ??
        judgeStaleLoop(acquisition, callback, engine)));
  if (rearm) return rearm;
  const isBrief = (aspect: 'race' | 'field' | 'mount'): boolean => endsSoon(acquisition, aspect, engine);
  // What others run as well may clear it for them.
  const ownCallback = callback && isWithin(callback, acquisition.node) ? callback : undefined;
  const race = isBrief('race')
    ? undefined
    : (judgeRace(acquisition, oneShot, ownCallback, engine) ??
      judgeGiveUp(acquisition, oneShot, callback, ownCallback, engine));
  if (race || !callback || checksFlag(callback, engine)) return race;
  const revival = isBrief('field') ? undefined : judgeRevival(acquisition, callback, engine);
  if (revival) return revival;
  const field = isBrief('field')
    ? undefined
    : (judgeField(acquisition, oneShot, callback, engine) ?? judgeDropped(acquisition, oneShot, callback, engine));
  return (
    field ??
    (isBrief('mount')
      ? undefined
      : (judgeMount(acquisition, oneShot, callback, engine) ??
        judgeRefTimer(acquisition, oneShot.mount, callback, engine) ??
        judgeStateTimer(acquisition, oneShot.mount, callback, engine) ??
        judgeComponentTimer(acquisition, oneShot.mount, callback, engine) ??
        judgeCleanUpTimer(acquisition, oneShot.mount, callback, engine)))
  );
}

function callbackOf({ node }: Acquisition, { callback }: OneShot, engine: Engine): FunctionNode | undefined {
  const argument = node.arguments?.[callback];
  return argument ? engine.program.callees.functionsOf(argument)[0] : undefined;
}

/**
 * `if (this.disposed) return;` first: whoever wrote it thought of the end. The condition looks at something that a teardown
 * sets, or that names an end; any other condition asks about the work.
 */
function checksFlag(fn: FunctionNode, engine: Engine): boolean {
  let first: ts.Node | undefined = fn.body;
  while (first && ts.isBlock(first)) first = first.statements[0];
  if (!first || !ts.isIfStatement(first)) return false;
  let looks = false;
  walk(first.expression, (inner) => {
    const name = ts.isIdentifier(inner) || ts.isPrivateIdentifier(inner) ? inner.text : undefined;
    if (name !== undefined && (endWords.test(name) || isSetElsewhere(inner, fn, engine))) looks = true;
    if (ts.isPropertyAccessExpression(inner) && isSetByTeardown(inner, engine)) looks = true;
    return !looks;
  });
  return looks;
}

/** `let gone = false;` that another function sets, such as the clean-up of an effect. */
function isSetElsewhere(name: ts.Node, callback: FunctionNode, engine: Engine): boolean {
  const declaration = ts.isIdentifier(name) ? engine.program.scopes.resolve(name) : undefined;
  if (declaration?.kind !== 'let' && declaration?.kind !== 'var') return false;
  return declaration.writes.some(({ node }) => !isWithin(node, callback));
}

function isSetByTeardown(member: ts.PropertyAccessExpression, engine: Engine): boolean {
  const place = engine.program.places.of(member);
  const [name] = place?.path ?? [];
  if (place?.root.kind !== 'owner' || name === undefined) return false;
  const reached = teardownFunctions(place.root.owner, engine);
  return place.root.owner.members.get(name)?.values.some(({ node }) => isWithinAny(node, reached)) === true;
}

/** The callback arms itself again: a loop that nobody can stop. */
function judgeRearm(
  acquisition: Acquisition,
  { rearm, delay }: OneShot,
  callback: FunctionNode | undefined,
  engine: Engine,
): Draft | undefined {
  const { kind, node, result } = acquisition;
  const around = enclosingFunction(node);
  if (!rearm || !callback || !around || !result) return undefined;
  // `setTimeout(tick)` in `tick`, or `setTimeout(() => tick())` there.
  const again = callback === around || (isWithin(callback, around) && callsOnly(callback, around, engine));
  if (!again || !runsAlways(node, around)) return undefined;
  if (isReleasedSomewhere(acquisition, engine)) return undefined;
  const frequency = engine.frequency.ofFunction(around);
  if (frequency.level === 'once' || frequency.level === 'setup' || frequency.level === 'unknown') return undefined;
  const name = around.name ? `\`${around.name.getText()}\`` : 'the function';
  const owner = engine.program.members.ownerAt(node);
  const teardown = owner && wholeTeardownOf(owner, node);
  const stored = fatesOf(result, engine.program).find((fate) => fate.kind === 'stored')?.place;
  // One that has no end, and of which no more than one is seen, is mostly there as long as its page.
  const isForGood =
    frequency.level === 'instance' && owner && !teardown && engine.frequency.instancesOf(owner) !== 'many';
  return {
    kind: rearm,
    mechanism: 'no-release-on-dispose',
    // That others may start it more than once is all that is known: a program mostly starts its timed work once. What draws is of a
    // view, which comes and goes.
    severity:
      (frequency.level === 'call' || (isForGood && !engine.frequency.isMadeElsewhere(owner))) && delay !== undefined
        ? 'low'
        : frequency.level === 'call' || (isForGood && delay !== undefined) || isUnreferenced(result, stored, engine)
          ? 'medium'
          : kind.severity,
    confidence: frequency.level === 'call' ? 'medium' : 'high',
    message: `The ${kind.noun} arms itself again each time it runs, and nothing can stop it: ${name} is started ${frequency.why}.`,
    advice: 'Keep the latest handle and clear it when its owner ends, or test a stop flag before arming it again.',
    node,
    open: {
      acquisition,
      level: frequency.level,
      loop: around,
      place: stored,
      teardown,
    },
    trail: [
      { role: 'acquired', message: `The ${kind.noun} is armed again here`, range: rangeOf(node) },
      frequencyStep(frequency, node),
    ],
  };
}

function callsOnly(callback: FunctionNode, target: FunctionNode, engine: Engine): boolean {
  let found = false;
  if (callback.body)
    walk(callback.body, (inner) => {
      // In a branch it asks whether there is another round.
      if (ts.isCallExpression(inner) && engine.program.callees.of(inner).includes(target))
        found = runsAlways(inner, callback);
      return !found && !isFunctionNode(inner);
    });
  return found;
}

/** `setTimeout(() => child.kill(), 1000)`: it ends what did not end by itself, all the more when its owner is gone. */
function isLastResort({ body }: FunctionNode): boolean {
  let ends = false;
  if (body)
    walk(body, (inner) => {
      const callee = ts.isCallExpression(inner) ? unwrap(inner.expression) : undefined;
      const name = callee && ts.isPropertyAccessExpression(callee) ? callee.name.text : callee?.getText();
      if (name !== undefined && endsByForce(name)) ends = true;
      return !ends && !isFunctionNode(inner);
    });
  return ends;
}

/** A field of an owner whose teardown leaves it armed. */
function judgeField(
  acquisition: Acquisition,
  { field }: OneShot,
  callback: FunctionNode,
  engine: Engine,
): Draft | undefined {
  const { kind, node, result } = acquisition;
  if (!field || !result) return undefined;
  const stored = fatesOf(result, engine.program).find((fate) => fate.kind === 'stored');
  if (stored?.place.root.kind !== 'owner' || stored.place.path.length === 0) return undefined;
  const { owner } = stored.place.root;
  if (isOfUnseenBase(owner, stored.place.path[0] ?? '', engine)) return undefined;
  const teardown = wholeTeardownOf(owner, node);
  if (!teardown || !holdsOwner(callback, engine)) return undefined;
  if (engine.frequency.instancesOf(owner) === 'single') return undefined;
  const sites = releaseSites(stored.place, kind, engine);
  const reached = teardownFunctions(owner, engine);
  if (sites.some((site) => isWithinAny(site, reached) || isInDisposer(site, node))) return undefined;
  // It is the teardown that it puts off, and nobody else ever clears it.
  if (sites.length === 0 && [...engine.program.callees.reachedFrom(callback)].some((fn) => fn === teardown.node))
    return undefined;
  // Read by the teardown in another way: handed to a helper, put into a list.
  const readers = engine.uses.reads(stored.place.key);
  if (readers.some((use) => isWithinAny(use, reached))) return undefined;
  if (isExtended(owner) || leavesItToSubclasses(owner, reached) || dispatches(reached, engine)) return undefined;
  const held = `\`${textOf(stored.place)}\``;
  return {
    kind: field,
    mechanism: 'no-release-on-dispose',
    // `cleanup` may be part of the work, and of what is made anew for it.
    severity: isPartOfWork(teardown.name) ? 'low' : weightOf(acquisition, callback, engine).severity,
    // Whoever keeps it knows that it may have to end.
    confidence: 'medium',
    message: `The ${kind.noun} in ${held} is still armed when \`${teardown.name}\` (line ${lineOf(teardown.node)}) has torn ${ownerText(owner.name)} down: it runs on what is gone, and keeps it until then.`,
    advice: `Clear it in \`${teardown.name}\`.`,
    node,
    open: { acquisition, place: stored.place, level: engine.frequency.of(node).level, teardown },
    trail: [
      { role: 'acquired', message: `The ${kind.noun} is armed here`, range: rangeOf(node) },
      { role: 'held', message: `Kept in ${held}`, range: rangeOf(stored.node) },
      {
        role: 'forgotten',
        message: `\`${teardown.name}\` ends without it being cleared`,
        range: rangeOf(teardown.node.name ?? teardown.node),
      },
    ],
  };
}

/** One that a method of an owner with a teardown arms for a long time, and whose handle nobody has. */
function judgeDropped(
  acquisition: Acquisition,
  { field, delay, briefBelow }: OneShot,
  callback: FunctionNode,
  engine: Engine,
): Draft | undefined {
  const { kind, node, result } = acquisition;
  const given = delay === undefined ? undefined : node.arguments?.[delay];
  const ms = given && constantOf(given, engine.program.scopes);
  if (!field || !result || !briefBelow || typeof ms !== 'number' || ms < briefBelow.dropped) return undefined;
  if (!fatesOf(result, engine.program).every((fate) => fate.kind === 'dropped')) return undefined;
  const owner = engine.program.members.ownerAt(node);
  const teardown = owner && (owner.kind !== 'object' || owner.isClassBody) ? wholeTeardownOf(owner, node) : undefined;
  if (!owner || !teardown || !endsForGood(teardown.name) || !holdsOwner(callback, engine)) return undefined;
  if (engine.frequency.instancesOf(owner) === 'single') return undefined;
  const reached = teardownFunctions(owner, engine);
  // Armed on the way out, or itself the end that it puts off.
  if (isWithinAny(node, reached)) return undefined;
  if ([...engine.program.callees.reachedFrom(callback)].some((fn) => reached.has(fn))) return undefined;
  if (isLastResort(callback)) return undefined;
  return {
    kind: field,
    mechanism: 'no-release-on-dispose',
    ...weightOf(acquisition, callback, engine),
    message: `This ${kind.noun} of ${ms / 1000} s is still armed when \`${teardown.name}\` (line ${lineOf(teardown.node)}) has torn ${ownerText(owner.name)} down: its handle is dropped, so nothing can clear it.`,
    advice: `Keep its handle and clear it in \`${teardown.name}\`.`,
    node,
    trail: [
      { role: 'acquired', message: `The ${kind.noun} is armed here, and its handle dropped`, range: rangeOf(node) },
      {
        role: 'forgotten',
        message: `\`${teardown.name}\` cannot clear it`,
        range: rangeOf(teardown.node.name ?? teardown.node),
      },
    ],
  };
}

/** A base class elsewhere may clear it. */
function isExtended(owner: Owner): boolean {
  return owner.base !== undefined && owner.members.size === 0;
}

/** The teardown calls an abstract method: what that ends is written in other classes. */
export function leavesItToSubclasses(owner: Owner, teardown: ReadonlySet<FunctionNode>): boolean {
  if (!isClassNode(owner.node)) return false;
  const open = new Set(
    owner.node.members.flatMap((member) =>
      ts.isMethodDeclaration(member) && hasModifier(member, ts.SyntaxKind.AbstractKeyword)
        ? [propertyNameText(member.name) ?? '']
        : [],
    ),
  );
  if (open.size === 0) return false;
  let calls = false;
  for (const fn of teardown)
    walk(fn, (inner) => {
      if (ts.isPropertyAccessExpression(inner) && inner.expression.kind === ts.SyntaxKind.ThisKeyword)
        calls ||= open.has(inner.name.text);
      return !calls;
    });
  return calls;
}

/** Does the callback hold the instance: an arrow or bound function that uses `this`? */
function holdsOwner(fn: FunctionNode, engine: Engine): boolean {
  let found = false;
  if (fn.body)
    walk(fn.body, (inner) => {
      if (
        inner.kind === ts.SyntaxKind.ThisKeyword ||
        (ts.isIdentifier(inner) && engine.program.places.of(inner)?.root.kind === 'owner')
      )
        found = true;
      return !found;
    });
  return found;
}

/** An effect or mount hook that leaves it armed when the component goes. */
function judgeMount(
  acquisition: Acquisition,
  { mount }: OneShot,
  callback: FunctionNode,
  engine: Engine,
): Draft | undefined {
  const { kind, node, result } = acquisition;
  if (!mount || !result) return undefined;
  const frequency: Frequency = engine.frequency.of(node);
  if (frequency.level !== 'mount' || isReleasedSomewhere(acquisition, engine)) return undefined;
  // Kept, passed on or returned: someone else may clear it.
  const fates = fatesOf(result, engine.program);
  const isLost = fates.every(
    (fate) =>
      fate.kind === 'dropped' ||
      (fate.kind === 'stored' &&
        fate.place.root.kind === 'declaration' &&
        engine.uses.reads(fate.place.key).length === 0),
  );
  if (!isLost || !holdsComponent(callback, engine)) return undefined;
  return {
    kind: mount,
    mechanism: 'no-release-on-dispose',
    ...weightOf(acquisition, callback, engine),
    message: `This ${kind.noun} is never cleared. It is armed ${frequency.why}, and runs even when the component is gone.`,
    advice: 'Return a clean-up that clears it.',
    node,
    open: { acquisition, place: fates.find((fate) => fate.kind === 'stored')?.place, level: frequency.level },
    trail: [
      { role: 'acquired', message: `The ${kind.noun} is armed here`, range: rangeOf(node) },
      frequencyStep(frequency, node),
    ],
  };
}

/** Does the callback hold anything of the component: `this`, or a variable of a function around it? */
function holdsComponent(fn: FunctionNode, engine: Engine): boolean {
  let found = false;
  if (fn.body)
    walk(fn.body, (inner) => {
      if (inner.kind === ts.SyntaxKind.ThisKeyword) found = true;
      else if (ts.isIdentifier(inner)) {
        const declaration = engine.program.scopes.resolve(inner);
        if (declaration?.scope.func && !isWithin(declaration.node, fn)) found = true;
      }
      return !found;
    });
  return found;
}
