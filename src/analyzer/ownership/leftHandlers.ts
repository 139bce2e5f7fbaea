/**
 * Handlers that stay where they were added. In an effect that runs again, each run adds one more. In a class that has an end
 * they stay when the instance is gone, though it removes them on another occasion.
 */
import type { Acquisition } from '../acquisitions';
import type { Draft } from '../draft';
import type { Engine } from '../engine';
import type { Owner } from '../members';
import { visitNodes } from '../nodeIndex';
import type { AcquireForm } from '../resources/model';
import { calls } from '../selections';
import { enclosingFunction, type FunctionNode, isWithin, lineOf, rangeOf, ts, unwrap } from '../syntax';
import { wholeTeardownOf } from './assess';
import { endsOwner, holdsInstance } from './bindings';
import { dispatches } from './dispatch';
import { fluentRoot } from './fluent';
import { isForeign } from './foreign';
import { memberOwner } from './held';
import { lifetimeOf } from './lifetime';
import { isInDisposer, leavesItToSubclasses, teardownFunctions } from './oneShots';
import { rerunsOf } from './reassigned';
import { eventWord, isParameterOfWrapper, releasesItself } from './registrations';
import { findRemovals, matchesRemoval, type Removal } from './removals';
import { isDropped, isEmpty, isMadeHere, isTakenBack } from './uneven';
import * as words from './words';

type Registration = Acquisition & { readonly node: ts.CallExpression; readonly receiver: ts.Expression };

/** The finding for a handler that nobody takes away in time; undefined when somebody may. */
export function judgeLeftHandler(acquisition: Acquisition, engine: Engine): Draft | undefined {
  const { form, node, receiver } = acquisition;
  if (form.form !== 'registration' || form.once || form.givesUp || !ts.isCallExpression(node) || !receiver)
    return undefined;
  const handler = node.arguments[form.identity.handler];
  if (form.identity.event === undefined || !handler || !isDropped(node) || isEmpty(handler, engine)) return undefined;
  if (isParameterOfWrapper(handler, node, engine)) return undefined;
  const { options } = form.identity;
  if (options !== undefined && releasesItself(node.arguments[options], engine)) return undefined;
  if (acquisition.event !== undefined && form.oneShotEvents?.includes(acquisition.event)) return undefined;
  if (words.endEvents.has((eventWord(acquisition, form.identity.event) ?? '').toLowerCase())) return undefined;
  const registration = { ...acquisition, node, receiver };
  return inEffect(registration, handler, form, engine) ?? inOwner(registration, handler, engine);
}

/** `useEffect(() => { ref.current.addEventListener('scroll', show); }, [show])`: each run adds another function. */
function inEffect(
  registration: Registration,
  handler: ts.Expression,
  form: Extract<AcquireForm, { form: 'registration' }>,
  engine: Engine,
): Draft | undefined {
  const { node, receiver, kind } = registration;
  const fn = enclosingFunction(node);
  const hook = fn && rerunsOf(fn);
  if (!hook || !isMadeAnew(handler, engine) || isMadeHere(receiver, node, engine)) return undefined;
  const place = engine.program.places.of(fluentRoot(receiver));
  if (!place || findRemovals(registration, engine).some((one) => matchesRemoval(registration, one, engine) !== 'other'))
    return undefined;
  if (isTakenBack(node, handler, place.key, form, engine)) return undefined;
  return {
    kind: kind.id,
    mechanism: 'repeated-registration',
    severity: 'medium',
    confidence: 'medium',
    message: `The listener${eventText(registration)} on \`${receiver.getText()}\` is never removed: each run of \`${hook}\` adds another one.`,
    advice: 'Return a clean-up that removes it.',
    node,
    trail: [{ role: 'acquired', message: 'Each run adds one here', range: rangeOf(node) }],
  };
}

/** A function that is another one each time: made by the component or the effect. */
function isMadeAnew(handler: ts.Expression, engine: Engine): boolean {
  const value = unwrap(handler);
  if (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) return true;
  const declaration = ts.isIdentifier(value) ? engine.program.scopes.resolve(value) : undefined;
  return declaration?.scope.func !== undefined && engine.program.callees.functionsOf(handler).length > 0;
}

/** `document.addEventListener('keydown', this.onKey)`, which `hide` removes, and the teardown does not. */
function inOwner(registration: Registration, handler: ts.Expression, engine: Engine): Draft | undefined {
  const { node, receiver, kind } = registration;
  const owner = memberOwner(node, engine);
  const teardown = owner && (owner.kind !== 'object' || owner.isClassBody) ? wholeTeardownOf(owner, node) : undefined;
  if (!owner || !teardown || !words.endsForGood(teardown.name)) return undefined;
  if (engine.frequency.instancesOf(owner) === 'single') return undefined;
  if (!holdsInstance(handler, owner, engine) || endsOwner(handler, owner, engine)) return undefined;
  if (!isOfOthers(receiver, owner, engine)) return undefined;
  const reached = teardownFunctions(owner, engine);
  if ([...reached].some((fn) => isWithin(node, fn))) return undefined;
  const removals = findRemovals(registration, engine).filter(
    (removal) => matchesRemoval(registration, removal, engine) !== 'other',
  );
  const [first] = removals;
  if (!first || removals.some((removal) => mayCome(removal, registration, handler, reached, engine))) return undefined;
  if (leavesItToSubclasses(owner, reached) || dispatches(reached, engine)) return undefined;
  if (!words.teardownHooks.has(teardown.name) && !removesAny(reached)) return undefined;
  return {
    kind: kind.id,
    mechanism: 'no-release-on-dispose',
    severity: 'medium',
    confidence: 'medium',
    message: `The listener${eventText(registration)} on \`${receiver.getText()}\` stays when \`${teardown.name}\` (line ${lineOf(teardown.node)}) comes first: it is removed on line ${lineOf(first.node)} only, which the teardown does not come to.`,
    advice: `Remove it in \`${teardown.name}\` too.`,
    node,
    trail: [
      { role: 'acquired', message: `Listener${eventText(registration)} added here`, range: rangeOf(node) },
      { role: 'release', message: 'Removed here, on another occasion', range: rangeOf(first.node) },
      {
        role: 'forgotten',
        message: `\`${teardown.name}\` ends without it being removed`,
        range: rangeOf(teardown.node.name ?? teardown.node),
      },
    ],
  };
}

function eventText({ event }: Acquisition): string {
  return event === undefined ? '' : ` for \`${event}\``;
}

function isOfOthers(receiver: ts.Expression, owner: Owner, engine: Engine): boolean {
  const { level } = lifetimeOf(receiver, engine);
  return level === 'process' || level === 'module' || isForeign(fluentRoot(receiver), owner, engine);
}

/** May the removal run at the end: the teardown comes to it, a function that is handed out does it, or it is of all handlers? */
function mayCome(
  removal: Removal,
  { node }: Registration,
  handler: ts.Expression,
  reached: ReadonlySet<FunctionNode>,
  engine: Engine,
): boolean {
  if (removal.identity.handler === -1) return true;
  if ([...reached].some((fn) => isWithin(removal.node, fn)) || isInDisposer(removal.node, node)) return true;
  // What removes itself when the event comes waits for one event only.
  return engine.program.callees.functionsOf(handler).some((fn) => isWithin(removal.node, fn));
}

/** Does the teardown remove other handlers? */
function removesAny(reached: ReadonlySet<FunctionNode>): boolean {
  return [...reached].some((fn) => {
    let removes = false;
    visitNodes(fn, calls, ({ expression, arguments: given }) => {
      const callee = unwrap(expression);
      if (ts.isPropertyAccessExpression(callee) && words.unlistenMethods.has(callee.name.text) && given.length > 1)
        removes = true;
      return !removes;
    });
    return removes;
  });
}
