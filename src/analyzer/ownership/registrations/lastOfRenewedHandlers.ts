/**
 * `setTarget(next) { this.target?.off('change', this.draw); next.on('change', this.draw); this.target = next; }`: who takes a
 * handler off the one before each new one knows that it has to go, and a teardown that ends other things without it leaves
 * the last. So does a teardown that forgets what the counterpart of the adding method takes off: `onFocus` and `onBlur`.
 */

import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import { runsAlways } from '../../flow/runsAlways';
import { functionName } from '../../growth/holders';
import { constantOf } from '../../program/constants';
import type { Owner } from '../../program/members';
import { ownerText } from '../../program/ownerText';
import { nodesIn } from '../../syntax/nodeIndex';
import { binaries } from '../../syntax/selections';
import {
  enclosingFunction,
  type FunctionNode,
  isAssignment,
  isWithinAny,
  lineOf,
  rangeOf,
  ts,
  unwrap,
} from '../../syntax/syntax';
import { teardownHooks } from '../../words/hooks';
import { areOppositeWithin } from '../../words/opposites';
import { endsForGood, isSureTeardown } from '../../words/teardowns';
import { frequencyStep } from '../assess';
import { withBases } from '../instances/bases';
import { dispatches } from '../instances/dispatch';
import { reachedBy, type Teardown, wholeTeardowns } from '../instances/teardowns';
import { lifetimeOf } from '../lifetime/lifetime';
import { endsHandlers, endsOthers } from './bindings';
import { releasesItself } from './endingOptions';
import { fluentRoot } from './fluent';
import { isMember } from './handlerIdentity';
import { isOwnElement } from './ownElements';
import { findRemovals, matchesRemoval, type Removal } from './removals';
import { isMadeHere } from './uneven';

/** How a handler is taken off, other than by the end of its owner. */
interface OtherWay {
  readonly why: string;
  /** At most one is left, and only where the end comes in between. */
  readonly isBrief: boolean;
}

/** The finding for the last handler of an owner; undefined when its end may take it off, or nothing tells that it should. */
export function judgeLastHandler(acquisition: Acquisition, engine: Engine): Draft | undefined {
  const { form, node, kind, receiver, event } = acquisition;
  if (form.form !== 'registration' || form.once || form.givesUp || !receiver || !ts.isCallExpression(node))
    return undefined;
  const handler = node.arguments[form.identity.handler];
  const setUp = enclosingFunction(node);
  const owner = engine.program.members.ownerAt(node);
  if (!handler || !setUp || !owner || owner.kind !== 'class' || !isMember(handler, engine)) return undefined;
  const options = form.identity.options === undefined ? undefined : node.arguments[form.identity.options];
  if (options && releasesItself(options, engine)) return undefined;
  const ends = wholeTeardowns(owner, engine);
  const last = ends.find(
    ({ name, functions }) =>
      isSureTeardown(name) && endsForGood(name) && functions.some((fn) => endsOthers(fn, engine)),
  );
  const [written] = last?.functions ?? [];
  if (!last || !written) return undefined;
  const removals = findRemovals(acquisition, engine).filter((one) => takesOff(one, acquisition, handler, engine));
  const [removal] = removals;
  if (!removal || removals.some(({ identity }) => identity.handler === -1)) return undefined;
  const reached = reachedBy(ends, engine);
  if (removals.some((one) => isWithinAny(one.node, reached))) return undefined;
  if (dispatches(reached, engine) || setsWhatRemoves(removals, reached, owner, engine)) return undefined;
  const ways = removals.map((one) => otherWay(one, node, setUp, last, engine));
  if (ways.includes(undefined)) return undefined;
  if (!isOfOthers(receiver, node, setUp, reached, engine) || isOwnElement(acquisition, engine)) return undefined;
  if (engine.frequency.instancesOf(owner) === 'single') return undefined;
  const frequency = engine.frequency.of(node);
  if (frequency.level === 'once') return undefined;
  const named = event === undefined ? '' : ` for \`${event}\``;
  const way = ways.find((one) => one !== undefined);
  return {
    kind: kind.id,
    mechanism: 'no-release-on-dispose',
    severity: way?.isBrief || !teardownHooks.has(last.name) ? 'low' : 'medium',
    confidence: 'medium',
    message: `The listener${named} on \`${receiver.getText()}\` stays when \`${last.name}\` (line ${lineOf(written)}) has torn ${ownerText(owner.name)} down: it is removed ${way?.why ?? 'elsewhere'} only (line ${lineOf(removal.node)}).`,
    advice: `Remove it in \`${last.name}\` too.`,
    node,
    trail: [
      { role: 'acquired', message: `Listener${named} added here`, range: rangeOf(node) },
      { role: 'release', message: `Removed here, ${way?.why ?? 'elsewhere'}`, range: rangeOf(removal.node) },
      { role: 'forgotten', message: `\`${last.name}\` ends without it`, range: rangeOf(written.name ?? written) },
      frequencyStep(frequency, node),
    ],
  };
}

/** The same event and handler, on the same object, or on the one that the adding function is told to leave. */
function takesOff(removal: Removal, acquisition: Acquisition, handler: ts.Expression, engine: Engine): boolean {
  const why = matchesRemoval(acquisition, removal, engine);
  if (why === undefined) return true;
  const { identity, node, receiver } = removal;
  const { form, node: added } = acquisition;
  if (why !== 'other' || form.form !== 'registration' || identity.handler === -1 || !receiver) return false;
  const taken = node.arguments[identity.handler];
  if (!taken || !engine.program.places.same(taken, handler)) return false;
  const [a, b] = [
    form.identity.event === undefined ? undefined : added.arguments?.[form.identity.event],
    identity.event === undefined ? undefined : node.arguments[identity.event],
  ];
  if (!a || !b) return true;
  const [left, right] = [a, b].map((one) => constantOf(one, engine.program.scopes) ?? one.getText());
  return left === right;
}

/** Before the next one in the function that adds it, or by its counterpart: not by what others may call for the end. */
function otherWay(
  { node: removal }: Removal,
  node: ts.Node,
  setUp: FunctionNode,
  last: Teardown,
  engine: Engine,
): OtherWay | undefined {
  const fn = enclosingFunction(removal);
  // Who is given nothing adds none, and may be called so for the end.
  const isBrief = !runsAlways(node, setUp);
  if (fn === setUp) return removal.pos < node.pos ? { why: 'before the next one is added', isBrief } : undefined;
  if (!fn) return undefined;
  const name = functionName(fn);
  const { calls, values } = engine.program.callees.usesOf(fn);
  const isHelper =
    /^[_#]/.test(name) &&
    values.length === 0 &&
    calls.length > 0 &&
    calls.every((call) => {
      const caller = enclosingFunction(call);
      return caller !== undefined && engine.program.callees.reachedFrom(caller).has(setUp) && caller !== fn;
    });
  if (isHelper) return { why: 'before the next one is added', isBrief };
  // A framework calls nothing but its hooks for the end.
  return teardownHooks.has(last.name) &&
    endsHandlers(last.functions[0] ?? fn, engine) &&
    areOppositeWithin(functionName(setUp), name)
    ? { why: `by \`${name}\``, isBrief: true }
    : undefined;
}

/** Does the end give a value to a property whose setter, or whose change, takes the handler off? */
function setsWhatRemoves(
  removals: readonly Removal[],
  reached: ReadonlySet<FunctionNode>,
  owner: Owner,
  engine: Engine,
): boolean {
  const setters = new Set(
    withBases(owner, engine).flatMap(({ members }) =>
      [...members.values()].flatMap(({ name, functions }) => (functions.some(ts.isSetAccessor) ? [name] : [])),
    ),
  );
  const isInMethod = removals.every(({ node }) => {
    const fn = enclosingFunction(node);
    return fn !== undefined && (ts.isMethodDeclaration(fn) || ts.isSetAccessor(fn));
  });
  return [...reached].some((fn) =>
    nodesIn(fn, binaries).some((one) => {
      const target = unwrap(one.left);
      return (
        isAssignment(one) &&
        ts.isPropertyAccessExpression(target) &&
        (setters.has(target.name.text) || !isInMethod) &&
        engine.program.places.of(target)?.root.kind === 'owner'
      );
    }),
  );
}

/** Given from outside, and neither made nor come back to by the end of the owner. */
function isOfOthers(
  receiver: ts.Expression,
  node: ts.Node,
  setUp: FunctionNode,
  reached: ReadonlySet<FunctionNode>,
  engine: Engine,
): boolean {
  if (isMadeHere(receiver, node, engine)) return false;
  const root = fluentRoot(receiver);
  const place = engine.program.places.of(root);
  if (!place) return false;
  const { level } = lifetimeOf(root, engine);
  const isParameter = place.root.kind === 'declaration' && place.root.declaration.kind === 'parameter';
  if (level !== 'process' && level !== 'module' && level !== 'injected' && !isParameter) return false;
  // What the field that keeps it is asked for by the end.
  const keepers = nodesIn(setUp, binaries).filter(
    (one) => isAssignment(one) && engine.program.places.same(one.right, root),
  );
  return ![root, ...keepers.map(({ left }) => left)].some((one) => {
    const key = engine.program.places.of(one)?.key;
    return (
      key !== undefined &&
      engine.program.places.of(one)?.root.kind === 'owner' &&
      engine.uses.reads(key).some((use) => isWithinAny(use, reached))
    );
  });
}
